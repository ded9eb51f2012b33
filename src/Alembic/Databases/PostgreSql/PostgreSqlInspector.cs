using Alembic.Operations;
using Alembic.Schema;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace Alembic.Databases.PostgreSql;

/// <summary>Reads the structure of a database from the system catalogs: four queries, whatever the number of tables.</summary>
internal static class PostgreSqlInspector
{
    /// <summary>Gets the tables of the connection's own schema, or of all, without partitions and what extensions created.</summary>
    /// <param name="session">The database.</param>
    /// <param name="allSchemas">Whether all schemas are read.</param>
    public static MetaData Inspect(IMigrationSession session, bool allSchemas)
    {
        IReadOnlyList<Row> Rows(string query) =>
            session.Query(new Statement(query) { Parameters = Parameter.Of(("all", allSchemas)) });
        var enumRows = session.Query(new Statement(PostgreSqlCatalog.Enums));
        var enums = enumRows.ToDictionary(row => Text(row, "type")!,
            row => SqlType.Enum(Text(row, "name"), Texts(row, "labels"), Text(row, "schema_name")));
        var columns = Rows(PostgreSqlCatalog.Columns);
        var constraints = Rows(PostgreSqlCatalog.Constraints).ToLookup(TableId, ReadConstraint);
        var indexes = Rows(PostgreSqlCatalog.Indexes).ToLookup(TableId, ReadIndex);
        return new MetaData(
            [.. columns.GroupBy(TableId).Select(table => ReadTable([.. table], constraints[table.Key], indexes[table.Key], enums))])
        {
            EnumTypes = [.. enums.Values],
            HeldEnumTypes = [.. enumRows.Where(row => Flag(row, "is_held")).Select(row => enums[Text(row, "type")!])],
        };
    }

    internal static bool HasTable(IMigrationSession session, string? schema, string table) =>
        session.Query(new Statement(PostgreSqlCatalog.HasTable)
        {
            Parameters = Parameter.Of(("schema", schema ?? ""), ("name", table))
        }).Count > 0;

    private static Table ReadTable(IReadOnlyList<Row> rows, IEnumerable<Constraint> constraints, IEnumerable<TableIndex> indexes,
        IReadOnlyDictionary<string, SqlType> enums)
    {
        var all = constraints.ToList();
        var key = all.OfType<PrimaryKeyConstraint>().FirstOrDefault();
        return new Table(
            Text(rows[0], "table_name")!,
            [
                .. rows.Where(row => row["name"] is not null).Select(row => ReadColumn(row, key, all, enums)),
                .. all.OrderBy(c => c switch { PrimaryKeyConstraint => 0, UniqueConstraint => 1, ForeignKeyConstraint => 2,
                CheckConstraint => 3, _ => 4 }),
                .. indexes,
            ],
            Text(rows[0], "schema_name"),
            Text(rows[0], "table_comment"),
            Options(rows[0], "inherits", "unlogged", "partition_by", "with", "tablespace"));
    }

    private static Column ReadColumn(Row row, PrimaryKeyConstraint? key, IReadOnlyList<Constraint> constraints,
        IReadOnlyDictionary<string, SqlType> enums)
    {
        var name = Text(row, "name")!;
        var type = PostgreSqlTypes.Read(Text(row, "type")!, enums);
        var identity = Text(row, "identity") is { Length: > 0 } kind ? ReadIdentity(row, kind == "a") : null;
        var isSerial = identity is null && Flag(row, "is_numbered");
        // By default, a key of one integer column is numbered: only a difference from that is given.
        var isUsuallySerial = key?.Columns is [var only] && only == name
            && type.Kind is SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger
            && !constraints.OfType<ForeignKeyConstraint>().Any(k => k.Columns.Contains(name));
        var isComputed = Text(row, "generated") is { Length: > 0 };
        var text = Text(row, "default_text");
        return new Column(
            name,
            type,
            nullable: !Flag(row, "not_null"),
            serverDefault: isSerial || isComputed ? null : PostgreSqlDefaults.Read(text),
            autoincrement: isSerial == isUsuallySerial || (!isSerial && (identity is not null || text is not null)) ? null : isSerial,
            comment: Text(row, "comment"),
            computed: isComputed
                ? new Computed(PostgreSqlExpression.Stable(Unwrapped(text!)), persisted: Text(row, "generated") == "s")
                : null,
            identity: identity,
            collation: Text(row, "collation"))
        {
            IsInherited = Flag(row, "is_inherited"),
            HasShortSequence = isSerial && row["seq_is_short"] is true,
        };
    }

