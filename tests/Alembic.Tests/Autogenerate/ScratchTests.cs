using Alembic.Databases.MySql;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace Alembic.Tests.Autogenerate;

/// <summary>
/// The scratch place that models are spelled in: as many statements for many tables as for few, nothing left of it, and no right that a
/// role must have.
/// </summary>
[TestClass]
public sealed class ScratchTests
{
    private const string Databases =
        "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'alembic\\_scratch\\_%'";

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void It_takes_as_many_statements_for_thirty_tables_as_for_three(string dialect)
    {
        var (few, many) = (Statements(3), Statements(30));
        Assert.AreEqual(few, many);

        string Statements(int tables) => Journey.On(dialect, (journey, log) =>
        {
            journey.Run(journey.Compare(Model(tables, "n in (1, 2)")).UpgradeOperations);
            log.Clear();
            Journey.Nothing(journey.Compare(Model(tables, "n in (1, 2)")));
            var same = log.Count;
            log.Clear();
            Assert.HasCount(2 * tables, journey.Compare(Model(tables, "n in (2, 3)")).Upgrade);
            return $"{same} where all is the same, {log.Count} where nothing is";
        });
    }

    [TestMethod]
    public void Without_a_scratch_place_an_unnamed_check_that_was_added_is_known_again_by_its_name()
    {
        using var database = new MariaDbDatabase(MySqlServer.MariaDb, isPlain: true);
        var journey = new Journey(database.Dialect, database.Session);
        MetaData Of(params string[] checks) =>
            new([new Table("t", [new Column("n", SqlType.Integer), .. checks.Select(c => new CheckConstraint(c))])]);
        journey.Run(journey.Compare(Of("n > 0")).UpgradeOperations);
        journey.Run(journey.Compare(Of("n > 0", "n in (1, 2)")).UpgradeOperations);
        Journey.Nothing(journey.Compare(Of("n > 0", "n in (1, 2)")));
        Journey.Nothing(journey.Compare(Of("n in (1, 2)", "n > 0")));
        Assert.HasCount(2, journey.Compare(Of("n > 0", "n in (1, 3)")).Upgrade);
    }

