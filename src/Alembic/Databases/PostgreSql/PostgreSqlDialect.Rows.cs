using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <content>Rows of a model that bring their own numbers, and extensions.</content>
public sealed partial class PostgreSqlDialect
{
    /// <inheritdoc/>
    internal override bool HasExtension(IMigrationSession session, string name) =>
        session.Query(new Statement("SELECT 1 FROM pg_extension WHERE extname = @name")
        {
            Parameters = Parameter.Of(("name", name))
        }).Count > 0;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> NotRestored(IMigrationSession session, Operation operation) =>
        operation is AlterEnumType alter ? PostgreSqlEnums.NotRestored(alter, this, session) : [];

    /// <inheritdoc/>
    internal override ILookup<ColumnName, ColumnUser> UsersOf(IMigrationSession session, IReadOnlyList<ColumnName> columns) =>
        PostgreSqlAside.Users(session, columns, this);

    // A sequence that a column owns is dropped with it, and gets another name if its name is taken.
    /// <inheritdoc/>
    internal override IReadOnlyList<NameHolder> NameHolders(IMigrationSession session) => [.. session.Query(new Statement(
        """
        SELECT nullif(n.nspname, current_schema())::text AS schema_name, c.relname::text AS name, CASE c.relkind WHEN 'v' THEN 'view'
          WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' ELSE 'sequence' END AS kind
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('v', 'm', 'f', 'c', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
          AND n.nspname NOT LIKE 'pg\_%' AND NOT EXISTS (SELECT 1 FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))
        ORDER BY 1, 2
        """)).Select(row => new NameHolder((string)row["kind"]!, (string?)row["schema_name"], (string)row["name"]!))];

    /// <inheritdoc/>
    internal override bool Has(IMigrationSession session, NeededObject needed) => session.Query(new Statement(
        $"SELECT 1 WHERE {(needed.Kind == "collation" ? "to_regcollation" : "to_regtype")}(@name) IS NOT NULL")
    {
        Parameters = Parameter.Of(("name", Quote(needed.Schema, needed.Name))),
    }).Count > 0;

    /// <inheritdoc/>
    internal override string Kept(string name)
    {
        var length = name.Length;
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, length)) > NameBytes)
            length -= char.IsLowSurrogate(name[length - 1]) ? 2 : 1;
        return name[..length];
    }

    // If the column has no sequence, the result is NULL, and nothing happens.
    /// <inheritdoc/>
    protected internal override (IEnumerable<string> Before, IEnumerable<string> After) AroundInsert(TableRows data) =>
        ([], data.Key.Where(column => data.Rows.All(row => row[data.Columns.IndexOf(column)] is int or long)).Select(column =>
        {
            var sequence = $"pg_get_serial_sequence({Literal(Quote(data.Schema, data.Table))}, {Literal(column)})";
            return $"SELECT setval({sequence}, GREATEST((SELECT MAX({Quote(column)}) FROM {Quote(data.Schema, data.Table)}) + 1, "
                + $"nextval({sequence})), false)";
        }));
}
