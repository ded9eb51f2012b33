using Alembic.Autogenerate;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>What uses a column or an enum steps aside while that changes, and comes back exactly as it was.</summary>
[TestClass]
public sealed class PostgreSqlAsideTests
{
    private const string Made =
        """
        CREATE TYPE mood AS ENUM ('good', 'bad', 'odd');
        CREATE TABLE t (id int PRIMARY KEY, a varchar(10), m mood DEFAULT 'good', "B c" int);
        CREATE TABLE u (id int, note text);
        INSERT INTO t VALUES (1, '7', 'bad', 3);
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        """;

    // One feature each; {0} is the column that changes, or one computed from the enum.
    private static readonly string[] Users =
    [
        "CREATE VIEW v AS SELECT id, {0} AS x FROM t",
        "CREATE VIEW v AS SELECT {0} FROM t; CREATE VIEW w AS SELECT * FROM v; CREATE VIEW x AS SELECT v.{0}, w.{0} AS other FROM v, w; "
            + "COMMENT ON VIEW x IS 'it''s'; COMMENT ON COLUMN x.other IS 'o'",
        "CREATE VIEW v (p, \"Q r\") WITH (security_barrier, check_option = local) AS SELECT id, {0} FROM t WHERE id > 0; ALTER VIEW v "
            + "ALTER \"Q r\" SET DEFAULT NULL; GRANT SELECT, UPDATE (p) ON v TO aside_reader WITH GRANT OPTION; GRANT SELECT ON v TO "
            + "PUBLIC",
        "CREATE VIEW v AS SELECT {0} FROM t; ALTER VIEW v OWNER TO aside_reader; REVOKE DELETE ON v FROM aside_reader; GRANT INSERT ON v "
            + "TO PUBLIC",
        "CREATE VIEW v AS SELECT id, {0} AS x FROM t; CREATE TRIGGER g INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION nothing(); "
            + "COMMENT ON TRIGGER g ON v IS 'c'; CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING",
        "CREATE MATERIALIZED VIEW v WITH (fillfactor = 70) AS SELECT id, {0} AS x FROM t; CREATE UNIQUE INDEX i ON v (id); CREATE INDEX "
            + "j ON v (x) WHERE id > 0; COMMENT ON INDEX j IS 'c'; ALTER MATERIALIZED VIEW v CLUSTER ON i; "
            + "ALTER MATERIALIZED VIEW v ALTER x SET STATISTICS 50; GRANT SELECT ON v TO aside_reader; CREATE STATISTICS s ON id, x FROM "
            + "v; CREATE VIEW above AS SELECT count(*) FROM v",
        "CREATE MATERIALIZED VIEW v AS SELECT {0} FROM t WITH NO DATA",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO aside_reader USING ({0} IS NOT NULL) "
            + "WITH CHECK ({0} IS NULL); COMMENT ON POLICY p ON t IS 'c'; "
            + "CREATE POLICY q ON u USING (EXISTS (SELECT 1 FROM t WHERE {0} IS NOT NULL))",
        "CREATE TRIGGER g BEFORE UPDATE OF {0} ON t FOR EACH ROW WHEN (new.{0} IS DISTINCT FROM old.{0}) EXECUTE FUNCTION nothing(); "
            + "ALTER TABLE t DISABLE TRIGGER g; COMMENT ON TRIGGER g ON t IS 'c'",
        "CREATE RULE r AS ON UPDATE TO t WHERE new.{0} IS NULL DO ALSO INSERT INTO u VALUES (new.id, new.{0}::text); ALTER TABLE t "
            + "ENABLE ALWAYS RULE r; COMMENT ON RULE r ON t IS 'c'",
        "CREATE VIEW v AS SELECT {0} FROM t; CREATE RULE r AS ON UPDATE TO u DO ALSO SELECT * FROM v; CREATE POLICY p ON u USING (EXISTS "
            + "(SELECT 1 FROM v))",
        "CREATE TABLE child (more int) INHERITS (t); CREATE VIEW v AS SELECT {0} FROM child",
    ];

    public static IEnumerable<object[]> All =>
        from user in Users from version in PostgreSqlServer.Versions select new object[] { user, version };

