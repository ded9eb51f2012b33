using Alembic.Autogenerate;
using Alembic.Databases.MySql;
using Alembic.Databases.PostgreSql;
using Alembic.Databases.Sqlite;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases;

namespace Alembic.Tests.Autogenerate;

/// <summary>Sequences that belong to no column: created, changed in place, and back.</summary>
[TestClass]
public sealed class SequenceTests
{
    public static IEnumerable<object[]> Changes =>
        from server in new[] { "postgresql", "mariadb" }
        from change in new (Sequence Old, Sequence Wanted)[]
        {
            (new("s"), new("s", Start: 5, Increment: 10, Cache: 7)),
            (new("s", MinValue: 1, MaxValue: 50, Cycle: true, Cache: 1), new("s", Cache: 1)),
            (new("s"), new("s", MaxValue: 1000, Cycle: true)),
            (new("s", Increment: -1), new("s", Increment: -5, MinValue: -500)),
            (new("s's"), new("s's", Increment: 2)),
            (new("s", "other"), new("s", "other", Increment: 2)),
        }
        select new object[] { server, change.Old, change.Wanted };

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void A_sequence_with_other_options_is_changed_and_changed_back(string server, Sequence old, Sequence wanted) =>
        Journey.On(server, (journey, _) =>
    {
        var schema = old.Schema is null ? null : $"{old.Schema}_{Environment.ProcessId}";
        (old, wanted) = (old with { Schema = schema }, wanted with { Schema = schema });
        if (schema is not null)
            journey.Run([new CreateSchema(schema)]);
        journey.Run(Found(journey, old));
        var next = journey.Rows($"SELECT nextval({Name(journey, old)})").Single();
        Assert.IsEmpty(Found(journey, old));
        var alter = (AlterSequence)Found(journey, wanted).Single();
        journey.Run([alter]);
        Assert.IsEmpty(Found(journey, wanted));
        journey.Run(alter.Reversal);
        Assert.IsEmpty(Found(journey, old));
        // It went on all the while.
        Assert.AreNotEqual(next, journey.Rows($"SELECT nextval({Name(journey, old)})").Single());
        if (schema is not null)
            journey.Run([new DropSequence(old.Name, schema), new DropSchema(schema)]);
        return 0;
    });

    [TestMethod]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void A_sequence_may_take_the_name_of_a_table_that_goes(string server) => Journey.On(server, (journey, _) =>
    {
        Table Of(string name) => new(name, [new Column("id", SqlType.Integer, primaryKey: true)]);
        return journey.Make(new MetaData([Of("moves"), Of("stays")]),
            new MetaData([Of("stays")]) { Sequences = [new Sequence("moves")] });
    });

    [TestMethod]
    public void The_type_of_numbers_is_changed_on_postgresql() => Journey.On("postgresql", (journey, _) =>
    {
        var (small, large) = (new Sequence("s", Type: SqlType.SmallInteger), new Sequence("s"));
        journey.Run(Found(journey, small));
        var alter = (AlterSequence)Found(journey, large).Single();
        Assert.AreEqual("op.AlterSequence(\"s\", type: SqlType.BigInteger, maxValue: 9223372036854775807L)", new CodeWriter().Write(alter));
        journey.Run([alter]);
        Assert.IsEmpty(Found(journey, large));
        journey.Run(alter.Reversal);
        Assert.IsEmpty(Found(journey, small));
        return 0;
    });

    [TestMethod]
    public void The_connections_own_schema_may_be_said() => Journey.On("postgresql", (journey, _) =>
    {
        journey.Run(Found(journey, new Sequence("s")));
        Assert.IsEmpty(Found(journey, new Sequence("s", "public")));
        // One of another schema is another one.
        journey.Run([new CreateSchema("elsewhere"), new CreateSequence(new Sequence("t", "elsewhere"))]);
        Assert.IsInstanceOfType<CreateSequence>(Found(journey, new Sequence("t")).Single());
        return 0;
    });

    [TestMethod]
    public void Narrower_limits_are_remarked_on() =>
        Assert.Contains("give restart:",
            SequenceDiff.Of([new Sequence("s", MinValue: 100)], new PostgreSqlDialect(), s => new PostgreSqlDialect().Complete(new("s")))
                .Single().Operation.Remark!);

