using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Operations;

/// <summary>Every operation, with all that it can have and with names that want to be something else.</summary>
internal static class Samples
{
    public static readonly string[] Hostile =
    [
        "plain", "select", "class", "quo\"te", "it's", "back\\slash", "new\nline\r", "{brace} {0} }}", "\"\"\"", "*/ // --",
        "tab\tzero\0bell\a", "ünï 表 😀", "\u2028\u2029\u0085", "\uD800 alone \uDC00",
        "\u202E bidi \uFEFF", "$\"{1}\"", "@verbatim", "); System.Environment.Exit(1); //", "\\u0041 \\\"", "",
    ];

    public static IEnumerable<Operation> All =>
        Hostile.SelectMany(name => Named(name).Select(o => o.Operation)).Concat(Types()).Concat(Values());

    /// <summary>Those that know their way back, with what they need for it.</summary>
    public static IEnumerable<Operation> Reversible =>
        Hostile.Where(n => n.Length > 0).SelectMany(name => Named(name).Where(o => o.IsReversible).Select(o => o.Operation));

    public static IEnumerable<(Operation Operation, bool IsReversible)> Named(string x)
    {
        var column = new Column(
            x, SqlType.Enum(x, [x, "b"], schema: x, check: true, createType: false), nullable: false, serverDefault: x, unique: true,
            index: true, autoincrement: false, comment: x, collation: x,
            foreignKey: new ForeignKey("t.c", name: x, onDelete: "CASCADE", onUpdate: "SET NULL", deferrable: true, initially: "DEFERRED",
                match: "FULL"));
        var index = new TableIndex(x, [x, Sql.Text(x), "z"], unique: true, where: x, include: [x, "i"], method: x, nullsNotDistinct: true,
            options: new() { ["postgresql_with"] = x, ["mysql_" + x + "x"] = long.MinValue });
        var exclude = new ExcludeConstraint([(x, "="), (Sql.Text(x), x), ("b", "&&")], name: x, where: x, method: x, deferrable: false,
            initially: "IMMEDIATE");
        var key = new ForeignKeyConstraint([x, "b"], ["t.c", "t.d"], name: x, onDelete: "SET NULL", deferrable: false, notValid: true,
            setNullColumns: [x], notEnforced: true, period: true);
        var table = new Table(x,
        [
            column, new Column("id", SqlType.Integer, primaryKey: true),
            new Column("made", SqlType.Integer, computed: new Computed(x, persisted: true)),
            new Column("numbered", SqlType.BigInteger,
                identity: new Identity(always: true, start: long.MinValue, increment: -1, minValue: 0, maxValue: long.MaxValue,
                    cycle: false, cache: 5)),
            new PrimaryKeyConstraint([x, "id"], name: x, deferrable: true, initially: x, include: [x], withoutOverlaps: true),
            new UniqueConstraint([x], name: x, deferrable: false, initially: x, nullsNotDistinct: true, include: [x, "b"],
                withoutOverlaps: true),
            new CheckConstraint(x, name: x, notValid: true, noInherit: true, notEnforced: true), exclude, key, index,
        ], schema: x, comment: x,
            options: new() { ["mysql_engine"] = x, ["sqlite_strict"] = true, ["mssql_" + x + "x"] = false, ["mysql_auto_increment"] = 5 });
        return
        [
            (new CreateTable(table), true),
            (new CreateTable(table with { Schema = null, Comment = null, Options = new() }, IfNotExists: true), false),
            (new CreateSchema(x), true),
            (new CreateSchema(x, IfNotExists: true), false),
            (new DropSchema(x, IfExists: true), false),
            (new CreateEnumType(x, [x, "b"], x), true),
            (new CreateEnumType(x, [], ifNotExists: true), false),
            (new AlterEnumType(x, [x, "b"], ["b"], x), true),
            (new AlterEnumType(x, [x], []), true),
            (new AlterEnumType(x, [x]), false),
            (new DropEnumType(x, x, IfExists: true), false),
            (new DropTable(x, x, IfExists: true), false),
            (new CreateExtension(x, x), true),
            (new DropExtension(x), false),
            (new CreateSequence(new Sequence(x, x, SqlType.Integer, 1, -1, long.MinValue, 5, true, 3)), true),
            (new CreateSequence(new Sequence(x)), true),
            (new AlterSequence(x, x)
            {
                Type = SqlType.Integer, Start = 1, Increment = -1, MinValue = long.MinValue, MaxValue = 5, Cycle = false,
                Cache = 3, Restart = 2
            }, false),
            (new DropSequence(x, x), false),
            (new InsertData(new TableRows(x, [x], [x, "b"], [[1, x], [2, null]], x)), true),
            (new UpdateData(x, [x], [1], [x + "2", "b"], [x, Sql.Text("1")], x) { ExistingValues = [null, x] }, true),
            (new UpdateData(x, [x, "b"], [1, x], [x + "2"], [null]), false),
            (new DeleteData(x, [x], [[1], [x]], x), false),
            (new RenameTable(x, x + "2", x), true),
            (new RenameIndex(x, x + "2", x, x), true),
            (new AddColumn(x, column, x), true),
            (new AddColumn(x, column with { Computed = new Computed(x) }, IfNotExists: true), false),
            (new DropColumn(x, x, x, IfExists: true), false),
            (new AlterColumn(x, x, x)
            {
                Nullable = false, Type = SqlType.String(5), ServerDefault = x, NewName = x + "2", Comment = x, ExistingType = SqlType.Text,
                ExistingNullable = true,
                ExistingServerDefault = Sql.Text(x), ExistingComment = x,
            }, true),
            (new AlterColumn(x, x)
            {
                Nullable = true, ServerDefault = ServerDefault.None, Comment = "", Autoincrement = true, PostgresqlUsing = x,
                RecreateDependents = true, SqliteUsing = x
            }, false),
            (new AlterColumn(x, x) { Identity = new Identity(always: true, start: 5), ExistingIdentity = new Identity(cycle: true) }, true),
            (new AlterColumn(x, x) { Collation = x, ExistingCollation = "" }, true),
            (new AlterColumn(x, x) { Collation = "", ExistingCollation = x, ExistingType = SqlType.Text }, true),
            (new AlterColumn(x, x) { Identity = Identity.None, ExistingIdentity = new Identity(always: true) }, true),
            (new AlterColumn(x, x) { NewName = "y" }, true),
            (new AlterColumn(x, x) { Comment = x, ExistingComment = "", ExistingComputed = new Computed(x, persisted: true) }, true),
            (new CreateIndex(x, index, x) { Concurrently = true, IfNotExists = true }, false),
            (new CreateIndex(x, index), true),
            (new CreateIndex(x, new TableIndex(null, [x, IndexElement.Descending(x)])), true),
            (new DropIndex(x, x, x) { IfExists = true, Concurrently = true }, false),
            (new DropIndex(x), false),
            (new CreateConstraint(x, new PrimaryKeyConstraint([x, "b"], x), x), true),
            (new CreateConstraint(x, new UniqueConstraint([x, "b"], x), x), true),
            (new CreateConstraint(x, new UniqueConstraint([x, "b"])), false),
            (new CreateConstraint(x, new UniqueConstraint([x], x, deferrable: true, initially: x, nullsNotDistinct: true), x), true),
            (new CreateConstraint(x, new PrimaryKeyConstraint([x], x, deferrable: false, initially: x)), true),
            (new CreateConstraint(x, new CheckConstraint(x, x), x), true),
            (new CreateConstraint(x, new CheckConstraint(x, x, notValid: true, noInherit: true, notEnforced: true), x), true),
            (new CreateConstraint(x, new PrimaryKeyConstraint([x], x, include: [x], withoutOverlaps: true), x), true),
            (new CreateConstraint(x, new UniqueConstraint([x], x, include: [x], withoutOverlaps: true), x), true),
            (new ValidateConstraint(x, x, x), false),
            (new CreateConstraint(x, exclude, x), true),
            (new CreateConstraint(x, new ExcludeConstraint([(x, "=")])), false),
            (new CreateConstraint(x, key, x), true),
            (new CreateConstraint(x, new ForeignKeyConstraint([x], ["other.t.c"], initially: "IMMEDIATE", match: "FULL")), false),
            (new DropConstraint(x, x, ConstraintType.ForeignKey, x, IfExists: true), false),
            (new DropConstraint(x, x), false),
            (new TableComment(x, x, x + "2", x), true),
            (new TableComment(x, null, x), true),
            (new Execute(x), false),
            (new Execute(x) { Parameters = new Dictionary<string, object?> { ["a"] = x, ["class"] = null, ["b"] = 1.5m } }, false),
            (new Execute(x) { Parameters = new Dictionary<string, object?> { ["x" + x] = x } }, false),
            (new BulkInsert(x, [x, "b"], [[x, null], [1, x]], x), false),
            (new BatchAlterTable(x,
            [
                new AddColumn(x, column, x), new AlterColumn(x, x, x) { Nullable = true, ExistingNullable = false },
                new CreateIndex(x, index, x),
                new CreateConstraint(x, new UniqueConstraint([x], x), x), new CreateConstraint(x, key, x),
                new CreateConstraint(x, new CheckConstraint(x, x), x), new CreateConstraint(x, exclude, x),
                new CreateConstraint(x, new PrimaryKeyConstraint([x], x), x),
            ], Recreate.Always, x), true),
            (new BatchAlterTable(x, [new DropColumn(x, x), new DropIndex(x, x) { IfExists = true },
                new DropConstraint(x, x, ConstraintType.Check, IfExists: true), new ValidateConstraint(x, x)]), false),
        ];
    }