    [TestMethod]
    [DynamicData(nameof(All))]
    public void A_column_gets_another_type_and_back(string user, int version)
    {
        using var database = Start(string.Format(null, user, "a"), version);
        var before = Facts(database);
        AlterColumn Alter(SqlType from, SqlType to) => new("t", "a") { Type = to, ExistingType = from, RecreateDependents = true };
        database.Run([Alter(SqlType.String(10), SqlType.String(20))]);
        Assert.AreEqual("character varying(20)",
            database.Session
                .Query(
                    new Statement(
                        "SELECT format_type(atttypid, atttypmod) AS t FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'a'"))[
                            0]["t"]);
        Assert.AreEqual(before.Replace("character varying(10)", "character varying(20)", StringComparison.Ordinal), Facts(database));
        database.Run([Alter(SqlType.String(20), SqlType.String(10))]);
        Assert.AreEqual(before, Facts(database));
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void An_enum_loses_a_value_and_gets_it_back(string user, int version)
    {
        using var database = Start(string.Format(null, user, "m"), version);
        var before = Facts(database);
        database.Run([new AlterEnumType("mood", ["good", "bad"], ["good", "bad", "odd"])]);
        Assert.AreEqual(before, Facts(database));
        database.Run([new AlterEnumType("mood", ["odd", "good", "bad"], ["good", "bad"])]);
        Assert.AreEqual(before, Facts(database));
    }

    [TestMethod]
    public void What_cannot_come_back_is_named_and_what_was_asked_for_stands_under_the_error()
    {
        using var database = Start("CREATE VIEW v AS SELECT \"B c\" + 1 AS x FROM t", 15);
        Assert.AreEqual(
            "42883: operator does not exist: text + integer: this cannot be recreated unchanged, so drop it before and "
                + "create it again after: CREATE VIEW v AS SELECT (\"B c\" + 1) AS x FROM t | ALTER TABLE t ALTER COLUMN \"B c\" TYPE TEXT",
            Refused(database, new AlterColumn("t", "B c")
            {
                Type = SqlType.Text, ExistingType = SqlType.Integer, RecreateDependents = true,
            }));
    }

    [TestMethod]
    public void An_enum_that_cannot_lose_a_value_names_what_cannot_come_back()
    {
        using var database = Start("CREATE VIEW v AS SELECT m = 'odd' AS x FROM t", 15);
        Assert.AreEqual(
            "22P02: invalid input value for enum mood: \"odd\": this cannot be recreated unchanged, so drop it before and "
                + "create it again after: CREATE VIEW v AS SELECT (m = 'odd'::mood) AS x FROM t | CREATE TYPE mood AS ENUM ('good', 'bad')",
            Refused(database, new AlterEnumType("mood", ["good", "bad"], ["good", "bad", "odd"])));
    }

    private static string Refused(PostgreSqlDatabase database, Operation operation)
    {
        var refused = Assert.ThrowsExactly<Npgsql.PostgresException>(() => database.Op.Invoke(operation));
        return $"{refused.Message} | {refused.Data[MigrationFailedException.StatementKey]}".Replace("(t.", "(", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Autogenerate_lets_step_aside_what_can_and_names_what_cannot()
    {
        using var database = Start(
            "CREATE VIEW v AS SELECT a, \"B c\" FROM t; CREATE POLICY p ON t USING (a <> ''); "
            + "CREATE FUNCTION f() RETURNS varchar LANGUAGE sql RETURN (SELECT \"B c\"::varchar FROM t LIMIT 1)", 15);
        Column Id() => new("id", SqlType.Integer, primaryKey: true, autoincrement: false);
        var mood = new Column("m", SqlType.Enum("mood", ["good", "bad", "odd"]), serverDefault: "good");
        MetaData Model(params Column[] columns) =>
            new([new Table("t", [Id(), .. columns, mood]),
                new Table("u", [new Column("id", SqlType.Integer), new Column("note", SqlType.Text)])]);
        Comparison Compared(MetaData model) => Found(database, model);
        var wider = Compared(Model(new Column("a", SqlType.String(20)), new Column("B c", SqlType.BigInteger))).Upgrade;
        CollectionAssert.AreEqual(
            new[]
            {
                "These are dropped and recreated unchanged: policy p on public.t, view public.v.",
                "These are dropped and recreated unchanged: view public.v.\nThis fails while it is used by: function public.f(). "
                    + "Drop that first, and create it again afterwards, with op.Execute.",
            },
            wider.Select(p => p.Remark).ToList());
        Assert.IsTrue(wider.All(p => p.Operation is AlterColumn { RecreateDependents: true }));
        var renamed = Compared(Model(new Column("x", SqlType.Text) { RenamedFrom = "a" }, new Column("B c", SqlType.Integer))).Upgrade;
        Assert.IsTrue(
            renamed.Single(p => p.Operation is AlterColumn { Type: not null }).Operation is AlterColumn { RecreateDependents: true });
        Assert.Contains("used by: policy p on public.t, view public.v.",
            Compared(Model(new Column("B c", SqlType.Integer))).Upgrade.Single().Remark!);
        Assert.IsNull(
            Compared(Model(new Column("a", SqlType.String(10)), new Column("B c", SqlType.Integer, comment: "c"))).Upgrade.Single().Remark);
        database.Run(renamed.Select(p => p.Operation));
        database.Run(
            Compared(Model(new Column("a", SqlType.String(10)) { RenamedFrom = "x" },
                new Column("B c", SqlType.Integer))).UpgradeOperations);
    }

    [TestMethod]
    public void Autogenerate_names_what_keeps_a_table_from_being_dropped()
    {
        using var database = Start(
            "CREATE VIEW \"a View\" AS SELECT a FROM t; CREATE VIEW counted AS SELECT count(*) FROM t; CREATE VIEW over AS SELECT * FROM counted; "
            + "CREATE POLICY p ON t USING (a <> ''); CREATE TRIGGER r BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION "
            + "suppress_redundant_updates_trigger(); CREATE RULE ru AS ON DELETE TO t DO ALSO NOTHING; CREATE TABLE q (id int); "
            + "CREATE POLICY pq ON q USING (EXISTS (SELECT FROM t)); CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1'", 15);
        var drops = Found(database, new MetaData([])).Upgrade.Where(p => p.Operation is DropTable)
            .ToDictionary(p => ((DropTable)p.Operation).Table, p => p.Remark ?? "");
        Assert.AreEqual("This fails while it is used by: function public.f(public.t), policy pq on public.q, view public.\"a View\", "
            + "view public.counted. Drop that first, with op.Execute.", drops["t"]);
        Assert.AreEqual("", drops["q"]);
    }

    private static Comparison Found(PostgreSqlDatabase database, MetaData model) =>
        ColumnUsers.Of(database.Compare(model), columns => PostgreSqlDatabase.Dialect.UsersOf(database.Session, columns));

    private static PostgreSqlDatabase Start(string sql, int version)
    {
        var database = new PostgreSqlDatabase(version);
        database.Op
            .Execute(
                "SET client_min_messages = error; DO $$ BEGIN CREATE ROLE aside_reader; EXCEPTION WHEN duplicate_object OR "
                    + $"unique_violation THEN NULL; END $$; GRANT ALL ON SCHEMA public TO aside_reader; {Made} {sql}; SET CONSTRAINTS ALL "
                    + "IMMEDIATE");
        return database;
    }

    // All that is not in the table's own rows of the catalog, without what counts anew.
    private static string Facts(PostgreSqlDatabase database) => string.Join('\n', database.Session.Query(new Statement(
        """
        SELECT fact FROM (
            SELECT format('%s %s %s %s %s %s %s %s', c.relkind, c.oid::regclass, pg_get_userbyid(c.relowner), c.relacl, c.reloptions, c.relispopulated, obj_description(c.oid, 'pg_class'), pg_get_viewdef(c.oid)) AS fact
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
            UNION ALL SELECT format('%s.%s %s %s %s %s %s %s', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attacl, coalesce(a.attstattarget, -1), a.attoptions, col_description(a.attrelid, a.attnum), pg_get_expr(d.adbin, d.adrelid))
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm') AND a.attnum > 0
            UNION ALL SELECT format('%s %s %s', pg_get_indexdef(i.indexrelid), i.indisclustered, obj_description(i.indexrelid, 'pg_class')) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
            UNION ALL SELECT format('%s %s %s', pg_get_triggerdef(oid), tgenabled, obj_description(oid, 'pg_trigger')) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT format('%s %s %s', pg_get_ruledef(oid), ev_enabled, obj_description(oid, 'pg_rewrite')) FROM pg_rewrite WHERE oid >= 16384
            UNION ALL SELECT format('%s %s %s %s %s %s %s %s', polname, polrelid::regclass, polcmd, polpermissive, polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid), obj_description(oid, 'pg_policy')) FROM pg_policy) f
        ORDER BY fact
        """)).Select(row => (string)row["fact"]!));
}
