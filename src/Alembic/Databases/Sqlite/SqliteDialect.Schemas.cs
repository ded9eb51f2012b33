using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <content>Schemas, which SQLite has only as attached files.</content>
public sealed partial class SqliteDialect
{
    /// <inheritdoc/>
    public override string CreateSchemaText(CreateSchema operation) => throw HasNoSchemas(operation.Name);

    /// <inheritdoc/>
    public override string DropSchemaText(DropSchema operation) => throw HasNoSchemas(operation.Name);

    private static AlembicException HasNoSchemas(string name) =>
        new($"SQLite has no schemas: '{name}'") { Hint = "if (op.Dialect.Name != \"sqlite\") leaves it out here" };

    /// <inheritdoc/>
    internal override string? CurrentSchema(IMigrationSession session) => null;

    // The other schemas are attached files.
    /// <inheritdoc/>
    internal override string? EnsureSchemaText(string schema) => null;
}
