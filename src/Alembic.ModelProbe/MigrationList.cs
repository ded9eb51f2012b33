using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace Alembic.ModelProbe;

/// <summary>The migrations of a context, oldest first, each with its operations.</summary>
internal static class MigrationList
{
    public static void Write(Model model, Utf8JsonWriter json)
    {
        var type = model.Framework.RelationalType("Migrations.IMigrationsAssembly");
        var assembly = model.Service("Migrations.IMigrationsAssembly");
        var create = type.GetMethod("CreateMigration")!;
        var sql = new OperationSql(model);
        var writer = new OperationWriter(json, new SqlLiterals(model));
        json.WriteStartArray("migrations");
        foreach (var entry in (IEnumerable)type.GetProperty("Migrations")!.GetValue(assembly)!)
        {
            var id = (string)entry.GetType().GetProperty("Key")!.GetValue(entry)!;
            var migration = create.Invoke(assembly, [entry.GetType().GetProperty("Value")!.GetValue(entry), model.Provider])!;
            json.WriteStartObject();
            json.WriteString("id", id);
            WriteOperations(json, writer, sql, migration, "up", "UpOperations");
            WriteOperations(json, writer, sql, migration, "down", "DownOperations");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteOperations(
        Utf8JsonWriter json, OperationWriter writer, OperationSql sql, object migration, string name, string property)
    {
        json.WriteStartArray(name);
        foreach (var operation in Operations(migration, property))
        {
            writer.Write(operation, () =>
            {
                json.WriteStartArray("sql");
                foreach (var text in sql.Of(operation, migration))
                    json.WriteStringValue(text);
                json.WriteEndArray();
            });
        }
        json.WriteEndArray();
    }

    // A migration that can't be taken back throws.
    private static IEnumerable<object> Operations(object migration, string property)
    {
        try
        {
            return (IEnumerable<object>)migration.GetType().GetProperty(property)!.GetValue(migration)!;
        }
        catch (TargetInvocationException exception) when (property == "DownOperations"
            && Steps.Unwrapped(exception) is NotSupportedException or NotImplementedException or InvalidOperationException)
        {
            return [];
        }
    }
}

/// <summary>The provider's SQL for an operation by itself; none where it needs to know more than that.</summary>
internal sealed class OperationSql(Model model)
{
    public IEnumerable<string> Of(object operation, object migration)
    {
        var generator = model.Framework.RelationalType("Migrations.IMigrationsSqlGenerator");
        var generate = generator.GetMethod("Generate")!;
        var one = Array.CreateInstance(model.Framework.RelationalType("Migrations.Operations.MigrationOperation"), 1);
        one.SetValue(operation, 0);
        try
        {
            var commands = (IEnumerable<object>)generate.Invoke(
                model.Service("Migrations.IMigrationsSqlGenerator"),
                [one, Target(migration), .. generate.GetParameters().Skip(2).Select(p => p.DefaultValue)])!;
            return [.. commands.Select(command => (string)command.GetType().GetProperty("CommandText")!.GetValue(command)!)];
        }
        catch (TargetInvocationException)
        {
            return [];
        }
    }

    private object? Target(object migration)
    {
        var found = migration.GetType().GetProperty("TargetModel")!.GetValue(migration);
        var initializer = model.Framework.CoreType("Infrastructure.IModelRuntimeInitializer");
        var service = model.Framework.Service(model.Instance, initializer);
        var initialize = initializer.GetMethod("Initialize")!;
        return initialize.Invoke(
            service, [found, .. initialize.GetParameters().Skip(1).Select(p => p.ParameterType == typeof(bool) ? true : p.DefaultValue)]);
    }
}