    // What the sequence would have by default is not given.
    private static Identity ReadIdentity(Row row, bool always)
    {
        var (start, increment, min, max) = ((long)row["seq_start"]!, (long)row["seq_increment"]!, (long)row["seq_min"]!,
            (long)row["seq_max"]!);
        var (least, most) = Text(row, "type") switch
        {
            "smallint" => (short.MinValue, short.MaxValue),
            "integer" => (int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        var (usualMin, usualMax) = increment > 0 ? (1L, most) : (least, -1L);
        return new Identity(
            always,
            start: start == (increment > 0 ? min : max) ? null : start,
            increment: increment == 1 ? null : increment,
            minValue: min == usualMin ? null : min,
            maxValue: max == usualMax ? null : max,
            cycle: Flag(row, "seq_cycle") ? true : null,
            cache: (long)row["seq_cache"]! == 1 ? null : (long)row["seq_cache"]!);
    }

    private static Constraint ReadConstraint(Row row) => Text(row, "kind") switch
    {
        "p" => new PrimaryKeyConstraint(
            Texts(row, "columns"), Text(row, "name"), Deferrable(row), Initially(row), Texts(row, "include"),
            withoutOverlaps: Flag(row, "period")),
        "u" => new UniqueConstraint(
            Texts(row, "columns"), Text(row, "name"), Deferrable(row), Initially(row), Flag(row, "nulls_not_distinct"),
            Texts(row, "include"),
            withoutOverlaps: Flag(row, "period")),
        "c" => new CheckConstraint(
            PostgreSqlExpression.Stable(Unwrapped(Text(row, "condition")!)), Text(row, "name"), NotValid(row),
            noInherit: Flag(row, "no_inherit"),
            notEnforced: !Flag(row, "enforced")),
        "x" => new ExcludeConstraint(
            [.. Elements(row).Zip(Texts(row, "operators"), (element, name) => new ExcludeElement(element, name))],
            Text(row, "name"), Text(row, "predicate"), Text(row, "method")!, Deferrable(row), Initially(row)),
        _ => new ForeignKeyConstraint(
            Texts(row, "columns"),
            [.. Texts(row, "referent_columns")
                .Select(c => ForeignKeyConstraint.TargetOf(Text(row, "referent_schema"), Text(row, "referent_table")!, c))],
            Text(row, "name"),
            onDelete: Action(Text(row, "on_delete")),
            onUpdate: Action(Text(row, "on_update")),
            deferrable: Deferrable(row),
            initially: Initially(row),
            match: Text(row, "match") switch { "f" => "FULL", "p" => "PARTIAL", _ => null },
            notValid: NotValid(row),
            setNullColumns: Texts(row, "set_columns"),
            notEnforced: !Flag(row, "enforced"),
            period: Flag(row, "period")),
    };

    // A constraint that is not enforced has never been validated either.
    private static bool NotValid(Row row) => Flag(row, "not_valid") && Flag(row, "enforced");

    private static bool? Deferrable(Row row) => Flag(row, "deferrable") ? true : null;

    private static string? Initially(Row row) => Flag(row, "deferred") ? "DEFERRED" : null;

    private static string? Action(string? code) =>
        code switch { "r" => "RESTRICT", "c" => "CASCADE", "n" => "SET NULL", "d" => "SET DEFAULT", _ => null };

    private static TableIndex ReadIndex(Row row) => new(
        Text(row, "name"),
        [.. Elements(row)],
        Flag(row, "is_unique"),
        where: Text(row, "condition") is { } condition ? PostgreSqlExpression.Stable(condition) : null,
        include: Texts(row, "include"),
        method: Text(row, "method") is "btree" ? null : Text(row, "method"),
        nullsNotDistinct: Flag(row, "nulls_not_distinct"),
        options: Options(row, "with", "tablespace"));

    private static IEnumerable<IndexElement> Elements(Row row) =>
        Texts(row, "elements").Zip((bool[])row["plain"]!, (bool[])row["descending"]!)
        .Select(e => e.Second ? e.First : e.Third ? IndexElement.Descending(e.First) : (IndexElement)Sql.Text(e.First));

    private static DialectOptions Options(Row row, params IEnumerable<string> names) =>
        new(names.Select(name => ($"postgresql_{name}", row[name])));

    // The server puts an operator's expression in parentheses, which are added here anyway.
    private static string Unwrapped(string text)
    {
        if (text is not ['(', .., ')'])
            return text;
        var (depth, quote) = (0, '\0');
        for (var i = 0; i < text.Length - 1; i++)
        {
            var c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"')
                quote = c;
            else if ((depth += c switch { '(' => 1, ')' => -1, _ => 0 }) == 0)
                return text;
        }
        return text[1..^1];
    }

    private static long TableId(Row row) => (long)row["table_id"]!;

    private static string? Text(Row row, string name) => (string?)row[name];

    private static IReadOnlyList<string> Texts(Row row, string name) => (string[]?)row[name] ?? [];

    private static bool Flag(Row row, string name) => (bool)row[name]!;
}
