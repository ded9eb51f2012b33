using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <content>Schemas.</content>
public sealed partial class SqlServerDialect
{
    // CREATE SCHEMA accepts no condition, and has to be alone in its batch.
    /// <inheritdoc/>
    public override string CreateSchemaText(CreateSchema operation) =>
        base.CreateSchemaText(operation with { IfNotExists = false }) is var text && operation.IfNotExists
        ? $"IF SCHEMA_ID({SqlServerText.Literal(operation.Name)}) IS NULL EXEC({SqlServerText.Literal(text)})"
        : text;

    /// <inheritdoc/>
    internal override SqlType ReadType(string text, IReadOnlyDictionary<string, SqlType> enums) => SqlServerTypes.Read(text);

    /// <inheritdoc/>
    internal override string? CurrentSchema(IMigrationSession session) =>
        (string?)session.Query(new Statement(SqlServerCatalog.OwnSchema))[0]["own"];

    /// <inheritdoc/>
    internal override IReadOnlyList<NameHolder> NameHolders(IMigrationSession session) =>
        [.. session.Query(new Statement(SqlServerCatalog.NameHolders))
            .Select(row => new NameHolder((string)row["kind"]!, (string?)row["schema_name"], (string)row["name"]!))];

    /// <inheritdoc/>
    internal override string? EnsureSchemaText(string schema) => CreateSchemaText(new CreateSchema(schema, IfNotExists: true));
}
