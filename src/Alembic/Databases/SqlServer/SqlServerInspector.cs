using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace Alembic.Databases.SqlServer;

/// <summary>Reads the structure of a database from the catalog views: four queries, whatever the number of tables.</summary>
internal static class SqlServerInspector
{
    /// <summary>Gets the tables of the connection's own schema, or of all, without those of the server and its tools.</summary>
    /// <param name="session">The database.</param>
    /// <param name="allSchemas">Whether all schemas are read.</param>
    public static MetaData Inspect(IMigrationSession session, bool allSchemas)
    {
        IReadOnlyList<Row> Rows(string query) =>
            session.Query(new Statement(query) { Parameters = Parameter.Of(("all", allSchemas)) });
        var columns = Rows(SqlServerCatalog.Columns);
        var indexes = Rows(SqlServerCatalog.Indexes).GroupBy(row => (Table: TableId(row), Name: Text(row, "name")))
            .ToLookup(g => g.Key.Table, g => ReadIndex([.. g]));
        var keys = Rows(SqlServerCatalog.ForeignKeys).GroupBy(row => (Table: TableId(row), Name: Text(row, "name")))
            .ToLookup(g => g.Key.Table, g => ReadForeignKey([.. g]));
        var checks = Rows(SqlServerCatalog.Checks)
            .ToLookup(TableId, row => new CheckConstraint(SqlServerDefaults.Unwrapped(Text(row, "condition")!), Text(row, "name")));
        return new MetaData([.. columns.GroupBy(TableId)
            .Select(table => ReadTable([.. table], [.. indexes[table.Key], .. keys[table.Key], .. checks[table.Key]]))]);
    }

    private static Table ReadTable(IReadOnlyList<Row> columns, IReadOnlyList<SchemaItem> others) => new(
        Text(columns[0], "table_name")!,
        [
            .. columns.Select(row => ReadColumn(row, others)),
            .. others.OrderBy(item => item switch { PrimaryKeyConstraint => 0, UniqueConstraint => 1, ForeignKeyConstraint => 2,
            CheckConstraint => 3, _ => 4 }),
        ],
        Text(columns[0], "schema_name"),
        Text(columns[0], "table_comment"));

    private static Column ReadColumn(Row row, IReadOnlyList<SchemaItem> others)
    {
        var name = Text(row, "name")!;
        var type = SqlServerTypes.Read(Text(row, "type_schema"), Text(row, "type_name")!, Number(row, "max_length"),
            Number(row, "precision"), Number(row, "scale"));
        var isIdentity = Flag(row, "is_identity");
        var identity = (Start: Unless(1, row["seed"]), Increment: Unless(1, row["increment"]));
        var isUsual = identity is (null, null);
        var computed = Text(row, "computed");
        // By default, a key of one integer column is numbered: only a difference from that is given.
        var isUsuallyNumbered = others.OfType<PrimaryKeyConstraint>().FirstOrDefault()?.Columns is [var only] && only == name
            && type.Kind is SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger
            && !others.OfType<ForeignKeyConstraint>().Any(k => k.Columns.Contains(name));
        var text = Text(row, "default_text");
        return new Column(
            name,
            type,
            nullable: Flag(row, "is_nullable"),
            serverDefault: SqlServerDefaults.Read(text),
            autoincrement: isIdentity == isUsuallyNumbered || (isIdentity ? !isUsual : text is not null || computed is not null)
                ? null
                : isIdentity,
            comment: Text(row, "comment"),
            computed: computed is null ? null : new Computed(SqlServerDefaults.Unwrapped(computed), Flag(row, "is_persisted")),
            identity: isIdentity && !isUsual ? new Identity(start: identity.Start, increment: identity.Increment) : null,
            collation: Text(row, "collation"));
    }

    private static SchemaItem ReadIndex(IReadOnlyList<Row> rows)
    {
        var name = Text(rows[0], "name");
        var columns = rows.Where(row => !Flag(row, "is_included")).ToList();
        if (Flag(rows[0], "is_primary_key"))
            return new PrimaryKeyConstraint([.. columns.Select(row => Text(row, "column_name")!)], name);
        if (Flag(rows[0], "is_unique_constraint"))
            return new UniqueConstraint([.. columns.Select(row => Text(row, "column_name")!)], name);
        return new TableIndex(
            name,
            [.. columns.Select(row => Text(row, "column_name")!).Zip(columns,
                (column, row) => Flag(row, "is_descending") ? Sql.Text(SqlServerText.Name(column) + " DESC") : (IndexElement)column)],
            Flag(rows[0], "is_unique"),
            where: Text(rows[0], "condition") is { } condition ? SqlServerDefaults.Unwrapped(condition) : null,
            include: [.. rows.Where(row => Flag(row, "is_included")).Select(row => Text(row, "column_name")!)],
            method: Number(rows[0], "type") == 1 ? "clustered" : null);
    }

    private static ForeignKeyConstraint ReadForeignKey(IReadOnlyList<Row> rows) => new(
        [.. rows.Select(row => Text(row, "column_name")!)],
        [.. rows.Select(row => ForeignKeyConstraint.TargetOf(Text(row, "referent_schema"), Text(row, "referent_table")!,
            Text(row, "referent_column")!))],
        Text(rows[0], "name"),
        onDelete: Action(Text(rows[0], "on_delete")!),
        onUpdate: Action(Text(rows[0], "on_update")!));

    private static string? Action(string text) => text == "NO_ACTION" ? null : text.Replace('_', ' ');

    private static long? Unless(long usual, object? value) => value is long number && number != usual ? number : null;

    private static int TableId(Row row) => Number(row, "table_id");

    private static string? Text(Row row, string name) => (string?)row[name];

    // The views have numbers of one, two and four bytes.
    internal static int Number(Row row, string name) => Convert.ToInt32(row[name], CultureInfo.InvariantCulture);

    private static bool Flag(Row row, string name) => row[name] is true;
}
