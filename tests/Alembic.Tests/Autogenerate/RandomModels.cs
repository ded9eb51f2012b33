using Alembic.Databases.Sqlite;
using Alembic.Schema;
using CsCheck;

namespace Alembic.Tests.Autogenerate;

/// <summary>Models of one to three tables with everything that autogenerate compares on SQLite; two of them have much in common.</summary>
internal static class RandomModels
{
    private static readonly SqliteDialect Dialect = new();

    private static readonly string[] Names = ["a", "b", "select", "Mixed Case", "ünï", "quo\"te", "x'y", "order"];

    private static readonly (SqlType Type, ServerDefault? Default)[] TypesAndDefaults =
    [
        (SqlType.Integer, null), (SqlType.Integer, 5), (SqlType.Integer, "5"), (SqlType.BigInteger, -7L), (SqlType.SmallInteger, null),
        (SqlType.Boolean, false), (SqlType.Boolean, "1"),
        (SqlType.String(20), "it's"), (SqlType.String(20), ""), (SqlType.String(), null), (SqlType.Text, "NULL"),
        (SqlType.Unicode(9), null), (SqlType.UnicodeText, null),
        (SqlType.Numeric(10, 2), 1.50m), (SqlType.Numeric(10), 0), (SqlType.Numeric(), null), (SqlType.Float, null),
        (SqlType.Double, Sql.Text("1e10")),
        (SqlType.DateTime, Sql.Text("CURRENT_TIMESTAMP")), (SqlType.DateTime, Sql.Text("(datetime('now'))")),
        (SqlType.DateTimeTz, Sql.Text("datetime('now')")), (SqlType.Date, null),
        (SqlType.Time, null), (SqlType.TimeTz, null), (SqlType.Interval, null), (SqlType.Json, null), (SqlType.Uuid, null),
        (SqlType.LargeBinary(8), null), (SqlType.LargeBinary(), null),
        (SqlType.Enum("mood", ["happy", "sad"]), "sad"), (SqlType.Raw("CHAR(3)"), null), (SqlType.Raw("VARYING CHARACTER(255)"), null),
    ];

    private static readonly Gen<Column> Columns =
        from typed in Gen.Int[0, TypesAndDefaults.Length - 1].Select(i => TypesAndDefaults[i])
        from nullable in Gen.Bool
        from unique in Gen.Bool
        from index in Gen.Bool
        from key in Gen.Int[0, 3]
        from primary in Gen.Int[0, 2]
        select new Column(
            "x", typed.Type, nullable, typed.Default, primaryKey: primary == 0, unique: unique, index: index,
            foreignKey: key switch { 0 => new ForeignKey("t0.a"),
            1 => new ForeignKey("t1.a", name: "fk", onDelete: "CASCADE", deferrable: true, initially: "DEFERRED"), _ => null });

    private static readonly Gen<Table> Tables =
        from columns in Columns.Array[1, Names.Length]
        from named in Gen.Bool
        from extra in Gen.Int[0, 7]
        select Of(
            columns.Select((c, i) => c with
            {
                Name = Names[i], ForeignKey = c.ForeignKey is { Name: not null } key ? key with { Name = $"fk_{i}" } : c.ForeignKey
            }).ToList(), named, extra);

    public static readonly Gen<MetaData> Models = Tables.Array[1, 3]
        .Select(tables => new MetaData([.. tables.Select((t, i) => Rename(t, $"t{i}"))]));

    private static Table Of(List<Column> columns, bool named, int extra)
    {
        List<SchemaItem> items = [.. columns];
        if (named && columns.Any(c => c.PrimaryKey))
            items.Add(new PrimaryKeyConstraint([.. columns.Where(c => c.PrimaryKey).Select(c => c.Name).Reverse()], "pk"));
        if ((extra & 1) != 0)
            items.Add(new UniqueConstraint([.. columns.Select(c => c.Name)], "uq_all"));
        if ((extra & 2) != 0)
            items.Add(new CheckConstraint($"{Dialect.Quote(columns[0].Name)} is not null", "ck_first"));
        if ((extra & 4) != 0)
            items.Add(new TableIndex("ix_expression", [Sql.Text("1 + 1"), columns[0].Name],
                where: $"{Dialect.Quote(columns[0].Name)} > 0"));
        return new Table("x", items);
    }

    private static Table Rename(Table table, string name) => table with
    {
        Name = name,
        Items = [.. table.Items.Select(i => i is TableIndex index ? index with { Name = $"{index.Name}_{name}" } : i)],
    };
}
