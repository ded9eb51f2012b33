using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <content>Schemas, which are databases here.</content>
public sealed partial class MySqlDialect
{
    /// <inheritdoc/>
    internal override MetaData Inspect(IMigrationSession session, bool allSchemas)
    {
        var row = session.Query(new Statement("SELECT DATABASE() AS own, @@lower_case_table_names AS folded"))[0];
        return MySqlInspector.Inspect(session, allSchemas) with
        {
            OwnSchema = (string?)row["own"],
            IgnoresTableCase = Convert.ToInt64(row["folded"], CultureInfo.InvariantCulture) != 0,
            SchemaNames = !allSchemas ? null
                : [.. session.Query(new Statement("SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA ORDER BY 1"))
                    .Select(r => (string)r["name"]!)],
        };
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<NameHolder> NameHolders(IMigrationSession session) => MySqlViews.NameHolders(session);

    /// <inheritdoc/>
    internal override ILookup<ColumnName, ColumnUser> UsersOf(IMigrationSession session, IReadOnlyList<ColumnName> columns) =>
        MySqlViews.Users(this, session, columns);

    // The server itself would also drop what is in it.
    private IEnumerable<Statement> Drop(DropSchema drop, IMigrationSession session) => session.IsOffline || !IsInUse(drop.Name, session)
        ? base.Compile(drop, session)
        : throw new AlembicException($"The schema '{drop.Name}' is not empty") { Hint = "drop what is in it first" };

    private static bool IsInUse(string schema, IMigrationSession session) => session.Query(
        new Statement("SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = @schema LIMIT 1")
        {
            Parameters = Parameter.Of(("schema", schema))
        }).Count > 0;

    // A database that a project names must exist: creating it is not the project's business.
    /// <inheritdoc/>
    internal override string? EnsureSchemaText(string schema) => null;

    /// <inheritdoc/>
    internal override string? CurrentSchema(IMigrationSession session) => session.Connection.Database is { Length: > 0 } name ? name : null;

    /// <inheritdoc/>
    internal override Action KeepState(IMigrationSession session) => MySqlState.Keep(session, this);
}
