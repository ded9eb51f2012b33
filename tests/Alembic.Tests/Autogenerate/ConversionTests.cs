using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>
/// Types that turn into each other on PostgreSQL: the rows are converted by the written upgrade, and are as before after the downgrade.
/// </summary>
[TestClass]
public sealed class ConversionTests
{
    private static readonly SqlType Mood = SqlType.Enum("mood", ["good", "bad"]);

    // Two types, the values of the rows as the first one writes them, and as the second one does.
    private static readonly (SqlType From, SqlType To, string[] There, string[] Back)[] Conversions =
    [
        (SqlType.Text, PostgreSqlType.Jsonb, ["{\"a\": 1}", "[1, 2]"], ["{\"a\": 1}", "[1, 2]"]),
        (SqlType.String(80), SqlType.Json, ["{\"a\":1}"], ["{\"a\":1}"]),
        (SqlType.Json, PostgreSqlType.Jsonb, ["{\"a\": 1}"], ["{\"a\": 1}"]),
        (SqlType.String(40), PostgreSqlType.Inet, ["10.0.0.1/32"], ["10.0.0.1/32"]),
        (SqlType.Text, PostgreSqlType.Cidr, ["10.0.0.0/8"], ["10.0.0.0/8"]),
        (SqlType.Text, PostgreSqlType.MacAddr, ["08:00:2b:01:02:03"], ["08:00:2b:01:02:03"]),
        (SqlType.Text, PostgreSqlType.Int4Range, ["[1,5)"], ["[1,5)"]),
        (SqlType.Text, SqlType.Raw("point"), ["(1,2)"], ["(1,2)"]),
        (SqlType.Text, SqlType.Uuid, ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"], ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]),
        (SqlType.Text, SqlType.Integer, ["7", "-3"], ["7", "-3"]),
        (SqlType.Text, SqlType.Boolean, ["true", "false"], ["t", "f"]),
        (SqlType.Text, SqlType.Date, ["2026-01-31"], ["2026-01-31"]),
        (SqlType.Text, SqlType.Interval, ["02:00:00"], ["02:00:00"]),
        (SqlType.Text, PostgreSqlType.Array(SqlType.Integer), ["{1,2}"], ["{1,2}"]),
        (SqlType.Text, PostgreSqlType.Bit(3), ["101"], ["101"]),
        (SqlType.Text, Mood, ["good", "bad"], ["good", "bad"]),
        (SqlType.Text, SqlType.LargeBinary(), ["a\\b", "\\x61", "é"], ["\\x615c62", "\\x5c783631", "\\xc3a9"]),
        (SqlType.Integer, SqlType.Boolean, ["0", "1"], ["f", "t"]),
        (SqlType.SmallInteger, SqlType.Boolean, ["0", "1"], ["f", "t"]),
        (SqlType.BigInteger, SqlType.Boolean, ["0", "1"], ["f", "t"]),
        (SqlType.Numeric(10, 2), SqlType.Boolean, ["0.00", "1.00"], ["f", "t"]),
        (SqlType.Double, SqlType.Boolean, ["0", "1"], ["f", "t"]),
        (SqlType.Integer, PostgreSqlType.Jsonb, ["7"], ["7"]),
        (SqlType.Boolean, PostgreSqlType.Jsonb, ["t"], ["true"]),
        (SqlType.Uuid, PostgreSqlType.Jsonb, ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"], ["\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\""]),
        (SqlType.Date, PostgreSqlType.Jsonb, ["2026-01-31"], ["\"2026-01-31\""]),
        (Mood, PostgreSqlType.Jsonb, ["bad"], ["\"bad\""]),
        (PostgreSqlType.Array(SqlType.Text), PostgreSqlType.Jsonb, ["{x,y}", "{\"a b\",\"c\\\"[\",NULL}", "{}"],
            ["[\"x\", \"y\"]", "[\"a b\", \"c\\\"[\", null]", "[]"]),
        (PostgreSqlType.Array(SqlType.Integer), SqlType.Json, ["{1,2}"], ["[1,2]"]),
        (PostgreSqlType.Array(SqlType.Text), PostgreSqlType.Array(SqlType.Integer), ["{1,2}"], ["{1,2}"]),
        (PostgreSqlType.Array(SqlType.Integer), PostgreSqlType.Array(SqlType.Boolean), ["{0,1}"], ["{f,t}"]),
        (PostgreSqlType.Array(SqlType.Text), PostgreSqlType.Array(Mood), ["{good,bad}"], ["{good,bad}"]),
        (Mood, PostgreSqlType.Array(Mood), ["bad"], ["{bad}"]),
        (SqlType.Integer, PostgreSqlType.Array(SqlType.Integer), ["7"], ["{7}"]),
        (SqlType.Date, PostgreSqlType.Array(SqlType.Text), ["2026-01-31"], ["{2026-01-31}"]),
        // No value of one is a value of the other; without values it does not matter.
        (SqlType.Raw("point"), PostgreSqlType.Array(SqlType.Uuid), [], []),
        (SqlType.Integer, SqlType.Raw("money"), ["7"], ["$7.00"]),
        (SqlType.Double, SqlType.Raw("money"), ["7.5"], ["$7.50"]),
        (SqlType.Numeric(10, 2), SqlType.Raw("money"), ["7.50"], ["$7.50"]),
        (PostgreSqlType.Int4Range, SqlType.Raw("int8range"), ["[1,5)", "empty"], ["[1,5)", "empty"]),
        (SqlType.DateTime, SqlType.Date, ["2026-01-31 00:00:00"], ["2026-01-31"]),
        (SqlType.Integer, SqlType.BigInteger, ["7"], ["7"]),
        (SqlType.Integer, SqlType.Text, ["7"], ["7"]),
    ];

