using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>
/// Tables that are more than <c>op.CreateTable</c> can say: a baseline brings all of it back, by the server's own account, or names what it
/// does not.
/// </summary>
[TestClass]
public sealed class PostgreSqlTableTests
{
    // Each is a table t, and perhaps others, on any server that has the feature; {0} is the number of the first version that does.
    private static readonly Dictionary<string, (int Since, string Sql)> Features = new()
    {
        ["row level security"] = (12,
            "CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY"),
        ["storage, statistics and options of a column"] = (12,
            "CREATE TABLE t (a text, b text); ALTER TABLE t ALTER a SET STORAGE EXTERNAL; ALTER TABLE t ALTER b SET STATISTICS 500; "
                + "ALTER TABLE t ALTER b SET (n_distinct = -0.5)"),
        ["compression of a column"] = (14, "CREATE TABLE t (a text COMPRESSION pglz)"),
        ["full replica identity"] = (12, "CREATE TABLE t (a int NOT NULL); ALTER TABLE t REPLICA IDENTITY FULL"),
        ["replica identity of an index"] = (12,
            "CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX ix ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX ix"),
        ["order by an index"] = (12, "CREATE TABLE t (a int PRIMARY KEY); CREATE INDEX ix ON t (a DESC); ALTER TABLE t CLUSTER ON ix"),
        ["comments"] = (12,
            "CREATE TABLE t (a int CONSTRAINT pk PRIMARY KEY, b int CONSTRAINT fk REFERENCES t, CONSTRAINT ck CHECK (b > 0)); CREATE "
                + "INDEX ix ON t (b); COMMENT ON INDEX ix IS 'it''s \\'; "
            + "COMMENT ON CONSTRAINT pk ON t IS 'a key'; COMMENT ON CONSTRAINT fk ON t IS 'another'; COMMENT ON CONSTRAINT ck ON t IS 'a "
            + "check'"),
        ["options of keys"] = (12,
            "CREATE TABLE t (a int PRIMARY KEY WITH (fillfactor = 60), b int, CONSTRAINT uq UNIQUE (b) WITH (fillfactor = 70), EXCLUDE "
                + "USING gist (int4range(a, b) WITH &&))"),
        ["statistics of an index"] = (12,
            "CREATE TABLE t (a text); CREATE INDEX ix ON t (upper(a)); ALTER INDEX ix ALTER COLUMN 1 SET STATISTICS 700"),
        ["statistics in another schema"] = (12,
            "CREATE SCHEMA ext; CREATE TABLE t (a int, b int); CREATE STATISTICS ext.st (ndistinct) ON a, b FROM t"),
        ["options of a table and of its values' store"] = (12,
            "CREATE TABLE t (a text) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false)"),
        ["options and name of a serial column's sequence"] = (12,
            "CREATE TABLE t (id serial PRIMARY KEY, s bigserial, u smallserial); ALTER SEQUENCE t_id_seq INCREMENT BY 10 MINVALUE 5 "
                + "START 1000 RESTART CACHE 20 CYCLE; ALTER SEQUENCE t_s_seq RENAME TO odd; "
            + "ALTER SEQUENCE t_u_seq INCREMENT BY -1 MINVALUE -50 MAXVALUE -2 START -3 RESTART -3; COMMENT ON SEQUENCE odd IS 'it''s'"),
        ["serial column that became wider"] = (12, "CREATE TABLE t (id serial PRIMARY KEY); ALTER TABLE t ALTER id TYPE bigint"),
        ["name of an identity's sequence"] = (12,
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME mine START 50 INCREMENT 5))"),
        ["table of a type"] = (12, "CREATE TYPE kind AS (a int, b text); CREATE TABLE t OF kind"),
        ["collations and operator classes"] = (13,
            "CREATE TABLE t (a text, b tsvector); CREATE INDEX i1 ON t (lower(a) COLLATE \"C\"); CREATE INDEX i2 ON t USING gist (b "
                + "tsvector_ops (siglen = 32)); CREATE INDEX i3 ON t (a text_pattern_ops DESC)"),
        ["things of another schema"] = (12,
            "CREATE SCHEMA ext; CREATE COLLATION ext.de FROM \"C\"; CREATE OPERATOR CLASS ext.ops FOR TYPE int4 USING btree AS OPERATOR "
                + "1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, "
            + "FUNCTION 1 btint4cmp(int4, int4); CREATE TABLE t (a text COLLATE ext.de, b int); CREATE INDEX ix ON t (b ext.ops)"),
        ["inherited table"] = (12,
            "CREATE TABLE p (id serial PRIMARY KEY, a int CHECK (a > 0), b text NOT NULL DEFAULT 'q'); CREATE TABLE t (c int UNIQUE, "
                + "CHECK (c > 1)) INHERITS (p); ALTER TABLE t ALTER b SET DEFAULT 'r'; "
            + "ALTER TABLE t ALTER a SET NOT NULL; COMMENT ON COLUMN t.a IS 'inherited'; CREATE TABLE u (a int DEFAULT 5) INHERITS (p); "
            + "CREATE TABLE v () INHERITS (t)"),
        ["partitions"] = (12,
            "CREATE TABLE t (a int NOT NULL, b text, c int) PARTITION BY RANGE (a); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) "
                + "TO (10); CREATE TABLE td PARTITION OF t DEFAULT; CREATE INDEX ix ON t (b); "
            + "ALTER TABLE t ADD PRIMARY KEY (a); ALTER TABLE t1 ENABLE ROW LEVEL SECURITY; ALTER TABLE t1 ALTER b SET STATISTICS 5; "
            + "CREATE INDEX own ON t1 (lower(b)) WHERE c > 1; "
            + "COMMENT ON COLUMN t1.b IS 'of this one'; ALTER TABLE td ALTER c SET DEFAULT 7; ALTER TABLE td ADD CHECK (c < 9) NOT VALID"),
        ["foreign keys of partitions and to them"] = (12,
            "CREATE TABLE u (a int PRIMARY KEY); CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t) PARTITION BY RANGE (a); "
                + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (9); ALTER TABLE t1 ADD FOREIGN KEY (b) REFERENCES u; "
            + "CREATE TABLE a (a int REFERENCES t1, b int REFERENCES t); ALTER TABLE u ADD b int REFERENCES t1"),
        ["partition in another schema"] = (12,
            "CREATE SCHEMA parts; CREATE TABLE t (a int NOT NULL, b text) PARTITION BY RANGE (a); "
                + "CREATE TABLE parts.t1 PARTITION OF t DEFAULT; ALTER TABLE parts.t1 ENABLE ROW LEVEL SECURITY"),
        ["functions that call each other"] = (12,
            "CREATE FUNCTION z() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT z()'"),
        ["logged sequence of a table that is not"] = (15, "CREATE UNLOGGED TABLE t (id serial); ALTER SEQUENCE t_id_seq SET LOGGED"),
        ["names of NOT NULL that depend on the order of the tables"] = (18,
            "CREATE TABLE b_c (d int NOT NULL, a_rather_long_name_of_a_column_of_a_table_that_has_one_more int NOT NULL); CREATE TABLE b "
                + "(c_d int NOT NULL); CREATE TABLE a (b int CONSTRAINT c_d_not_null NOT NULL); "
            + "CREATE TABLE c (d int NOT NULL PRIMARY KEY)"),
        ["constraints that are not valid"] = (15,
            "CREATE TABLE t (a int, b int, PRIMARY KEY (a, b)); ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES t ON "
                + "DELETE SET NULL (b) NOT VALID; ALTER TABLE t ADD CHECK (a > 0) NO INHERIT NOT VALID"),
        ["stored columns of keys"] = (12,
            "CREATE TABLE t (a int, b int, c int, PRIMARY KEY (a) INCLUDE (b), UNIQUE (b) INCLUDE (a, c) DEFERRABLE)"),
        ["the same key twice"] = (12,
            "CREATE TABLE t (a int PRIMARY KEY, b int, CONSTRAINT one UNIQUE (b)); ALTER TABLE t ADD CONSTRAINT two UNIQUE (b) WITH "
                + "(fillfactor = 60); ALTER TABLE t ADD CONSTRAINT three UNIQUE (a)"),
        ["a key that is written in the server's words, of a serial column"] = (12,
            "CREATE TABLE t (a serial PRIMARY KEY, b int, CONSTRAINT one UNIQUE (b)); "
            + "ALTER TABLE t ADD CONSTRAINT two UNIQUE (b) WITH (fillfactor = 60)"),
        ["a key that is a foreign key"] = (12,
            "CREATE TABLE u (a serial PRIMARY KEY); CREATE TABLE t (a int PRIMARY KEY REFERENCES u, b int UNIQUE)"),
        ["odd names"] = (12,
            "CREATE TABLE \"T.x \"\"y\" (\"it's \\\\\" bigserial, \"a b\" serial, \"select\" text DEFAULT 'x'); COMMENT ON COLUMN \"T.x "
                + "\"\"y\".\"a b\" IS 'c'; CREATE INDEX \"ix USING \"\"q\" ON \"T.x \"\"y\" (\"select\"); "
            + "COMMENT ON INDEX \"ix USING \"\"q\" IS 'd'; ALTER TABLE \"T.x \"\"y\" ENABLE ROW LEVEL SECURITY"),
        ["words in a check and a default"] = (12,
            "CREATE TABLE t (a varchar(9) CHECK (a IN ('x', 'y')) DEFAULT 'x', b int[] DEFAULT '{}', c double precision DEFAULT 'NaN', d "
                + "timestamptz DEFAULT (now() AT TIME ZONE 'utc'), "
            + "e bit(3) DEFAULT b'101', f \"char\", g int DEFAULT 1::bigint, h text DEFAULT NULL, i numeric DEFAULT -0.5)"),
        ["names of NOT NULL"] = (18,
            "CREATE TABLE t (a int CONSTRAINT odd NOT NULL, b int CONSTRAINT only_here NOT NULL NO INHERIT, c int); ALTER TABLE t ADD "
                + "CONSTRAINT later NOT NULL c NOT VALID"),
        ["constraints that nobody enforces"] = (18,
            "CREATE TABLE t (a int PRIMARY KEY, b int CHECK (b > 0) NOT ENFORCED, c int REFERENCES t NOT ENFORCED)"),
        ["periods"] = (18,
            "CREATE TABLE t (a int4range, b daterange, PRIMARY KEY (a, b WITHOUT OVERLAPS)); CREATE TABLE u (a int4range, b daterange, "
                + "FOREIGN KEY (a, PERIOD b) REFERENCES t, UNIQUE (a, b WITHOUT OVERLAPS))"),
        ["column that is computed when it is read"] = (18, "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2))"),
    };

    public static IEnumerable<object[]> All =>
        from feature in Features from version in PostgreSqlServer.Versions where version >= feature.Value.Since
        select new object[] { feature.Key, version };

    [TestMethod]
    [DynamicData(nameof(All))]
    public void A_baseline_brings_it_back(string feature, int version)
    {
        using var source = new PostgreSqlDatabase(version);
        using var target = new PostgreSqlDatabase(version);
        source.Op.Execute(Features[feature].Sql);
        var comparison = Written(source);
        Assert.AreEqual("",
            string.Join('\n',
                comparison.Log
                    .Where(e => e.Category.EndsWith("baseline", StringComparison.Ordinal)
                        && !e.Message.Contains("IncludeSchemas", StringComparison.Ordinal)).Select(e => e.Message)));
        target.Op
            .Execute(
                string.Join(';',
                    Features[feature].Sql.Split("; ")
                        .Where(s => s.StartsWith("CREATE SCHEMA", StringComparison.Ordinal)
                            || s.StartsWith("CREATE COLLATION", StringComparison.Ordinal)
            || s.StartsWith("CREATE OPERATOR", StringComparison.Ordinal))) + ";SELECT 1");
        var empty = PostgreSqlFacts.Of(target.Session);
        target.Run(comparison.UpgradeOperations);
        Assert.AreEqual(PostgreSqlFacts.Of(source.Session), PostgreSqlFacts.Of(target.Session));
        PostgreSqlDatabase.Nothing(target.Compare(source.Inspect()));
        target.Run(comparison.DowngradeOperations);
        Assert.AreEqual(empty, PostgreSqlFacts.Of(target.Session));
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void What_is_dropped_comes_back(string feature, int version)
    {
        using var database = new PostgreSqlDatabase(version);
        database.Op.Execute(Features[feature].Sql);
        var before = PostgreSqlFacts.Of(database.Session);
        var comparison = database.Compare(new MetaData([]));
        comparison = Restoration.Of(comparison,
            PostgreSqlDatabase.Dialect.UnmappedObjects(database.Session, new MetaData(Restoration.Dropped(comparison)), allSchemas: false),
            PostgreSqlDatabase.Dialect);
        Assert.AreEqual("",
            string.Join('\n',
                comparison.Log.Where(e => e.Level > Microsoft.Extensions.Logging.LogLevel.Information).Select(e => e.Message)));
        database.Run(comparison.UpgradeOperations);
        database.Run(comparison.DowngradeOperations);
        Assert.AreEqual(before, PostgreSqlFacts.Of(database.Session));
    }

    [TestMethod]
    [DataRow("GRANT SELECT ON t TO PUBLIC", "The access list 't' is not written: add it with op.Execute")]
    [DataRow("GRANT UPDATE (a) ON t TO PUBLIC", "The access list of the column 't.a' is not written: add it with op.Execute")]
    [DataRow("CREATE PUBLICATION p FOR TABLE t", "The place in the publication 'p of t' is not written: add it with op.Execute")]
    [DataRow("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix'::regclass",
        "The indisvalid of the index 'ix' is not written: add it with op.Execute")]
    [DataRow("GRANT CREATE ON SCHEMA public TO PUBLIC", "The access list 'schema public' is not written: add it with op.Execute")]
    [DataRow("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC",
        "The access list 'function public.f()' is not written: add it with op.Execute")]
    [DataRow("CREATE VIEW v AS SELECT 1; GRANT SELECT ON v TO PUBLIC",
        "The access list 'view public.v' is not written: add it with op.Execute")]
    [DataRow("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
        "The default acl 'for role alembic on tables' is not written: add it with op.Execute")]
    [DataRow("CREATE TABLE c (b int) INHERITS (t); ALTER TABLE t ADD z int",
        "The order of the columns 'c' is not written: add it with op.Execute")]
    public void What_is_not_written_is_named(string sql, string message)
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("SET client_min_messages = error; CREATE TABLE t (a int); CREATE INDEX ix ON t (a); " + sql);
        Assert.Contains(message, Written(database).Log.Select(e => e.Message).ToList());
    }

    [TestMethod]
    public void A_partition_that_was_a_table_keeps_the_names_of_its_NOT_NULL_constraints_and_that_is_told()
    {
        using var database = new PostgreSqlDatabase(18);
        database.Op
            .Execute(
                "CREATE TABLE t (a int NOT NULL) PARTITION BY RANGE (a); CREATE TABLE t1 (a int NOT NULL); ALTER TABLE t ATTACH "
                    + "PARTITION t1 DEFAULT");
        Assert.Contains("The names of the NOT NULL constraints 't1' is not written: add it with op.Execute",
            Written(database).Log.Select(e => e.Message).ToList());
    }

    [TestMethod]
    public void A_NOT_NULL_that_is_inherited_and_the_tables_own_is_not_renamed()
    {
        using var source = new PostgreSqlDatabase(18);
        using var target = new PostgreSqlDatabase(18);
        source.Op.Execute("CREATE TABLE p (a int NOT NULL); CREATE TABLE t (a int CONSTRAINT mine NOT NULL) INHERITS (p)");
        target.Run(Written(source).UpgradeOperations);
        Assert.AreEqual("p|True; t|True", target.Rows(
            "SELECT attrelid::regclass::text, attnotnull FROM pg_attribute WHERE attname = 'a' "
                + "AND attrelid IN ('p'::regclass, 't'::regclass) ORDER BY 1"));
    }

    [TestMethod]
    public void It_takes_as_many_statements_for_thirty_tables_as_for_three()
    {
        int Statements(int tables)
        {
            using var database = new PostgreSqlDatabase();
            database.Run(Enumerable.Range(0, tables)
                .Select(
                    i => new CreateTable(new Table($"t{i}",
                        [new Column("id", SqlType.Integer, primaryKey: true), new CheckConstraint("id > 0", $"ck{i}")]))));
            database.Op.Execute("ALTER TABLE t1 ENABLE ROW LEVEL SECURITY");
            database.Log.Clear();
            Assert.HasCount(tables + 1, Written(database).Upgrade);
            return database.Log.Count;
        }
        Assert.AreEqual(Statements(3), Statements(30));
    }

    [TestMethod]
    public void Nothing_is_left_of_the_copies()
    {
        using var database = new PostgreSqlDatabase();
        database.Op
            .Execute("CREATE TABLE t (id serial PRIMARY KEY, a text) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t DEFAULT");
        const string State =
            "SELECT (SELECT count(*) FROM pg_class) AS a, (SELECT count(*) FROM pg_type) AS b, current_setting('search_path') AS c, "
                + "coalesce(current_setting('alembic.errors', true), '') AS d";
        var before = database.Rows(State);
        Written(database);
        Assert.AreEqual(before, database.Rows(State));
    }

    [TestMethod]
    public void A_role_that_may_create_nothing_temporary_is_told()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE ROLE alembic_still");
        database.Op
            .Execute($"REVOKE TEMPORARY ON DATABASE {database.Rows("SELECT current_database()")} FROM PUBLIC; SET ROLE alembic_still");
        var comparison = Written(database);
        Assert.Contains("GRANT TEMPORARY ON DATABASE", string.Join('\n', comparison.Log.Select(e => e.Message)));
        Assert.Contains("ENABLE ROW LEVEL SECURITY",
            string.Join('\n', comparison.UpgradeOperations.Select(o => new CodeWriter().Write(o))));
        database.Op.Execute("RESET ROLE");
    }

    internal static Comparison Written(PostgreSqlDatabase database)
    {
        var read = database.Inspect();
        return Baseline.Of(read, PostgreSqlDatabase.Dialect.UnmappedObjects(database.Session, read, allSchemas: false),
            PostgreSqlDatabase.Dialect, PostgreSqlDatabase.Everything);
    }
}