    private static IEnumerable<Operation> Types()
    {
        SqlType[] types =
        [
            SqlType.SmallInteger, SqlType.Integer, SqlType.BigInteger, SqlType.Boolean, SqlType.Float, SqlType.Double, SqlType.Numeric(),
            SqlType.Numeric(5), SqlType.Numeric(5, 2), SqlType.String(),
            SqlType.String(7), SqlType.Text, SqlType.Unicode(), SqlType.Unicode(8), SqlType.UnicodeText, SqlType.LargeBinary(),
            SqlType.LargeBinary(9), SqlType.Date, SqlType.Time, SqlType.TimeTz,
            SqlType.DateTime, SqlType.DateTimeTz, SqlType.Interval, SqlType.Json, SqlType.Uuid, SqlType.Enum(null, ["a"]),
            SqlType.Enum("e", []), SqlType.Raw("geometry(Point,4326)"),
            PostgreSqlType.Jsonb, PostgreSqlType.TimestampTz, PostgreSqlType.Timestamp(3), PostgreSqlType.TimeOf(0, timeZone: true),
            PostgreSqlType.Char(3), PostgreSqlType.VarBit(),
            PostgreSqlType.VarBit(4), PostgreSqlType.Array(SqlType.Enum("e", ["it's"])),
        ];
        ServerDefault[] defaults = ["", "0", true, false, 0, -1, int.MinValue, long.MaxValue, long.MinValue, 1.50m, -0.001m,
            decimal.MaxValue, decimal.MinValue, Sql.Text("now()")];
        return types.Select((t, i) => new AddColumn("t", new Column("c", t, serverDefault: defaults[i % defaults.Length])));
    }

    private static IEnumerable<Operation> Values() => new object?[]
    {
        null, true, (byte)1, (sbyte)-1, (short)-2, (ushort)2, -3, 3u, -4L, 4UL, ulong.MaxValue, long.MinValue, int.MinValue, 1.5m,
        decimal.MinValue, 1.10m, 0.1, -0.0, 1e300, double.Epsilon, 0.1f, float.MaxValue,
        '\'', '"', '\\', '\n', '\uD800', "s", new byte[] { 1, 2 }, Array.Empty<byte>(), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(7),
        new DateTime(2026, 1, 2), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3.5)), new DateOnly(2026, 1, 2),
        new TimeOnly(1, 2, 3, 4), TimeSpan.FromTicks(-123456789012345),
        DayOfWeek.Friday, (DayOfWeek)77, AttributeTargets.Class | AttributeTargets.Enum, double.NaN, double.PositiveInfinity,
        float.NegativeInfinity,
    }.Select(value => new BulkInsert("t", ["v"], [[value]]));
}
