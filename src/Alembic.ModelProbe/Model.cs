using System.Text.Json;

namespace Alembic.ModelProbe;

/// <summary>
/// The relational model of a context, as the operations of a first migration. EF Core itself says what to create, in its own order and
/// with its provider's additions.
/// </summary>
internal sealed class Model(EntityFramework framework, object context)
{
    public EntityFramework Framework => framework;

    public object Instance => context;

    public Type Context { get; } = context.GetType();

    public string? Provider { get; } = framework.Provider(context);

    public string Version => framework.Version;

    public object Service(string name) => framework.Service(context, framework.RelationalType(name));

    public void Write(Utf8JsonWriter json)
    {
        var designTime = framework.CoreType("Metadata.IDesignTimeModel");
        Write(json, designTime.GetProperty("Model")!.GetValue(framework.Service(context, designTime))!);
    }

    /// <summary>Writes the operations that create a model in an empty database.</summary>
    public void Write(Utf8JsonWriter json, object model)
    {
        var defaultSchema = framework.RelationalType("RelationalModelExtensions")
            .GetMethod("GetDefaultSchema", [framework.CoreType("Metadata.IReadOnlyModel")])!;
        json.WriteString("defaultSchema", (string?)defaultSchema.Invoke(null, [model]));
        var relational = framework.RelationalType("RelationalModelExtensions")
            .GetMethod("GetRelationalModel", [framework.CoreType("Metadata.IModel")])!.Invoke(null, [model]);
        var differ = framework.RelationalType("Migrations.IMigrationsModelDiffer");
        var operations = (IEnumerable<object>)differ.GetMethod("GetDifferences")!.Invoke(
            Service("Migrations.IMigrationsModelDiffer"), [null, relational])!;
        json.WriteStartArray("operations");
        var writer = new OperationWriter(json, this);
        foreach (var operation in operations)
            writer.Write(operation);
        json.WriteEndArray();
    }
}
