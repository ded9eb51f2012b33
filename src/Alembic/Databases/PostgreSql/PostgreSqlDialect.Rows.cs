using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <content>Rows of a model that bring their own numbers, and extensions.</content>
public sealed partial class PostgreSqlDialect
{
    /// <inheritdoc/>
    internal override bool HasExtension(IMigrationSession session, string name) =>
        session.Query(new Statement("SELECT 1 FROM pg_extension WHERE extname = @name") { Parameters = Parameter.From(new { name }) }).Count > 0;

    /// <inheritdoc/>
    internal override ILookup<ColumnName, ColumnUser> UsersOf(IMigrationSession session, IReadOnlyList<ColumnName> columns) => PostgreSqlAside.Users(session, columns, this);

    // Where the column has no sequence, NULL comes of it, and nothing is done.
    /// <inheritdoc/>
    protected internal override (IEnumerable<string> Before, IEnumerable<string> After) AroundInsert(TableRows data) =>
        ([], data.Key.Where(column => data.Rows.All(row => row[data.Columns.IndexOf(column)] is int or long)).Select(column =>
        {
            var sequence = $"pg_get_serial_sequence({Literal(Quote(data.Schema, data.Table))}, {Literal(column)})";
            return $"SELECT setval({sequence}, GREATEST((SELECT MAX({Quote(column)}) FROM {Quote(data.Schema, data.Table)}) + 1, nextval({sequence})), false)";
        }));
}