    [TestMethod]
    public void Each_database_alters_what_it_can_and_refuses_the_rest_in_one_line()
    {
        void All(Op op) => op.AlterSequence("s", "x", increment: 2, minValue: 1, maxValue: 9, cycle: false, cache: 3, restart: 4);
        Assert.AreEqual("ALTER SEQUENCE x.s INCREMENT BY 2 MINVALUE 1 MAXVALUE 9 CACHE 3 NO CYCLE RESTART WITH 4;",
            Scripts.Squeezed(new PostgreSqlDialect(), All));
        Assert.AreEqual("ALTER SEQUENCE x.s INCREMENT BY 2 MINVALUE 1 MAXVALUE 9 CACHE 3 NO CYCLE RESTART WITH 4; GO",
            Scripts.Squeezed(new SqlServerDialect(), All));
        Assert.AreEqual("ALTER SEQUENCE x.s INCREMENT BY 2 MINVALUE 1 MAXVALUE 9 CACHE 3 NOCYCLE RESTART WITH 4;",
            Scripts.Squeezed(new MySqlDialect(isMariaDb: true), All));
        Assert.AreEqual("mysql has no sequences: 's'", Refused(new MySqlDialect(), All));
        Assert.AreEqual("sqlite has no sequences: 's'", Refused(new SqliteDialect(), All));
        Assert.AreEqual("mysql has no sequences: 's'", Refused(new MySqlDialect(), op => op.CreateSequence("s")));
        Assert.AreEqual("SQL Server cannot change the type or the first number of a sequence: 's'",
            Refused(new SqlServerDialect(), op => op.AlterSequence("s", start: 2)));
        Assert.AreEqual("MariaDB cannot change the type of a sequence: 's'",
            Refused(new MySqlDialect(isMariaDb: true), op => op.AlterSequence("s", type: SqlType.Integer)));
    }

    [TestMethod]
    [DataRow("bigint", "integer", true)]
    [DataRow("bigint", "smallint", true)]
    [DataRow("integer", "smallint", true)]
    [DataRow("bigint", "bigint", false)]
    [DataRow("bigint", "bigint MAXVALUE 99", false)]
    [DataRow("integer", "bigint", false)]
    [DataRow("bigint", "integer MAXVALUE 99", false)]
    public void A_sequence_that_was_forgotten_when_its_column_was_widened_is_found_and_mended(string column, string sequence,
        bool isShort) => Journey.On("postgresql", (journey, _) =>
    {
        journey.Run(
        [
            new Execute($"CREATE TABLE t (id {column} PRIMARY KEY)"), new Execute($"CREATE SEQUENCE old_seq AS {sequence} OWNED BY t.id"),
            new Execute("ALTER TABLE t ALTER id SET DEFAULT nextval('old_seq')"), new Execute("CREATE VIEW v AS SELECT id FROM t"),
            new Execute("INSERT INTO t DEFAULT VALUES"),
        ]);
        var model = new MetaData(
            [new Table("t", [new Column("id", column == "bigint" ? SqlType.BigInteger : SqlType.Integer, primaryKey: true)])]);
        var found = journey.Compare(model);
        Assert.AreEqual(isShort ? "Detected sequence of column 't.id' that ends before its type" : "", string.Join("\n", found.Lines));
        journey.Run(found.UpgradeOperations);
        Journey.Nothing(journey.Compare(model));
        if (isShort)
            Assert.AreEqual(column, journey.Rows("SELECT data_type::text FROM pg_sequences WHERE sequencename = 'old_seq'").Single());
        journey.Run([.. found.DowngradeOperations, new Execute("INSERT INTO t DEFAULT VALUES")]);
        CollectionAssert.AreEqual(new[] { "1", "2" }, journey.Rows("SELECT id FROM t ORDER BY id").ToArray());
        return 0;
    });

    private static string Refused(Dialect dialect, Action<Op> directive) =>
        Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(dialect, directive)).Message;

    private static List<Operation> Found(Journey journey, Sequence model) => [.. SequenceDiff.Of([model], journey.dialect, s =>
        journey.dialect.FindSequence(journey.session, NameAlignment.IsOwnSchema(s.Schema, journey.Inspect(), journey.dialect)
            ? null
            : s.Schema, s.Name)).Select(f => f.Operation.Operation)];

    private static string Name(Journey journey, Sequence sequence)
    {
        var name = journey.dialect.Quote(sequence.Schema, sequence.Name);
        return journey.dialect.Name == "postgresql" ? $"'{name.Replace("'", "''", StringComparison.Ordinal)}'" : name;
    }
}