    [TestMethod]
    [DataRow("mariadb", false)]
    [DataRow("mariadb", true)]
    [DataRow("mariadb-11.8", true)]
    [DataRow("mysql", false)]
    [DataRow("mysql", true)]
    public void Defaults_that_the_server_spells_in_its_own_way_are_no_difference(string kind, bool isPlain)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind), isPlain);
        (SqlType Type, ServerDefault Default, ServerDefault Other)[] columns =
        [
            (MySqlType.Year, "99", "98"), (SqlType.Enum(null, ["A", "b"]), "a", "B"), (MySqlType.Set(["x", "y"]), "y,x", "y"),
            (SqlType.String(5), Sql.Text("x'4142'"), "AC"), (MySqlType.Char(5), "a  ", "b"),
            (MySqlType.Bit(3), Sql.Text("5"), Sql.Text("4")), (MySqlType.Bit(3), Sql.Text("b'0101'"), Sql.Text("b'1'")),
            (MySqlType.VarBinary(9), "ab", "ac"), (MySqlType.Binary(2), Sql.Text("0x6162"), "aa"), (SqlType.Date, "2026-1-2", "2026-1-3"),
            (SqlType.Time, "1:2", "1:3"), (SqlType.Numeric(5, 2), "1", "2"), (SqlType.String(9), "it's \\", "it's"),
            (SqlType.String(20), Sql.Text("lower('A')"), "a"),
        ];
        Column Of(int number, ServerDefault value) => new($"c{number}", columns[number].Type, serverDefault: value);
        MetaData Model(params IEnumerable<Column> items) => new([new Table("t", [new Column("id", SqlType.Integer, primaryKey: true),
            new Column("n", SqlType.Integer), new Column("g", SqlType.Integer, computed: new Computed("n * 2 + 1")), .. items])]);
        var model = Model(columns.Index().Select(c => Of(c.Index, c.Item.Default)));
        database.Run(database.Compare(model).UpgradeOperations);
        var before = database.Definition("t");
        MariaDbDatabase.Nothing(database.Compare(model));
        Assert.AreEqual(before, database.Definition("t"));
        foreach (var (number, column) in columns.Index())
        {
            var changed = database.Compare(
                Model(columns.Index().Select(c => Of(c.Index, c.Index == number ? column.Other : c.Item.Default))));
            StringAssert.Contains(changed.Log.Single().Message, $"detected server default on column 't.c{number}'");
        }
        // What is read runs as it was.
        var there = database.Compare(new MetaData([]));
        database.Run(there.UpgradeOperations);
        database.Run(there.DowngradeOperations);
        Assert.AreEqual(before, database.Definition("t"));
    }

    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void A_user_who_may_only_read_finds_no_false_differences(string kind)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind));
        var name = database.Rows("SELECT DATABASE()");
        database.Run(database.Compare(Model(3, "n in (1, 2)")).UpgradeOperations);
        database.Op.Execute($"CREATE USER reader_{name} IDENTIFIED BY 'x'");
        database.Op.Execute($"GRANT SELECT ON {name}.* TO reader_{name}");
        var url = new MySqlConnectionStringBuilder(database.ConnectionString) { UserID = $"reader_{name}", Password = "x" };
        using (var reader = new MariaDbDatabase(database.Dialect, url.ConnectionString, isGuest: true))
            MariaDbDatabase.Nothing(reader.Compare(Model(3, "n in (1, 2)")));
        database.Op.Execute($"DROP USER reader_{name}");
    }

    // Each is written in one way and read in another; the last one is another value.
    private static readonly (SqlType Type, ServerDefault[] Same, ServerDefault Other)[] Literals =
    [
        (MySqlType.Year, [99, "1999", "99"], 98), (MySqlType.Year, [2021, "2021", 21], "2022"), (MySqlType.TinyInt, ["07", 7], 8),
        (MySqlType.Set(["x", "y", "it's"]), ["it's,y,x", "x,y,it's", "X,y,y,it's"], "x"), (MySqlType.Set(["x"]), [""], "x"),
        (SqlType.Enum(null, ["A", "b,c"]), ["B,C", "b,c"], "a"), (MySqlType.Bit(8), [5, Sql.Text("b'101'"), Sql.Text("0x05")], 4),
        (MySqlType.Bit(1), [true, 1, Sql.Text("b'1'")], false), (SqlType.Boolean, [true, "1", 1], false),
        (SqlType.Integer, [Sql.Text("TRUE"), 1, "1", "1.4"], 2), (SqlType.Numeric(10, 2), ["1.005", "1.01", 1.01m], 1),
        (SqlType.Raw("INT(5) ZEROFILL"), [42, "00042"], 43), (SqlType.Raw("DECIMAL(8,2) UNSIGNED"), [1, "1.00"], 2),
        (SqlType.Raw("INT8"), [5, "5"], 6), (SqlType.Double, ["1e3", 1000], 1001), (SqlType.String(10), [Sql.Text("N'x'"), "x"], "X"),
        (SqlType.String(10), [Sql.Text("'a' 'b'"), "ab", Sql.Text("_utf8mb4'ab'"), Sql.Text("x'6162'")], "b"),
        (SqlType.String(10), [1.50m, "1.50"], "1.5"), (MySqlType.Char(5), ["a  ", "a"], "b"),
        (MySqlType.Binary(3), ["a", Sql.Text("0x61")], "b"),
        (MySqlType.VarBinary(3), [Sql.Text("x'6162'"), "ab"], "a"), (SqlType.Date, ["20200102", "2020-1-2"], "2020-01-03"),
        (SqlType.DateTime, ["2020-01-02T03:04", "20200102030400"], "2020-01-02"), (SqlType.Time, ["-1:00:00", "-10000"], "1:00"),
        (SqlType.Time, ["101112", "10:11:12"], "838:59:59"), (MySqlType.TimeOf(2), ["10:11:12.340", "10:11:12.34"], "10:11:12.35"),
    ];

    [TestMethod]
    [DataRow("mariadb", true)]
    [DataRow("mariadb", false)]
    [DataRow("mysql", true)]
    [DataRow("mysql", false)]
    public void Literals_are_compared_by_value_whatever_the_role_may_do(string kind, bool isReader)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind));
        var name = database.Rows("SELECT DATABASE()");
        MetaData Model(Func<(SqlType Type, ServerDefault[] Same, ServerDefault Other), ServerDefault> of) => new([new Table("t",
            [.. Literals.Select((c, i) => new Column($"c{i}", c.Type, serverDefault: of(c)))])]);
        database.Run(database.Compare(Model(c => c.Same[0])).UpgradeOperations);
        database.Op.Execute($"CREATE USER role_{name} IDENTIFIED BY 'x'");
        database.Op.Execute($"GRANT {(isReader ? "SELECT" : "ALL")} ON {name}.* TO role_{name}");
        var url = new MySqlConnectionStringBuilder(database.ConnectionString) { UserID = $"role_{name}", Password = "x" };
        using (var role = new MariaDbDatabase(database.Dialect, url.ConnectionString, isGuest: true))
        {
            for (var i = 0; i < Literals.Max(c => c.Same.Length); i++)
                MariaDbDatabase.Nothing(role.Compare(Model(c => c.Same[Math.Min(i, c.Same.Length - 1)])));
            Assert.HasCount(Literals.Length, role.Compare(Model(c => c.Other)).Upgrade);
        }
        database.Op.Execute($"DROP USER role_{name}");
    }

    [TestMethod]
    public void Nothing_is_left_on_postgresql_and_the_search_path_is_what_it_was()
    {
        using var database = new PostgreSqlDatabase();
        database.Run(database.Compare(Model(3, "n in (1, 2)")).UpgradeOperations);
        foreach (var isInTransaction in (bool[])[true, false])
        {
            if (!isInTransaction)
                database.Session.Commit();
            const string State =
                "SELECT (SELECT count(*) FROM pg_class) AS a, (SELECT count(*) FROM pg_namespace) AS b, (SELECT count(*) FROM pg_type) "
                    + "AS c, current_setting('search_path') AS d";
            string Now() => string.Join('|', database.Session.Query(new Statement(State))[0].Values);
            var before = Now();
            PostgreSqlDatabase.Nothing(database.Compare(Model(3, "n in (1, 2)")));
            Assert.AreEqual(before, Now());
        }
    }

    [TestMethod]
    public void A_table_that_cannot_be_made_does_not_spoil_the_others()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE FUNCTION f(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'");
        MetaData Of(string odd, string even) => new([.. Model(4, even).Tables.Select((t, i) => i == 2 ? Model(4, odd).Tables[i] : t)]);
        database.Run(database.Compare(Of("f(n)", "n in (1, 2)")).UpgradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(Of("no_such(n)", "n in (1, 2)")));
        Assert.HasCount(6, database.Compare(Of("no_such(n)", "n in (1, 3)")).Upgrade);
    }

    [TestMethod]
    public void A_role_without_the_right_finds_no_false_differences_on_postgresql()
    {
        using var database = new PostgreSqlDatabase();
        database.Run(database.Compare(Model(3, "n in (1, 2)")).UpgradeOperations);
        database.Op.Execute("CREATE ROLE alembic_scratch_plain; GRANT ALL ON ALL TABLES IN SCHEMA public TO alembic_scratch_plain");
        database.Op.Execute($"REVOKE TEMPORARY ON DATABASE {database.Rows("SELECT current_database()")} FROM PUBLIC");
        database.Op.Execute("SET ROLE alembic_scratch_plain");
        PostgreSqlDatabase.Nothing(database.Compare(Model(3, "n in (1, 2)")));
        Assert.HasCount(3,
            database.Compare(new MetaData(
                [.. Model(3, "true").Tables.Select(t => t with { Items = [.. t.Items.Where(i => i is not CheckConstraint)] })])).Upgrade);
        database.Op.Execute("RESET ROLE");
    }

    [TestMethod]
    public void A_user_without_the_right_finds_no_false_differences_on_mariadb()
    {
        using var database = new MariaDbDatabase();
        var name = database.Rows("SELECT DATABASE()");
        var model = new MetaData([.. Model(3, "n in (1, 2) and not (s is null)").Tables]);
        database.Run(database.Compare(model).UpgradeOperations);
        database.Op.Execute($"CREATE USER plain_{name} IDENTIFIED BY 'x'; GRANT ALL ON {name}.* TO plain_{name}");
        try
        {
            var dialect = new MySqlDialect(isMariaDb: true);
            var connectionString = new MySqlConnectionStringBuilder(database.ConnectionString)
            {
                UserID = $"plain_{name}", Password = "x"
            }.ConnectionString;
            using var session = new OnlineSession(
                new TestDatabase(dialect,
                    () => { var connection = new MySqlConnection(connectionString); connection.Open(); return connection; }, ""),
                NullLogger.Instance);
            Journey.Nothing(new Journey(dialect, session).Compare(model));
            Assert.HasCount(3,
                new Journey(dialect, session)
                    .Compare(
                        new MetaData(
                            [.. model.Tables.Select(t => t with { Items = [.. t.Items.Where(i => i is not CheckConstraint)] })])).Upgrade);
        }
        finally
        {
            database.Op.Execute($"DROP USER plain_{name}");
        }
    }

    [TestMethod]
    public void What_a_killed_command_left_goes_the_next_time_and_what_is_in_use_stays()
    {
        using var database = new MariaDbDatabase();
        using var other = new MariaDbDatabase();
        database.Run(database.Compare(Model(1, "n in (1, 2)")).UpgradeOperations);
        other.Op.Query("SELECT GET_LOCK('alembic_scratch_900000001', 0)");
        database.Op.Execute(
            "CREATE DATABASE alembic_scratch_900000001; CREATE DATABASE alembic_scratch_900000002; CREATE DATABASE alembic_scratch_mine");
        try
        {
            Assert.HasCount(2, database.Compare(Model(1, "n in (1, 3)")).Upgrade);
            var left = database.Rows(Databases);
            StringAssert.Contains(left, "alembic_scratch_900000001");
            StringAssert.Contains(left, "alembic_scratch_mine");
            Assert.DoesNotContain("alembic_scratch_900000002", left);
        }
        finally
        {
            database.Op.Execute("DROP DATABASE alembic_scratch_900000001; DROP DATABASE alembic_scratch_mine");
        }
    }

    private static MetaData Model(int tables, string check) => new(
    [
        .. Enumerable.Range(0, tables).Select(i => new Table(
            $"t{i}",
            [
                new Column("id", SqlType.Integer, primaryKey: true), new Column("n", SqlType.Integer, serverDefault: 5),
                new Column("s", SqlType.String(20), serverDefault: Sql.Text("lower('A')")),
                new CheckConstraint(check, $"ck_{i}"),
            ])),
    ]);
}
