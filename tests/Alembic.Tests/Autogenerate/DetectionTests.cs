using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>Each kind of difference on each database, with rows in the table: found, made, not found again, taken back.</summary>
[TestClass]
public sealed class DetectionTests
{
    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);

    private static readonly Column A = new("a", SqlType.Integer);

    private static readonly Column S = new("s", SqlType.String(20));

    private static readonly Column Twice = new("twice", SqlType.String(40), computed: new Computed("lower(s)"));

    private static readonly CheckConstraint Lower = new("lower(s) <> 'z'", "ck_s");

    private static Column New(string name, string? collation = null) => new(name, SqlType.String(10), index: true, collation: collation);

    // What is there, what is to be; and on which databases, where it is not all of them.
    private static readonly Dictionary<string, (SchemaItem[] From, SchemaItem[] To, string On)> Kinds = new()
    {
        ["added column"] = ([Id, A, S], [Id, A, S, new Column("b", SqlType.Boolean, nullable: false, serverDefault: true)], ""),
        ["removed column"] = ([Id, A, S, new Column("b", SqlType.Integer, unique: true)], [Id, A, S], ""),
        ["nullability"] = ([Id, A, S], [Id, A with { Nullable = false }, S], ""),
        ["type"] = ([Id, A, S], [Id, A with { Type = SqlType.BigInteger }, S with { Type = SqlType.String(30) }], ""),
        ["type with arguments"] = ([Id, new Column("a", SqlType.Numeric(10, 2)), S], [Id, new Column("a", SqlType.Numeric(12, 4)), S], ""),
        ["default"] = ([Id, A with { ServerDefault = 5 }, S], [Id, A with { ServerDefault = 6 }, S with { ServerDefault = "it's" }], ""),
        ["removed default"] = ([Id, A with { ServerDefault = 5 }, S], [Id, A, S], ""),
        ["expression default"] = ([Id, A, S with { ServerDefault = Sql.Text("lower('A')") }],
            [Id, A, S with { ServerDefault = Sql.Text("upper('A')") }], ""),
        ["column comment"] = ([Id, A, S with { Comment = "old" }], [Id, A with { Comment = "new" }, S], "postgresql mariadb"),
        ["collation (sqlite)"] = ([Id, A, S with { Collation = "NOCASE" }, New("n"), New("g", "RTRIM"), Twice, Lower],
            [Id, A, S with { Collation = "RTRIM" }, New("n", "NOCASE"), New("g"), Twice, Lower], "sqlite"),
        ["collation (postgresql)"] = ([Id, A, S with { Collation = "C" }, New("n"), New("g", "C"), Twice, Lower],
            [Id, A, S with { Collation = "POSIX" }, New("n", "C"), New("g"), Twice, Lower], "postgresql"),
        ["collation (mariadb)"] = ([Id, A, S with { Collation = "utf8mb4_bin" }, New("n"), New("g", "latin1_bin"), Twice],
            [Id, A, S with { Collation = "latin1_german1_ci" }, New("n", "utf8mb4_bin"), New("g"), Twice], "mariadb"),
        ["collation with the type"] = ([Id, A, S with { Collation = "C", ServerDefault = "x" }],
            [Id, A, S with { Collation = "POSIX", Type = SqlType.String(30), ServerDefault = "y" }], "postgresql"),
        ["type of what has a collation"] = ([Id, A, S with { Collation = "C" }, New("n", "C")],
            [Id, A, S with { Collation = "C", Type = SqlType.String(30) }, A with { Name = "n" }], "postgresql"),
        ["added index"] = ([Id, A, S], [Id, A, S, new TableIndex("ix", ["a", "s"])], ""),
        ["changed index"] = ([Id, A, S, new TableIndex("ix", ["a"])], [Id, A, S, new TableIndex("ix", ["a"], unique: true)], ""),
        ["index order"] = ([Id, A, S, new TableIndex("ix", ["a"])], [Id, A, S, new TableIndex("ix", [Sql.Text("a DESC")])], ""),
        ["index expression"] = ([Id, A, S, new TableIndex("ix", [Sql.Text("lower(s)")])],
            [Id, A, S, new TableIndex("ix", [Sql.Text("upper(s)")])], "sqlite postgresql"),
        ["index condition"] = ([Id, A, S, new TableIndex("ix", ["a"], where: "a in (1, 2)")],
            [Id, A, S, new TableIndex("ix", ["a"], where: "a in (1, 3)")], "sqlite postgresql"),
        ["unique"] = ([Id, A, S], [Id, A, S, new UniqueConstraint(["a", "s"], "uq")], ""),
        ["unnamed unique"] = ([Id, A, S], [Id, A with { Unique = true }, S], ""),
        ["removed unnamed unique"] = ([Id, A with { Unique = true }, S], [Id, A, S], ""),
        ["changed unique"] = ([Id, A, S, new UniqueConstraint(["a"], "uq")], [Id, A, S, new UniqueConstraint(["a", "s"], "uq")], ""),
        ["foreign key"] = ([Id, A, S], [Id, A with { ForeignKey = new ForeignKey("t.id", onDelete: "CASCADE") }, S], ""),
        ["foreign key's action"] = ([Id, A with { ForeignKey = new ForeignKey("t.id", name: "fk") }, S],
            [Id, A with { ForeignKey = new ForeignKey("t.id", name: "fk", onDelete: "SET NULL") }, S], ""),
        ["deferred foreign key"] = ([Id, A with { ForeignKey = new ForeignKey("t.id") }, S],
            [Id, A with { ForeignKey = new ForeignKey("t.id", deferrable: true, initially: "DEFERRED") }, S], "sqlite postgresql"),
        ["check"] = ([Id, A, S], [Id, A, S, new CheckConstraint("a in (1, 2)", "ck")], ""),
        ["changed check"] = ([Id, A, S, new CheckConstraint("a > 0 and s is not null", "ck")],
            [Id, A, S, new CheckConstraint("a >= 0 and s is not null", "ck")], ""),
        ["unnamed check"] = ([Id, A, S, new CheckConstraint("a > 0")],
            [Id, A, S, new CheckConstraint("a > -1"), new CheckConstraint("s <> 'z'")], ""),
        ["primary key"] = ([Id with { Autoincrement = false }, A with { Nullable = false }, S],
            [Id with { Autoincrement = false, PrimaryKey = false }, A with { Nullable = false }, S,
                new PrimaryKeyConstraint(["a", "id"])], ""),
        ["primary key that is pointed to"] = (
            [Id with { Autoincrement = false }, A, S, new UniqueConstraint(["id"], "uq_id"),
                new ForeignKeyConstraint(["a"], ["t.id"], "fk")],
            [Id with { Autoincrement = false, PrimaryKey = false }, A, S with { Nullable = false }, new UniqueConstraint(["id"], "uq_id"),
                new PrimaryKeyConstraint(["id", "s"]), new ForeignKeyConstraint(["a"], ["t.id"], "fk")], ""),
        ["identity"] = ([Id with { Autoincrement = false }, A, S], [Id with { Identity = new Identity(always: true) }, A, S], "postgresql"),
        ["changed identity"] = ([Id with { Identity = new Identity(always: true, start: 5, maxValue: 99) }, A, S],
            [Id with { Identity = new Identity(increment: 2, cache: 3, cycle: true) }, A, S], "postgresql"),
        ["serial to identity"] = ([Id, A, S], [Id with { Identity = new Identity() }, A, S], "postgresql"),
        ["serial to another identity"] = ([Id, A, S],
            [Id with { Identity = new Identity(always: true, increment: 5), Type = SqlType.BigInteger }, A, S], "postgresql"),
        ["identity to serial"] = ([Id with { Identity = new Identity(cache: 5) }, A, S],
            [Id with { Type = SqlType.BigInteger }, A, S], "postgresql"),
        ["identity to what is said to be serial"] = ([Id with { Identity = new Identity() }, A, S],
            [Id with { Autoincrement = true }, A, S], "postgresql"),
        ["identity to text"] = ([Id with { Identity = new Identity() }, A, S], [Id with { Type = SqlType.String(20) }, A, S], "postgresql"),
        ["identity to a default"] = ([Id, A with { Identity = new Identity() }, S], [Id, A with { ServerDefault = 7 }, S], "postgresql"),
        ["default to identity"] = ([Id, A with { ServerDefault = 7, Nullable = false }, S],
            [Id, A with { Identity = new Identity() }, S], "postgresql"),
        ["serial"] = ([Id with { Autoincrement = false }, A, S],
            [Id with { Autoincrement = true }, A with { Autoincrement = true, Nullable = false }, S], "postgresql"),
        ["serial to a default"] = ([Id, A, S], [Id with { ServerDefault = 7 }, A, S], "postgresql"),
        ["serial to text"] = ([Id, A, S], [Id with { Type = SqlType.String(20) }, A, S], "postgresql"),
        ["autoincrement"] = ([Id with { Autoincrement = false }, A, S], [Id with { Autoincrement = true }, A, S], "sqlite mariadb"),
        ["no autoincrement"] = ([Id with { Autoincrement = true }, A, S], [Id with { Autoincrement = false }, A, S], "sqlite mariadb"),
        ["autoincrement and more"] = ([Id with { Autoincrement = false }, A, S],
            [Id with { Autoincrement = true }, A with { Nullable = false }, S with { Type = SqlType.String(30) }], "sqlite mariadb"),
        ["autoincrement with the primary key"] = ([Id with { Autoincrement = false, PrimaryKey = false },
            A with { Nullable = false, PrimaryKey = true, Autoincrement = true }, S],
            [Id with { Autoincrement = true }, A with { Nullable = false, Autoincrement = false }, S], "sqlite"),
        ["computed"] = ([Id, A, S, new Column("c", SqlType.Integer, computed: new Computed("a * 2")), new TableIndex("ix", ["c"])],
            [Id, A, S, new Column("c", SqlType.Integer, computed: new Computed("a * 3")), new TableIndex("ix", ["c"])], ""),
        ["no longer computed"] = ([Id, A, S, new Column("c", SqlType.Integer, computed: new Computed("a * 2"))],
            [Id, A, S, new Column("c", SqlType.Integer)], ""),
        ["type of what a computed column uses"] = ([Id, A, S, new Column("c", SqlType.Integer, computed: new Computed("a * 2"))],
            [Id, A with { Type = SqlType.BigInteger }, S, new Column("c", SqlType.Integer, computed: new Computed("a * 2"))], ""),
    };

    public static IEnumerable<object[]> Cases =>
        from kind in Kinds from dialect in new[] { "sqlite", "postgresql", "mariadb" }
        where kind.Value.On.Length == 0 || kind.Value.On.Contains(dialect) select new object[] { kind.Key, dialect };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_difference_is_found_made_and_taken_back(string kind, string dialect)
    {
        var (from, to, _) = Kinds[kind];
        var always = kind.StartsWith("changed identity", StringComparison.Ordinal) ? "OVERRIDING SYSTEM VALUE " : "";
        var found = Make(dialect, Of(from), Of(to), $"INSERT INTO t (id, a, s) {always}VALUES (1, 1, 'a'), (2, 2, 'b')");
        Assert.IsFalse(found.IsEmpty);
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void Tables_come_and_go_with_what_they_have(string dialect)
    {
        Table Pointing(string name, string target, string? comment = null) =>
            new(name, [Id, new Column("points", SqlType.Integer, foreignKey: new ForeignKey($"{target}.id")),
                new TableIndex($"ix_{name}", ["points"], unique: true)], comment: comment);
        var (one, two) = (Pointing("one", "two"), Pointing("two", "one", "a circle"));
        Assert.IsFalse(
            Make(dialect, Of([Id, A, S]), new MetaData([one, two, Pointing("three", "three")]), "INSERT INTO t (id) VALUES (1)").IsEmpty);
        Assert.IsFalse(Make(dialect, new MetaData([one, two]),
            new MetaData([one, two with { Comment = "another", Items = [.. two.Items, A] }]), "INSERT INTO one (id) VALUES (1)").IsEmpty);
    }

    [TestMethod]
    [DataRow("sqlite", false)]
    [DataRow("postgresql", false)]
    [DataRow("mariadb", false)]
    [DataRow("mysql", false)]
    [DataRow("sqlite", true)]
    [DataRow("postgresql", true)]
    public void Names_of_indexes_and_keys_move_between_tables(string dialect, bool batch)
    {
        // Between two that stay, from one that goes to one that comes, and from one that stays to one that comes.
        Table Has(string table, string index, string unique, string key) => new(
            table,
            [Id, A, S, new Column("b", SqlType.Integer), new TableIndex(index, ["s"]), new UniqueConstraint(["a"], unique),
                new ForeignKeyConstraint(["a"], [$"{table}.id"], key), new ForeignKeyConstraint(["b"], ["one.a"], $"{key}_a"),
                new CheckConstraint("s <> 'y'", $"ck_{key}")]);
        var from = new MetaData([Has("one", "ix_1", "uq_1", "fk_1"), Has("two", "ix_2", "uq_2", "fk_2"),
            Has("three", "ix_3", "uq_3", "fk_3"), Has("gone", "ix_4", "uq_4", "fk_4")]);
        var to = new MetaData([Has("one", "ix_2", "uq_2", "fk_2"), Has("two", "ix_1", "uq_1", "fk_1"), Has("three", "ix_0", "uq_0", "fk_3"),
            Has("comes", "ix_4", "uq_4", "fk_0"), Has("another", "ix_3", "uq_3", "fk_4")]);
        Journey.On(dialect,
            (journey, _) => (journey with { Options = new ComparisonOptions { RenderAsBatch = batch } })
                .Make(from, to, "INSERT INTO one (id, s) VALUES (1, 'x')"));
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void What_a_convention_names_after_a_table_and_a_column_follows_their_renames(string dialect)
    {
        var names = new NamingConvention
        {
            ["pk"] = "pk_%(table_name)s", ["ix"] = "ix_%(table_name)s_%(column_0_name)s", ["uq"] = "uq_%(table_name)s_%(column_0_name)s",
            ["fk"] = "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", ["ck"] = "ck_%(table_name)s_%(constraint_name)s",
        };
        MetaData Model(string table, string column, string other) => new(
            [
                new Table(table, [Id, new Column(column, SqlType.String(20), unique: true) { RenamedFrom = "a" },
                    new Column(other, SqlType.Integer, index: true) { RenamedFrom = "b" }, new CheckConstraint($"{other} > 0", "positive")])
                    {
                        RenamedFrom = "one"
                    },
                new Table("two",
                    [Id, new Column("points", SqlType.Integer, foreignKey: new ForeignKey($"{table}.id", onDelete: "CASCADE"))]),
            ],
            namingConvention: names);
        var (from, to) = (Model("one", "a", "b"), Model("uno", "uno_a", "uno_b"));
        Journey.On(dialect, (journey, _) =>
        {
            journey.Run(journey.Compare(from).UpgradeOperations);
            journey.Run([new Execute("INSERT INTO one (id, a, b) VALUES (1, 'x', 5)"),
                new Execute("INSERT INTO two (id, points) VALUES (1, 1)")]);
            var start = Journey.Text(journey.Inspect());
            var there = journey.Compare(to);
            Assert.IsEmpty(there.UpgradeOperations.Where(o => o is DropTable or DropColumn or AddColumn or CreateTable));
            journey.Run(there.UpgradeOperations);
            Journey.Nothing(journey.Compare(to));
            Assert.AreEqual("x 5 1",
                string.Join(' ',
                    journey.Rows("SELECT uno_a FROM uno").Concat(journey.Rows("SELECT uno_b FROM uno"))
                        .Concat(journey.Rows("SELECT points FROM two"))));
            journey.Run(there.DowngradeOperations);
            Journey.Nothing(journey.Compare(from));
            Assert.AreEqual("x", journey.Rows("SELECT a FROM one").Single());
            if (dialect != "sqlite")
                Assert.AreEqual(start, Journey.Text(journey.Inspect()));
            return 0;
        });
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void The_order_of_columns_and_the_writing_of_expressions_are_no_difference(string dialect) => Journey.On(dialect, (journey, _) =>
    {
        journey.Run(journey.Compare(Of([Id, A, S, new CheckConstraint("a in (1, 2) and not (s = 'x')", "ck")])).UpgradeOperations);
        Journey.Nothing(journey.Compare(Of([S, A, Id, new CheckConstraint("( A IN (1,2) AND NOT (s='x') )", "ck")])));
        return journey.Compare(Of([Id, A, S]));
    });

    [TestMethod]
    [DataRow("sqlite", "BINARY", "")]
    [DataRow("postgresql", "default", "")]
    [DataRow("mariadb", "latin1_bin", "latin1_bin")]
    [DataRow("mariadb", "latin1_swedish_ci", "latin1_swedish_ci")]
    public void To_say_the_collation_that_a_column_has_anyway_is_no_difference(string dialect, string collation, string ofTable) =>
        Journey.On(dialect, (journey, _) =>
    {
        MetaData Model(string? said) =>
            new([new Table("t", [Id, S with { Collation = said }],
                options: ofTable.Length == 0 ? null : new DialectOptions { ["mysql_collate"] = ofTable })]);
        journey.Run(journey.Compare(Model(null)).UpgradeOperations);
        Journey.Nothing(journey.Compare(Model(collation)));
        return journey.Compare(Model(null));
    });

    [TestMethod]
    public void A_column_that_is_numbered_in_another_way_goes_on_after_the_rows_that_are_there() => Journey.On("postgresql", (journey, _) =>
    {
        string Next() => string.Join(' ', journey.Rows("INSERT INTO t (a) VALUES (1) RETURNING id"));
        var (serial, identity) = (Of([Id, A]), Of([Id with { Identity = new Identity() }, A]));
        journey.Run(journey.Compare(serial).UpgradeOperations);
        Assert.AreEqual("1", Next());
        var there = journey.Compare(identity);
        journey.Run(there.UpgradeOperations);
        Assert.AreEqual("2", Next());
        journey.Run(there.DowngradeOperations);
        Assert.AreEqual("3", Next());
        // What PostgreSQL and others make of "numbered" does the same.
        journey.Run(there.UpgradeOperations);
        Journey.Nothing(journey.Compare(serial));
        return there;
    });

    private static MetaData Of(SchemaItem[] items) => new([new Table("t", items)]);

    private static Comparison Make(string dialect, MetaData from, MetaData to, string insert) =>
        Journey.On(dialect, (journey, _) => journey.Make(from, to, insert));
}
