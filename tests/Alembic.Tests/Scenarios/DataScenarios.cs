using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    private const string Text = "it's \\ \"so\"; -- `x` [y] @p :p ? %s {0} $$\n\t'' \\' 表 ü /* */\r\nGO\r\n.exit\r\n\\q\r\n";

    private protected abstract Answer SqlExecuted { get; }

    [TestMethod]
    public void Sql_is_executed_with_parameters_and_without() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = 'it''s -- @text' WHERE {n.Sql("id")} = 1 -- @nothing, 'this'");
            op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = @text /* '@text */ WHERE {n.Sql("id")} = @id",
                new { text = Text, id = 2 });
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
            op.BulkInsert(n["account"], [new Dictionary<string, object?> { [n["name"]] = "cyd", [n["id"]] = 5 },
                new Dictionary<string, object?> { [n["id"]] = 6, [n["name"]] = "dan" }], schema: n.Schema);
            if (n.IsPlain)
                op.BulkInsert("account", [new { id = 7, name = "eve" }]);
            else
                op.BulkInsert(n["account"], [n["id"], n["name"]], [[7, "eve"]], schema: n.Schema);
        },
        Down = (op, n) => op.Execute($"DELETE FROM {n.Table("account")} WHERE {n.Sql("id")} > @id", new { id = 2 }),
        Rows = $"account: 1|ada|x; 2|bob|∅; 3||{Text}; 4|\\|∅; 5|cyd|∅; 6|dan|∅; 7|eve|∅",
    }, RowsInserted);

    [TestMethod]
    public void Rows_of_the_model_are_inserted_changed_and_deleted_by_their_keys() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.InsertData(n["account"], [n["id"]], [n["id"], n["name"], n["note"]], [[3, "", Text], [4, "\\", null]], schema: n.Schema);
            op.UpdateData(n["account"], [n["id"]], [1], [n["name"], n["note"]], ["it's", null], schema: n.Schema);
            op.DeleteData(n["account"], [n["id"], n["name"]], [[2, "bob"], [3, "not there"]], schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.InsertData(n["account"], [n["id"]], [n["id"], n["name"], n["note"]], [[2, "bob", null]], schema: n.Schema);
            op.UpdateData(n["account"], [n["id"]], [1], [n["name"], n["note"]], ["ada", "x"], schema: n.Schema);
            op.DeleteData(n["account"], [n["id"]], [[3], [4]], schema: n.Schema);
        },
        Rows = $"account: 1|it's|∅; 3||{Text}; 4|\\|∅",
    }, RowsInserted);

    [TestMethod]
    public void Extensions_and_sequences_are_created_and_dropped() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            if (Dialect.Name != "postgresql")
                return;
            op.CreateExtension("citext");
            op.CreateSequence(n["numbers"], schema: n.Schema, type: SqlType.SmallInteger, start: 10, increment: 5, minValue: 1,
                maxValue: 100, cycle: true, cache: 2);
            op.AlterSequence(n["numbers"], schema: n.Schema, increment: 7, maxValue: 90, cycle: false);
            Assert.AreEqual(10L, op.IsOffline
                ? 10L
                : op.Query($"SELECT nextval('{n.Table("numbers").Replace("'", "''", StringComparison.Ordinal)}') AS number")[0]["number"]);
        },
        Down = (op, n) =>
        {
            if (Dialect.Name != "postgresql")
                return;
            op.DropSequence(n["numbers"], schema: n.Schema);
            op.DropExtension("citext");
        },
    }, Answer.AsStated);

    private protected abstract Answer RowsQueried { get; }

    [TestMethod]
    public void Rows_are_read_and_written_back() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            foreach (var row in op.Query($"SELECT {n.Sql("id")}, {n.Sql("name")} FROM {n.Table("account")} WHERE {n.Sql("id")} < @most",
                new { most = 9 }))
                op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = @note WHERE {n.Sql("id")} = @id",
                    new { note = $"{row[n["name"]]}!", id = row[n["id"]] });
        },
        Down = (op, n) => op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = NULL"),
        Rows = "account: 1|ada|ada!; 2|bob|bob!",
    }, RowsQueried);

    private protected abstract Answer Backfilled { get; }

    [TestMethod]
    public void Rows_are_changed_batch_by_batch() => Play(new Scenario
    {
        Up = (op, n) => op.AutocommitBlock(() => Assert.AreEqual(2, op.Backfill(
            n["account"], n["id"], $"UPDATE {n.Table("account")} SET {n.Sql("note")} = @text WHERE {n.Sql("id")} BETWEEN @from AND @to",
            batch: 1, parameters: new { text = Text }, schema: n.Schema))),
        Down = (op,
            n) =>
                op.AutocommitBlock(() => op.Backfill(n["account"], n["id"],
                    $"UPDATE {n.Table("account")} SET {n.Sql("note")} = NULL WHERE {n.Sql("id")} BETWEEN @from AND @to", schema: n.Schema)),
        Rows = $"account: 1|ada|{Text}; 2|bob|{Text}",
    }, Backfilled);

    private protected abstract Answer ConnectionUsed { get; }

    [TestMethod]
    public void The_connection_and_its_transaction_are_at_hand() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            using var command = op.Connection.CreateCommand();
            command.Transaction = op.Transaction;
            command.CommandText = $"UPDATE {n.Table("account")} SET {n.Sql("note")} = 'y'";
            Assert.AreEqual(2, command.ExecuteNonQuery());
        },
        Down = (op, n) => op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = NULL"),
        Rows = "account: 1|ada|y; 2|bob|y",
    }, ConnectionUsed);

    private protected abstract Answer WhereItIsKnown { get; }

    [TestMethod]
    public void A_migration_knows_where_it_runs() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            if (!op.IsOffline)
            {
                Assert.HasCount(2, op.Query($"SELECT * FROM {n.Table("account")}"));
                Assert.AreEqual(2,
                    op.Scalar<int>($"SELECT count(*) FROM {n.Table("account")} WHERE {n.Sql("id")} > @least", new { least = 0 }));
            }
            Assert.IsEmpty(op.XArguments);
            Assert.IsNull(op.Config.GetMainOption("sqlalchemy.url"));
            op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("name")} = @dialect, {n.Sql("note")} = @engine",
                new { dialect = op.Dialect.Name, engine = op.EngineName });
        },
        Down = (op, n) => op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = 'x'"),
        Rows = $"account: 1|{Dialect.Name}|∅; 2|{Dialect.Name}|∅",
    }, WhereItIsKnown);

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

    private protected abstract Answer ValuesKept { get; }

    /// <summary>The type that keeps a TimeSpan.</summary>
    private protected abstract SqlType SpanType { get; }

    private protected virtual (TimeSpan, TimeSpan) Spans => (new(1, 2, 3, 4), new(0, -2, -3, -4));

    private protected virtual ulong MostUnsigned => ulong.MaxValue;

    // A value of every CLR type, and the type of a column for it.
    private (SqlType Type, object? Value)[] Values =>
    [
        (SqlType.Text, Text), (SqlType.Text, ""), (SqlType.Text, 'x'), (SqlType.Integer, null), (SqlType.Integer, DBNull.Value),
        (SqlType.Boolean, true), (SqlType.Boolean, false),
        (SqlType.SmallInteger, (byte)200), (SqlType.SmallInteger, (sbyte)-5), (SqlType.SmallInteger, short.MinValue),
        (SqlType.Integer, ushort.MaxValue), (SqlType.Integer, int.MinValue),
        (SqlType.BigInteger, uint.MaxValue), (SqlType.BigInteger, long.MinValue), (SqlType.Numeric(20, 0), MostUnsigned),
        (SqlType.Numeric(20, 6), -12.50m), (SqlType.Double, 1.5e-7), (SqlType.Double, 0.25f),
        (SqlType.Integer, DayOfWeek.Friday), (SqlType.Date, new DateOnly(2026, 2, 28)), (SqlType.Time, new TimeOnly(1, 2, 3)),
        (SpanType, Spans.Item1), (SpanType, Spans.Item2),
        (SqlType.DateTime, new DateTime(2026, 1, 2, 3, 4, 5)),
        (SqlType.DateTimeTz, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))),
        (SqlType.DateTimeTz, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
        (SqlType.Uuid, new Guid("00112233-4455-6677-8899-aabbccddeeff")),
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
                n["account"], [new Column(n["id"], SqlType.Integer, primaryKey: true, autoincrement: false),
                    .. values.Select((v, i) => new Column($"v{i}", v.Type))], schema: n.Schema),
            Up = (op, n) =>
            {
                var parameters = values.Select((v, i) => ($"v{i}", v.Value)).Prepend(("id", (object?)1))
                    .ToDictionary(p => p.Item1, p => p.Item2);
                op.Execute($"INSERT INTO {n.Table("account")} VALUES ({string.Join(", ", parameters.Keys.Select(name => "@" + name))})",
                    parameters);
                op.BulkInsert(n["account"], [n["id"], .. values.Select((_, i) => $"v{i}")], [[2, .. values.Select(v => v.Value)]],
                    schema: n.Schema);
            },
            Down = (op, n) => op.Execute($"DELETE FROM {n.Table("account")}"),
            Rows = ValueRows(ValueTexts),
        }, ValuesKept);
    }
}
