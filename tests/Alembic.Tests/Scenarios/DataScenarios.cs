using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    private const string Text = "it's \\ \"so\"; -- `x` [y] @p :p ? %s {0} $$\n\t'' \\' 表 ü /* */";

    private protected abstract Answer SqlExecuted { get; }

    [TestMethod]
    public void Sql_is_executed_with_parameters_and_without() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = 'it''s -- @text' WHERE {n.Sql("id")} = 1 -- @nothing, 'this'");
            op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = @text /* '@text */ WHERE {n.Sql("id")} = @id", new { text = Text, id = 2 });
        },
        Down = (op, n) => op.Execute(Sql.Text($"DELETE FROM {n.Table("account")}")),
        Rows = $"account: 1|ada|it's -- @text; 2|bob|{Text}",
    }, SqlExecuted);

    private protected abstract Answer RowsInserted { get; }

    [TestMethod]
    public void Rows_are_inserted_in_both_forms() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.BulkInsert(n["account"], [n["id"], n["name"], n["note"]], [[3, "", Text], [4, "\\", null]], schema: n.Schema);
            op.BulkInsert(n["account"], [new Dictionary<string, object?> { [n["name"]] = "cyd", [n["id"]] = 5 }, new Dictionary<string, object?> { [n["id"]] = 6, [n["name"]] = "dan" }], schema: n.Schema);
            if (n.IsPlain)
                op.BulkInsert("account", [new { id = 7, name = "eve" }]);
            else
                op.BulkInsert(n["account"], [n["id"], n["name"]], [[7, "eve"]], schema: n.Schema);
        },
        Down = (op, n) => op.Execute($"DELETE FROM {n.Table("account")} WHERE {n.Sql("id")} > @id", new { id = 2 }),
        Rows = $"account: 1|ada|x; 2|bob|∅; 3||{Text}; 4|\\|∅; 5|cyd|∅; 6|dan|∅; 7|eve|∅",
    }, RowsInserted);

    private protected abstract Answer RowsQueried { get; }

    [TestMethod]
    public void Rows_are_read_and_written_back() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            foreach (var row in op.Query($"SELECT {n.Sql("id")}, {n.Sql("name")} FROM {n.Table("account")} WHERE {n.Sql("id")} < @most", new { most = 9 }))
                op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = @note WHERE {n.Sql("id")} = @id", new { note = $"{row[n["name"]]}!", id = row[n["id"]] });
        },
        Down = (op, n) => op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = NULL"),
        Rows = "account: 1|ada|ada!; 2|bob|bob!",
    }, RowsQueried);

    private protected abstract Answer OwnOperation { get; }

    [TestMethod]
    public void An_operation_of_ones_own_is_invoked() => Play(new Scenario
    {
        Up = (op, n) => op.Invoke(new Shout(n.Schema, n["account"], n["name"])),
        Down = (op, n) => op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("name")} = lower({n.Sql("name")})"),
        Rows = "account: 1|ADA|x; 2|BOB|∅",
    }, OwnOperation);

    private sealed record Shout(string? Schema, string Table, string Column) : Operation
    {
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            [$"UPDATE {dialect.Quote(Schema, Table)} SET {dialect.Quote(Column)} = upper({dialect.Quote(Column)})"];
    }

    private protected abstract Answer BatchDone { get; }

    [TestMethod]
    public void A_batch_makes_several_changes() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.Account(op, n);
            op.AddColumn(n["account"], new Column(n["old"], SqlType.Integer), schema: n.Schema);
        },
        Up = (op, n) => op.BatchAlterTable(
            n["account"],
            batch =>
            {
                batch.AddColumn(new Column(n["age"], SqlType.Integer, nullable: false, serverDefault: 1));
                batch.AlterColumn(n["name"], nullable: true, type: SqlType.String(40), existingType: SqlType.String(20), existingNullable: false);
                batch.AlterColumn(n["note"], newColumnName: n["remark"], existingType: SqlType.Text);
                batch.DropColumn(n["old"]);
                batch.CreateCheckConstraint(n["ck"], $"{n.Sql("age")} > 0");
                batch.CreateUniqueConstraint(n["uq"], [n["name"]]);
                batch.CreateIndex(n["ix"], [n["age"]]);
            },
            schema: n.Schema),
        Down = (op, n) => op.BatchAlterTable(
            n["account"],
            batch =>
            {
                batch.DropIndex(n["ix"]);
                batch.DropConstraint(n["uq"], ConstraintType.Unique);
                batch.DropConstraint(n["ck"], ConstraintType.Check);
                batch.DropColumn(n["age"]);
                batch.AddColumn(new Column(n["old"], SqlType.Integer));
                batch.AlterColumn(n["remark"], newColumnName: n["note"], existingType: SqlType.Text);
                batch.AlterColumn(n["name"], nullable: false, type: SqlType.String(20), existingType: SqlType.String(40), existingNullable: true);
            },
            schema: n.Schema),
        After =
        [
            "- account.name String(20) not null", "- account.note Text", "- account.old Integer",
            "+ account check (age > 0) ck", "+ account index ix (age)", "+ account unique (name) uq",
            "+ account.age Integer not null default 1", "+ account.name String(40)", "+ account.remark Text",
        ],
        Rows = "account: 1|ada|x|1; 2|bob|∅|1",
    }, BatchDone);

    private protected abstract Answer ValuesKept { get; }

    /// <summary>The type that keeps a TimeSpan.</summary>
    private protected abstract SqlType SpanType { get; }

    private protected virtual ulong MostUnsigned => ulong.MaxValue;

    // A value of every CLR type, and the type of a column for it.
    private (SqlType Type, object? Value)[] Values =>
    [
        (SqlType.Text, Text), (SqlType.Text, ""), (SqlType.Text, 'x'), (SqlType.Integer, null), (SqlType.Integer, DBNull.Value), (SqlType.Boolean, true), (SqlType.Boolean, false),
        (SqlType.SmallInteger, (byte)200), (SqlType.SmallInteger, (sbyte)-5), (SqlType.SmallInteger, short.MinValue), (SqlType.Integer, ushort.MaxValue), (SqlType.Integer, int.MinValue),
        (SqlType.BigInteger, uint.MaxValue), (SqlType.BigInteger, long.MinValue), (SqlType.Numeric(20, 0), MostUnsigned), (SqlType.Numeric(20, 6), -12.50m), (SqlType.Double, 1.5e-7), (SqlType.Double, 0.25f),
        (SqlType.Integer, DayOfWeek.Friday), (SqlType.Date, new DateOnly(2026, 2, 28)), (SqlType.Time, new TimeOnly(1, 2, 3)), (SpanType, new TimeSpan(1, 2, 3, 4)), (SpanType, new TimeSpan(0, -2, -3, -4)),
        (SqlType.DateTime, new DateTime(2026, 1, 2, 3, 4, 5)), (SqlType.DateTimeTz, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))),
        (SqlType.DateTimeTz, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), (SqlType.Uuid, new Guid("00112233-4455-6677-8899-aabbccddeeff")),
        (SqlType.LargeBinary(), new byte[] { 0, 39, 92, 255 }), (SqlType.LargeBinary(), Array.Empty<byte>()),
    ];

    private protected static string ValueRows(string texts) => $"account: 1|{Text}|{texts}; 2|{Text}|{texts}";

    private protected const string ValueTexts =
        "|x|∅|∅|1|0|200|-5|-32768|65535|-2147483648|4294967295|-9223372036854775808|18446744073709551615|-12.500000|1.5E-07|0.25|5|2026-02-28|01:02:03|1.02:03:04|-02:03:04|"
        + "2026-01-02 03:04:05|2026-01-02 01:04:05|2026-01-02 03:04:05|00112233-4455-6677-8899-aabbccddeeff|0x00275CFF|0x";

    [TestMethod]
    public void A_value_of_any_type_is_the_same_as_parameter_as_literal_and_in_a_script()
    {
        var values = Values;
        Play(new Scenario
        {
            Before = (op, n) => op.CreateTable(
                n["account"], [new Column(n["id"], SqlType.Integer, primaryKey: true), .. values.Select((v, i) => new Column($"v{i}", v.Type))], schema: n.Schema),
            Up = (op, n) =>
            {
                var parameters = values.Select((v, i) => ($"v{i}", v.Value)).Prepend(("id", (object?)1)).ToDictionary(p => p.Item1, p => p.Item2);
                op.Execute($"INSERT INTO {n.Table("account")} VALUES ({string.Join(", ", parameters.Keys.Select(name => "@" + name))})", parameters);
                op.BulkInsert(n["account"], [n["id"], .. values.Select((_, i) => $"v{i}")], [[2, .. values.Select(v => v.Value)]], schema: n.Schema);
            },
            Down = (op, n) => op.Execute($"DELETE FROM {n.Table("account")}"),
            Rows = ValueRows(ValueTexts),
        }, ValuesKept);
    }
}
