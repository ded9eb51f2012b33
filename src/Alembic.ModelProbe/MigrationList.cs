using System.Reflection;
using System.Text.Json;

namespace Alembic.ModelProbe;

/// <summary>
/// Writes the migrations of a context, oldest first, each with its operations, and the operations that create their result in an empty
/// database.
/// </summary>
internal sealed class MigrationList(Model model, Application application, Utf8JsonWriter json)
{
    private readonly OperationWriter _writer = new(json, model);
    private readonly OperationSql _sql = new(model);

    public void Write()
    {
        var migrations = Find();
        json.WriteStartArray("migrations");
        object? before = null;
        foreach (var (id, migration) in migrations)
        {
            var after = TargetModel(migration);
            json.WriteStartObject();
            json.WriteString("id", id);
            WriteOperations("up", Operations(migration, "UpOperations"), after);
            if (DownOperations(migration) is { } down)
                WriteOperations("down", down, before);
            json.WriteEndObject();
            before = after;
        }
        json.WriteEndArray();
        if (before is not null)
            model.Write(json, before);
    }

    private List<(string Id, object Migration)> Find()
    {
        var attribute = model.Framework.RelationalType("Migrations.MigrationAttribute");
        var ofContext = model.Framework.CoreType("Infrastructure.DbContextAttribute");
        var types = application.Types().Select(type => (Type: type, Id: (string?)Value(type, attribute, "Id")))
            .Where(t => t.Id is not null && (Type?)Value(t.Type, ofContext, "ContextType") == model.Context).ToList();
        // There are several sets, one for each database. The options of the context tell which to use.
        var assemblies = types.Select(t => t.Type.Assembly).Distinct().ToList();
        if (assemblies.Count > 1)
        {
            var service = model.Framework.RelationalType("Migrations.IMigrationsAssembly");
            var meant = service.GetProperty("Assembly")!.GetValue(model.Framework.Service(model.Instance, service));
            types = [.. types.Where(t => t.Type.Assembly == (Assembly?)meant)];
            if (types.Count == 0)
            {
                throw new ProbeException(
                    $"{model.Context.FullName} has migrations in {string.Join(" and ", assemblies.Select(a => a.GetName().Name))}",
                    "have the context's factory, OnConfiguring or Program (--use-host) name one of them by MigrationsAssembly");
            }
        }
        if (types.Count == 0)
        {
            throw new ProbeException(
                $"{application.Main.GetName().Name} and the projects that it references have no migrations of {model.Context.FullName}",
                "name the project that holds them, or one that references it: model = ef:path/to/Project.csproj");
        }
        return [.. types.OrderBy(t => t.Id, StringComparer.OrdinalIgnoreCase).Select(t => (t.Id!, Create(t.Type)))];
    }

    private static object? Value(Type type, Type attribute, string property) =>
        type.GetCustomAttribute(attribute) is { } found ? attribute.GetProperty(property)!.GetValue(found) : null;

    private object Create(Type type)
    {
        var migration = Activator.CreateInstance(type, nonPublic: true)!;
        type.GetProperty("ActiveProvider")!.SetValue(migration, model.Provider);
        return migration;
    }

    // Prepared as EF Core prepares its own models.
    private object TargetModel(object migration)
    {
        var found = migration.GetType().GetProperty("TargetModel")!.GetValue(migration);
        var initializer = model.Framework.CoreType("Infrastructure.IModelRuntimeInitializer");
        var initialize = initializer.GetMethod("Initialize")!;
        var others = initialize.GetParameters().Skip(1).Select(p => p.ParameterType == typeof(bool) ? true : p.DefaultValue);
        return initialize.Invoke(model.Framework.Service(model.Instance, initializer), [found, .. others])!;
    }

    private void WriteOperations(string name, IEnumerable<object> operations, object? target)
    {
        json.WriteStartArray(name);
        foreach (var operation in operations)
        {
            _writer.Write(operation, () =>
            {
                if (_sql.Of(operation, target) is not { } commands)
                    return;
                json.WriteStartArray("sql");
                foreach (var text in commands)
                    json.WriteStringValue(text);
                json.WriteEndArray();
            });
        }
        json.WriteEndArray();
    }

    private static IEnumerable<object> Operations(object migration, string property) =>
        (IEnumerable<object>)migration.GetType().GetProperty(property)!.GetValue(migration)!;

    // A migration that cannot be reverted throws.
    private static IEnumerable<object>? DownOperations(object migration)
    {
        try
        {
            return Operations(migration, "DownOperations");
        }
        catch (TargetInvocationException exception)
            when (Steps.Unwrapped(exception) is NotSupportedException or NotImplementedException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The provider's SQL for a single operation: empty if it does nothing, null if the provider needs to know more.</summary>
internal sealed class OperationSql(Model model)
{
    /// <param name="operation">The operation.</param>
    /// <param name="target">The model after its migration; null for an empty one.</param>
    public IReadOnlyList<string>? Of(object operation, object? target)
    {
        var generate = model.Framework.RelationalType("Migrations.IMigrationsSqlGenerator").GetMethod("Generate")!;
        var one = Array.CreateInstance(model.Framework.RelationalType("Migrations.Operations.MigrationOperation"), 1);
        one.SetValue(operation, 0);
        try
        {
            var commands = (IEnumerable<object>)generate.Invoke(
                model.Service("Migrations.IMigrationsSqlGenerator"),
                [one, target, .. generate.GetParameters().Skip(2).Select(p => p.DefaultValue)])!;
            return [.. commands.Select(command => (string)command.GetType().GetProperty("CommandText")!.GetValue(command)!)];
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