    public static IEnumerable<object[]> Cases =>
        Enumerable.Range(0, Conversions.Length).SelectMany(i => new object[][] { [i, false], [i, true] });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Rows_are_converted_there_and_back(int index, bool isReversed)
    {
        var (from, to, there, back) = Conversions[index];
        if (isReversed)
            (from, to, there, back) = (to, from, back, there);
        using var database = LiveDatabase.Open("postgresql");
        MetaData Of(SqlType type) => new([new Table("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("v", type)])]);
        database.Run(database.Compare(Of(from)).UpgradeOperations);
        foreach (var value in there)
            database.Run(new Execute($"INSERT INTO t (v) VALUES ('{value}')"));
        database.Run(new Execute("INSERT INTO t (v) VALUES (NULL)"));
        string Values() => database.Rows("SELECT v::text FROM t ORDER BY id");
        // As the server writes it: a bool's text is true or false.
        string Text(IEnumerable<string> values, SqlType type) =>
            string.Join("; ",
                values.Select(v => type.Kind == SqlTypeKind.Boolean ? v == "t" ? "true" : v == "f" ? "false" : v : v).Append("∅"));
        var (start, comparison) = (Values(), database.Compare(Of(to)));
        database.Run(comparison.UpgradeOperations);
        Assert.AreEqual(Text(back, to), Values());
        database.Nothing(database.Compare(Of(to)));
        database.Run(comparison.DowngradeOperations);
        Assert.AreEqual(start, Values());
        database.Nothing(database.Compare(Of(from)));
    }

    [TestMethod]
    public void Where_there_are_no_values_each_type_turns_into_each_other()
    {
        SqlType[] types = [SqlType.SmallInteger, SqlType.BigInteger, SqlType.Numeric(10, 2), SqlType.Double, SqlType.Boolean, SqlType.Text,
            SqlType.Date, SqlType.Time, SqlType.TimeTz, PostgreSqlType.TimeOf(3), SqlType.DateTime, SqlType.DateTimeTz, SqlType.Interval,
            SqlType.Uuid, SqlType.Json];
        using var database = LiveDatabase.Open("postgresql");
        MetaData Of(Func<SqlType, SqlType, SqlType> choose) => new([new Table("t", [
            .. types.SelectMany(_ => types, choose).Select((type, number) => new Column($"c{number}", type))])]);
        var (from, to) = (Of((type, _) => type), Of((_, type) => type));
        database.Run(database.Compare(from).UpgradeOperations);
        database.Run(new Execute("INSERT INTO t DEFAULT VALUES"));
        var comparison = database.Compare(to);
        database.Run(comparison.UpgradeOperations);
        database.Nothing(database.Compare(to));
        database.Run(comparison.DowngradeOperations);
        database.Nothing(database.Compare(from));
    }

    [TestMethod]
    [DataRow("{1,2}")]
    [DataRow("{}")]
    [DataRow("{{1}}")]
    public void An_array_that_is_not_of_one_value_is_not_made_one_value(string array)
    {
        using var database = LiveDatabase.Open("postgresql");
        database.Run(new Execute($"CREATE TABLE t (v integer[]); INSERT INTO t VALUES ('{array}')"));
        var comparison = database.Compare(new MetaData([new Table("t", [new Column("v", SqlType.Integer)])]));
        var refused = Assert.ThrowsExactly<InvalidOperationException>(() => database.Run(comparison.UpgradeOperations));
        StringAssert.Contains(refused.Message, $"invalid input syntax for type integer: \"{array}\"");
    }

    [TestMethod]
    public void What_is_neither_yes_nor_no_is_no_boolean()
    {
        using var database = LiveDatabase.Open("postgresql");
        database.Run(new Execute("CREATE TABLE t (v integer); INSERT INTO t VALUES (2)"));
        var comparison = database.Compare(new MetaData([new Table("t", [new Column("v", SqlType.Boolean)])]));
        var refused = Assert.ThrowsExactly<InvalidOperationException>(() => database.Run(comparison.UpgradeOperations));
        StringAssert.Contains(refused.Message, "invalid input syntax for type boolean: \"2\"");
    }

    [TestMethod]
    public void A_default_goes_with_the_type()
    {
        using var database = LiveDatabase.Open("postgresql");
        MetaData Of(SqlType type, ServerDefault value) =>
            new([new Table("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("v", type, serverDefault: value)])]);
        database.Run(database.Compare(Of(SqlType.Integer, 1)).UpgradeOperations);
        var comparison = database.Compare(Of(SqlType.Boolean, true));
        database.Run(comparison.UpgradeOperations);
        database.Nothing(database.Compare(Of(SqlType.Boolean, true)));
        database.Run(new Execute("INSERT INTO t DEFAULT VALUES"));
        database.Run(comparison.DowngradeOperations);
        database.Nothing(database.Compare(Of(SqlType.Integer, 1)));
        Assert.AreEqual("1", database.Rows("SELECT v FROM t"));
    }

    [TestMethod]
    public void A_sequence_goes_with_its_column()
    {
        using var database = LiveDatabase.Open("postgresql");
        MetaData Of(SqlType type) =>
            new([new Table("entry", [new Column("id", type, primaryKey: true), new Column("note", SqlType.Text)])]);
        database.Run(database.Compare(Of(SqlType.Integer)).UpgradeOperations);
        var comparison = database.Compare(Of(SqlType.BigInteger));
        database.Run(comparison.UpgradeOperations);
        Assert.AreEqual("9223372036854775807", database.Rows("SELECT max_value FROM pg_sequences WHERE sequencename = 'entry_id_seq'"));
        database.Run(comparison.DowngradeOperations);
        Assert.AreEqual("2147483647", database.Rows("SELECT max_value FROM pg_sequences WHERE sequencename = 'entry_id_seq'"));
    }

    [TestMethod]
    public void What_names_an_enums_values_steps_aside_and_comes_back()
    {
        using var database = LiveDatabase.Open("postgresql");
        database.Run(new Execute(
            """
            CREATE TYPE state AS ENUM ('open', 'held');
            CREATE TABLE task (id int PRIMARY KEY, state state NOT NULL DEFAULT 'open', kinds state[],
                is_open boolean GENERATED ALWAYS AS (state = 'open') STORED, CONSTRAINT ck_state CHECK (state <> 'held'), CONSTRAINT uq_open UNIQUE (is_open, id));
            CREATE INDEX ix_open ON task (id) WHERE state = 'open';
            CREATE INDEX ix_is ON task ((state = 'held'), id);
            CREATE INDEX ix_computed ON task (is_open);
            CREATE TABLE log (state state PRIMARY KEY);
            CREATE TABLE line (state state CONSTRAINT fk_line REFERENCES log (state));
            INSERT INTO task (id) VALUES (1);
            """));
        var start = database.Inspect();
        MetaData Of(params string[] values) => new([.. start.Tables.Select(t => t with
        {
            Items = [
                .. t.Items.Select(i => i is Column { Type.EnumType: not null } c
                    ? c with { Type = c.Type.WithEnum(_ => SqlType.Enum("state", values)) }
                    : i)],
        })]);
        foreach (var values in new[] { new[] { "open", "held", "done" }, ["held", "open"], ["done", "held", "open", "lost"] })
        {
            var comparison = database.Compare(Of(values));
            database.Run(comparison.UpgradeOperations);
            database.Nothing(database.Compare(Of(values)));
            Assert.AreEqual(Journey.Text(Of(values)), Journey.Text(database.Inspect()));
            database.Run(comparison.DowngradeOperations);
            Assert.AreEqual(Journey.Text(start), Journey.Text(database.Inspect()));
            Assert.AreEqual("1|open|True", database.Rows("SELECT id, state::text, is_open FROM task"));
        }
    }
}
