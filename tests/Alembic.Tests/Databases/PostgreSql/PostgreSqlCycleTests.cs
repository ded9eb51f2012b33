using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;
using CsCheck;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>
/// The whole cycle of autogenerate on a real server: the upgrade leaves nothing to be found, the downgrade brings back what there was.
/// </summary>
[TestClass]
public sealed class PostgreSqlCycleTests
{
    private static readonly SqlType Mood = SqlType.Enum("mood", ["happy", "sad"]);

    private static readonly Column A = new("a", SqlType.Integer);

    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);

    // Each change of a model: a name, what was, what is to be.
    private static readonly Dictionary<string, (SchemaItem[] From, SchemaItem[] To)> Changes = new()
    {
        ["column"] = ([Id], [Id, new Column("a", SqlType.String(20), nullable: false, serverDefault: "it's \\", comment: "c")]),
        ["enum column"] = ([Id], [Id, new Column("a", Mood, serverDefault: "sad"), new Column("b", PostgreSqlType.Array(Mood))]),
        ["array of an enum"] = ([Id, new Column("a", PostgreSqlType.Array(SqlType.Text))],
            [Id, new Column("a", PostgreSqlType.Array(Mood)), new Column("b", Mood)]),
        ["values added to an enum"] = ([Id, new Column("a", Mood, serverDefault: "sad")],
            [Id, new Column("a", SqlType.Enum("mood", ["a", "happy", "it's", "z", "sad", "\\"]), serverDefault: "sad")]),
        ["values taken from an enum"] = ([Id, new Column("a", Mood, serverDefault: "sad"),
            new Column("b", PostgreSqlType.Array(Mood), serverDefault: "{sad}")],
            [Id, new Column("a", SqlType.Enum("mood", ["sad"]), serverDefault: "sad"),
                new Column("b", PostgreSqlType.Array(SqlType.Enum("mood", ["sad"])), serverDefault: "{sad}")]),
        ["values of an enum in another order"] = ([Id, new Column("a", Mood)],
            [Id, new Column("a", SqlType.Enum("mood", ["sad", "new", "happy"])),
                new Column("b", SqlType.Enum("mood", ["sad", "new", "happy"]), serverDefault: "new")]),
        ["serial column"] = ([Id], [Id, new Column("a", SqlType.BigInteger, nullable: false, autoincrement: true)]),
        ["identity column"] = ([Id],
            [Id, new Column("a", SqlType.Integer, nullable: false,
                identity: new Identity(always: true, start: 5, increment: 2, maxValue: 99, cycle: true, cache: 3))]),
        ["computed column"] = ([Id], [Id, new Column("a", SqlType.Integer, computed: new Computed("id * 2"))]),
        ["collated column"] = ([Id], [Id, new Column("a", SqlType.Text, collation: "C")]),
        ["nullability"] = ([Id, new Column("a", SqlType.Integer)], [Id, new Column("a", SqlType.Integer, nullable: false)]),
        ["type"] = ([Id, new Column("a", SqlType.String(20))], [Id, new Column("a", SqlType.Text)]),
        ["length"] = ([Id, new Column("a", SqlType.String(20))], [Id, new Column("a", SqlType.String(30))]),
        ["precision"] = ([Id, new Column("a", SqlType.Numeric(10, 2))], [Id, new Column("a", SqlType.Numeric(12, 4))]),
        ["integer width"] = ([new Column("id", SqlType.Integer, primaryKey: true)],
            [new Column("id", SqlType.BigInteger, primaryKey: true)]),
        ["type with default"] = ([Id, new Column("a", SqlType.Integer, serverDefault: 5)],
            [Id, new Column("a", SqlType.Text, serverDefault: "five")]),
        ["text to enum"] = ([Id, new Column("a", SqlType.Text, serverDefault: "sad")], [Id, new Column("a", Mood, serverDefault: "sad")]),
        ["text to date"] = ([Id, new Column("a", SqlType.String(20))], [Id, new Column("a", SqlType.Date, nullable: false, comment: "c")]),
        ["text to number"] = ([Id, new Column("a", SqlType.String(20), serverDefault: "5")],
            [Id, new Column("a", SqlType.Integer, serverDefault: "5")]),
        ["default"] = ([Id, new Column("a", SqlType.Integer, serverDefault: 5)], [Id, new Column("a", SqlType.Integer, serverDefault: -6)]),
        ["no default"] = ([Id, new Column("a", SqlType.Boolean, serverDefault: true)], [Id, new Column("a", SqlType.Boolean)]),
        ["expression default"] = ([Id, new Column("a", SqlType.DateTimeTz)],
            [Id, new Column("a", SqlType.DateTimeTz, serverDefault: Sql.Text("now()"))]),
        ["column comment"] = ([Id, new Column("a", SqlType.Integer, comment: "old")],
            [Id, new Column("a", SqlType.Integer, comment: "it's new")]),
        ["index"] = ([Id, new Column("a", SqlType.Integer)], [Id, new Column("a", SqlType.Integer, index: true)]),
        ["rich index"] = ([Id, new Column("a", SqlType.Text)], [Id, new Column("a", SqlType.Text),
            new TableIndex("ix", [Sql.Text("lower(a)"), "a"], unique: true, where: "id > 0", include: ["id"])]),
        ["method of index"] = ([Id, new Column("a", PostgreSqlType.Jsonb), new TableIndex("ix", ["id"])],
            [Id, new Column("a", PostgreSqlType.Jsonb), new TableIndex("ix", ["a"], method: "gin")]),
        ["operator class and order of index"] = ([Id, new Column("a", SqlType.Text)],
            [Id, new Column("a", SqlType.Text),
                new TableIndex("ix",
                    [Sql.Text("a text_pattern_ops DESC NULLS LAST"), Sql.Text("id NULLS FIRST"), Sql.Text("a COLLATE \"C\"")])]),
        ["options of index"] = ([Id],
            [Id, new TableIndex("ix", ["id"], options: new() { ["postgresql_with"] = "fillfactor=70", ["mysql_key_block_size"] = 8 })]),
        ["nulls of index"] = ([Id, new Column("a", SqlType.Text), new TableIndex("ix", ["a"], unique: true)],
            [Id, new Column("a", SqlType.Text), new TableIndex("ix", ["a"], unique: true, nullsNotDistinct: true, where: "id > 0")]),
        ["nulls of unique"] = ([Id, new Column("a", SqlType.Text), new UniqueConstraint(["a"], "uq")],
            [Id, new Column("a", SqlType.Text), new UniqueConstraint(["a"], "uq", nullsNotDistinct: true)]),
        ["deferrable unique"] = ([Id, new Column("a", SqlType.Text), new UniqueConstraint(["a"], "uq")],
            [Id, new Column("a", SqlType.Text), new UniqueConstraint(["a"], "uq", deferrable: true, initially: "deferred")]),
        ["deferrable key"] = ([new Column("id", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer, nullable: false),
            new PrimaryKeyConstraint(["id", "b"], "pk")],
            [new Column("id", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer, nullable: false),
                new PrimaryKeyConstraint(["id", "b"], "pk", deferrable: true, initially: "IMMEDIATE")]),
        ["exclusion"] = ([Id, new Column("a", PostgreSqlType.Int4Range)],
            [Id, new Column("a", PostgreSqlType.Int4Range),
                new ExcludeConstraint([("a", "&&"), (Sql.Text("int4range(id, id + 1)"), "=")], "ex", where: "id > 0", deferrable: true,
                    initially: "DEFERRED")]),
        ["unnamed exclusion"] = ([Id, new Column("a", PostgreSqlType.Int4Range)],
            [Id, new Column("a", PostgreSqlType.Int4Range), new ExcludeConstraint([("a", "&&")])]),
        ["operator of exclusion"] = ([Id, new ExcludeConstraint([("id", "=")], "ex", method: "hash")],
            [Id, new ExcludeConstraint([("id", "=")], "ex", method: "btree")]),
        ["columns stored with a key"] = ([Id, A, new UniqueConstraint(["a"], "uq")],
            [new Column("id", SqlType.Integer, nullable: false), A, new PrimaryKeyConstraint(["id"], "pk", include: ["a"]),
                new UniqueConstraint(["a"], "uq", include: ["id"])]),
        ["check that is not inherited"] = ([Id, new CheckConstraint("id > 0", "ck")],
            [Id, new CheckConstraint("id > 0", "ck", noInherit: true)]),
        ["check that is validated"] = ([Id, new CheckConstraint("id > 0", "ck", notValid: true)],
            [Id, new CheckConstraint("id > 0", "ck")]),
        ["check that is not validated"] = ([Id], [Id, new CheckConstraint("id > 0", "ck", notValid: true, noInherit: true)]),
        ["foreign key that is validated"] = ([Id, A, new ForeignKeyConstraint(["a"], ["t.id"], "fk", notValid: true)],
            [Id, A, new ForeignKeyConstraint(["a"], ["t.id"], "fk")]),
        ["foreign key that is not validated"] = ([Id, A], [Id, A, new ForeignKeyConstraint(["a"], ["t.id"], "fk", notValid: true)]),
        ["columns that are set to NULL"] =
            ([Id, A, new UniqueConstraint(["id", "a"], "uq"),
                new ForeignKeyConstraint(["id", "a"], ["t.id", "t.a"], "fk", onDelete: "SET NULL")],
            [Id, A, new UniqueConstraint(["id", "a"], "uq"),
                new ForeignKeyConstraint(["id", "a"], ["t.id", "t.a"], "fk", onDelete: "SET NULL", setNullColumns: ["a"])]),
        ["default that counts with a sequence of its own"] = ([Id,
            new Column("a", SqlType.BigInteger, nullable: false, autoincrement: true)],
            [Id, new Column("a", SqlType.BigInteger, nullable: false, serverDefault: Sql.Text("7 + 1"))]),
        ["unique"] = ([Id, new Column("a", SqlType.Integer)], [Id, new Column("a", SqlType.Integer, unique: true)]),
        ["named unique"] = ([Id, new Column("a", SqlType.Integer), new UniqueConstraint(["a"], "uq")],
            [Id, new Column("a", SqlType.Integer), new UniqueConstraint(["id", "a"], "uq")]),
        ["check"] = ([Id, new Column("a", SqlType.Integer), new CheckConstraint("a > 0")],
            [Id, new Column("a", SqlType.Integer), new CheckConstraint("a > 0"), new CheckConstraint("a < 9", "ck")]),
        ["foreign key"] = ([Id, new Column("a", SqlType.Integer)],
            [Id, new Column("a", SqlType.Integer,
                foreignKey: new ForeignKey("t.id", onDelete: "CASCADE", onUpdate: "SET NULL", deferrable: true, initially: "DEFERRED"))]),
        ["action"] = ([Id, new Column("a", SqlType.Integer, foreignKey: new ForeignKey("t.id", onDelete: "CASCADE"))],
            [Id, new Column("a", SqlType.Integer, foreignKey: new ForeignKey("t.id", onDelete: "RESTRICT", match: "FULL"))]),
        ["primary key"] = ([new Column("id", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer, nullable: false),
            new PrimaryKeyConstraint(["id"])],
            [new Column("id", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer, nullable: false),
                new PrimaryKeyConstraint(["b", "id"], "pk")]),
    };

    public static IEnumerable<object[]> Names => Changes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_change_is_found_made_and_taken_back(string change) =>
        Cycle(new MetaData([new Table("t", Changes[change].From)]), new MetaData([new Table("t", Changes[change].To)]));

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_table_with_it_is_made_dropped_and_made_again(string change) =>
        Cycle(new MetaData([]), new MetaData([new Table("t", Changes[change].To, comment: "it's a \\ table")]));

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void What_was_read_makes_the_same_again(string change)
    {
        using var database = new PostgreSqlDatabase();
        database.Run([new CreateTable(new Table("t", Changes[change].To))]);
        var read = database.Inspect();
        database.Run([new DropTable("t"), new CreateTable(read.Tables.Single())]);
        Assert.AreEqual(read, database.Inspect());
    }

    [TestMethod]
    public void Defaults_read_back_are_no_difference()
    {
        (SqlType Type, ServerDefault Default)[] defaults =
        [
            (SqlType.DateTimeTz, Sql.Text("now()")), (SqlType.DateTime, Sql.Text("CURRENT_TIMESTAMP")),
            (SqlType.DateTime, Sql.Text("timezone('utc', now())")),
            (SqlType.DateTime, Sql.Text("(now() AT TIME ZONE 'utc')")), (SqlType.Uuid, Sql.Text("gen_random_uuid()")),
            (PostgreSqlType.Jsonb, Sql.Text("'{}'::jsonb")),
            (PostgreSqlType.Jsonb, "{}"), (PostgreSqlType.Array(SqlType.Text), "{}"),
            (PostgreSqlType.Array(SqlType.String(5)), Sql.Text("ARRAY[]::varchar[]")), (SqlType.Text, Sql.Text("lower('It''s')")),
            (SqlType.Text, "a::b"), (SqlType.String(9), "it's \\ E'"), (SqlType.Text, ""), (SqlType.Boolean, "1"), (SqlType.Boolean, false),
            (SqlType.Integer, "-5"), (SqlType.BigInteger, 5000000000L),
            (SqlType.Numeric(5, 2), "-1.50"), (SqlType.Double, -1.5m), (SqlType.Date, "2026-01-02"), (SqlType.Interval, "1 day"),
            (SqlType.Text, Sql.Text("CURRENT_USER")), (Mood, "sad"),
            (SqlType.Integer, Sql.Text("nextval('numbers')")), (SqlType.Text, Sql.Text("'a' || 'b'")), (PostgreSqlType.Inet, "127.0.0.1"),
            (SqlType.Integer, Sql.Text("(1 + 2) * 3")),
        ];
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE SEQUENCE numbers");
        var model = new MetaData([new Table("t", [.. defaults.Select((d, i) => new Column($"c{i}", d.Type, serverDefault: d.Default))])]);
        database.Run(database.Compare(model).UpgradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(model));
    }

    [TestMethod]
    public void Types_read_back_are_no_difference()
    {
        SqlType[] types =
        [
            SqlType.SmallInteger, SqlType.Integer, SqlType.BigInteger, SqlType.Boolean, SqlType.Float, SqlType.Double, SqlType.Numeric(),
            SqlType.Numeric(5), SqlType.Numeric(5, 2), SqlType.String(),
            SqlType.String(5), SqlType.Text, SqlType.Unicode(5), SqlType.UnicodeText, SqlType.LargeBinary(), SqlType.LargeBinary(9),
            SqlType.Date, SqlType.Time, SqlType.TimeTz, SqlType.DateTime,
            SqlType.DateTimeTz, SqlType.Interval, SqlType.Json, SqlType.Uuid, Mood, PostgreSqlType.Array(Mood),
            PostgreSqlType.Array(SqlType.Float), PostgreSqlType.Array(SqlType.String(5)),
            PostgreSqlType.Array(SqlType.Numeric(5, 2)), PostgreSqlType.Array(SqlType.DateTimeTz), SqlType.Raw("int8[][]"),
            SqlType.Raw("varchar(7)"), SqlType.Raw("posint"), SqlType.Raw("timestamptz(3)"),
            SqlType.Raw("interval hour to minute"), SqlType.Raw("other.kind"), .. PlainTypes(), PostgreSqlType.Char(3),
            PostgreSqlType.Bit(3), PostgreSqlType.VarBit(), PostgreSqlType.VarBit(3), PostgreSqlType.TimestampTz,
            PostgreSqlType.Timestamp(3), PostgreSqlType.Timestamp(3, timeZone: true), PostgreSqlType.TimeOf(3),
            PostgreSqlType.TimeOf(3, timeZone: true),
        ];
        using var database = new PostgreSqlDatabase();
        database.Op
            .Execute(
                "CREATE EXTENSION hstore; CREATE EXTENSION citext; CREATE DOMAIN posint AS int; CREATE SCHEMA other; CREATE TYPE "
                    + "other.kind AS ENUM ('x')");
        var model = new MetaData([new Table("t", [.. types.Select((t, i) => new Column($"c{i}", t))])]);
        database.Run(database.Compare(model).UpgradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(model));
        database.Op.Execute("SELECT * FROM t");
        database.Op.Query("SELECT * FROM t");
        // Whatever was read is of the kind that it was made of, and no bare text where there is a name for it.
        var read = database.Inspect().Tables.Single().Columns.Select(c => c.Type).ToList();
        Assert.AreEqual(
            "int8[][]:PostgreSqlType.Array(SqlType.BigInteger); varchar(7):SqlType.String(7); posint:SqlType.Raw(\"posint\"); "
                + "timestamptz(3):PostgreSqlType.Timestamp(3, timeZone: true); "
            + "interval hour to minute:SqlType.Raw(\"interval hour to minute\"); other.kind:SqlType.Enum(\"kind\", [\"x\"], schema: "
            + "\"other\")",
            string.Join("; ",
                types.Zip(read).Where(t => t.First.Name is not null && t.First is not PostgreSqlType && t.First.Kind == SqlTypeKind.Raw)
                    .Select(t => $"{t.First.Name}:{new CodeWriter().Value(t.Second)}")));
        foreach (var (type, back) in types.Zip(read)
            .Where(t => t.First is PostgreSqlType { Name: not "TIMESTAMP WITH TIME ZONE", Element: null }))
            Assert.AreEqual(type, back);
    }

    private static IEnumerable<SqlType> PlainTypes() =>
        typeof(PostgreSqlType)
        .GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static
            | System.Reflection.BindingFlags.DeclaredOnly)
            .Select(p => (SqlType)p.GetValue(null)!);

    [TestMethod]
    public void What_an_extension_made_and_partitions_are_not_there()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute(
            """
            CREATE TABLE theirs (id int); CREATE EXTENSION pg_trgm; ALTER EXTENSION pg_trgm ADD TABLE theirs; CREATE VIEW v AS SELECT 1 AS x;
            CREATE TABLE mine (id int, day date) PARTITION BY RANGE (day); CREATE TABLE mine_2026 PARTITION OF mine FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'); CREATE TABLE empty ();
            """);
        Assert.AreEqual("empty, mine", string.Join(", ", database.Inspect().Tables.Select(t => t.Name)));
    }

    [TestMethod]
    public void A_sequence_of_a_column_is_no_default_and_a_shared_one_is()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute(
            """
            CREATE SEQUENCE shared; CREATE TABLE t (id serial PRIMARY KEY, a bigserial, b int DEFAULT nextval('shared'), c int GENERATED BY DEFAULT AS IDENTITY (START -3 INCREMENT -2));
            CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE w (id int REFERENCES u PRIMARY KEY);
            """);
        var tables = database.Inspect().Tables;
        Assert.AreEqual(
            "id - - -; a True - -; b - nextval('shared'::regclass) -; c - - Identity { Always = False, Start = -3, Increment = -2, "
                + "MinValue = , MaxValue = , Cycle = , Cache =  }",
            string.Join("; ",
                tables[0].Columns.Select(c =>
                    $"{c.Name} {c.Autoincrement?.ToString() ?? "-"} {c.ServerDefault?.Value ?? "-"} {c.Identity?.ToString() ?? "-"}")));
        Assert.AreEqual((false, (bool?)null), (tables[1].Columns.Single().Autoincrement, tables[2].Columns.Single().Autoincrement));
    }

    [TestMethod]
    public void Tables_that_point_to_each_other_come_and_go()
    {
        var a = new Table("a", [Id, new Column("b_id", SqlType.Integer, foreignKey: new ForeignKey("b.id"))]);
        var b = new Table("b", [Id, new Column("a_id", SqlType.Integer, foreignKey: new ForeignKey("a.id"))]);
        Cycle(new MetaData([]), new MetaData([a, b]));
    }

    [TestMethod]
    public void Other_schemas_are_compared_when_asked_for()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE SCHEMA sales");
        var model = new MetaData([new Table("t", [Id], "sales"),
            new Table("t", [Id, new Column("s", SqlType.Integer, foreignKey: new ForeignKey("sales.t.id"))])]);
        database.Run(database.Compare(model, allSchemas: true).UpgradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(model, allSchemas: true));
        Assert.HasCount(1, database.Inspect().Tables);
    }

    [TestMethod]
    public void Any_model_can_be_reached_from_any_other_and_left_again()
    {
        using var database = new PostgreSqlDatabase();
        Gen.Select(Models, Models).Check(FixedSamples.Pairs(100), pair =>
        {
            Cycle(database, pair.Item1, pair.Item2);
            database.Session.Rollback();
            database.Session.Begin();
        });
    }

    [TestMethod]
    public void It_takes_as_many_queries_to_read_ten_tables_as_to_read_one()
    {
        using var database = new PostgreSqlDatabase();
        int Queries()
        {
            var before = database.Log.Count;
            database.Inspect();
            return database.Log.Count - before;
        }
        var none = Queries();
        for (var i = 0; i < 10; i++)
            database.Op.CreateTable($"t{i}",
                [Id, new Column("a", SqlType.Text, index: true, unique: true, foreignKey: null), new Column("b", Mood)]);
        Assert.AreEqual((5, 5), (none, Queries()));
    }

    private static readonly (SqlType, ServerDefault?)[] Typed =
    [
        (SqlType.Integer, 5), (SqlType.BigInteger, -7), (SqlType.SmallInteger, null), (SqlType.Integer, "5"),
        (SqlType.Integer, Sql.Text("1 + 1")), (SqlType.Float, null),
        (SqlType.Double, 1.5m), (SqlType.Numeric(10, 2), 1.50m), (SqlType.Numeric(10), 0), (SqlType.Numeric(), null),
    ];

    // Numbers become each other by themselves; other changes of type need an expression.
    private static readonly Gen<MetaData> Models =
        from columns in Gen.Select(Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 9], Gen.Bool).Array[1, 4]
        from extra in Gen.Int[0, 15]
        select new MetaData([new Table("t", [
            Id,
            .. columns.Select((c, i) => new Column($"c {i}", Typed[c.Item1].Item1, c.Item2, Typed[c.Item1].Item2, unique: c.Item3 == 0,
                index: c.Item3 == 1, comment: c.Item4 ? $"n{c.Item3}" : null,
                foreignKey: c.Item3 == 2 && Typed[c.Item1].Item1.Kind == SqlTypeKind.Integer ? new ForeignKey("t.id") : null)),
            .. (SchemaItem[])[new UniqueConstraint(["id", "c 0"], "uq"), new CheckConstraint("\"c 0\" > 0", "ck"),
                new CheckConstraint("id > 0"), new TableIndex("ix", ["c 0", Sql.Text("id DESC")])]
                is var items ? items.Where((_, i) => (extra & (1 << i)) != 0) : []])]);

    private static void Cycle(MetaData from, MetaData to)
    {
        using var database = new PostgreSqlDatabase();
        Assert.IsFalse(Cycle(database, from, to).IsEmpty);
    }

    private static Comparison Cycle(PostgreSqlDatabase database, MetaData from, MetaData to)
    {
        database.Run(database.Compare(from).UpgradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(from));
        var start = database.Inspect();

        var there = database.Compare(to);
        database.Run(there.UpgradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(to));

        database.Run(there.DowngradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(start));
        PostgreSqlDatabase.Nothing(database.Compare(from));
        return there;
    }
}
