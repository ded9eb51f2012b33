using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;
using Npgsql;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>Enum types on a real server: each is made once and dropped once, and changes its values with rows in the tables.</summary>
[TestClass]
public sealed class PostgreSqlEnumTests
{
    private static readonly SqlType Mood = SqlType.Enum("mood", ["happy", "sad"]);

    private const string Values =
        "SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid AND t.typname = "
            + "'mood'";

    private const string Types = "SELECT count(*) FROM pg_type WHERE typtype = 'e'";

    [TestMethod]
    public void A_type_that_tables_share_is_made_before_the_first_and_dropped_after_the_last()
    {
        using var database = new PostgreSqlDatabase();
        var one = new Table("one", [new Column("a", Mood)]);
        var two = new Table("two", [new Column("b", PostgreSqlType.Array(Mood)), new Column("c", Mood)]);

        var both = database.Compare(new MetaData([one, two]));
        Assert.AreEqual(
            "Detected added enum type 'mood'; Detected added table 'one'; Detected added table 'two'",
            string.Join("; ", both.Log.Select(e => e.Message)));
        Assert.AreEqual("CreateEnumType, CreateTable, CreateTable", Names(both.UpgradeOperations));
        Assert.AreEqual("DropTable, DropTable, DropEnumType", Names(both.DowngradeOperations));
        database.Run(both.UpgradeOperations);
        Assert.HasCount(1, database.Log.Where(s => s.StartsWith("CREATE TYPE", StringComparison.Ordinal)));
        PostgreSqlDatabase.Nothing(database.Compare(new MetaData([one, two])));

        // With one of the tables the type stays, with the last it goes.
        var less = database.Compare(new MetaData([two]));
        Assert.AreEqual("DropTable", Names(less.UpgradeOperations));
        database.Run(less.UpgradeOperations);
        var none = database.Compare(new MetaData([new Table("two", [new Column("b", PostgreSqlType.Array(SqlType.Text))])]));
        Assert.AreEqual("AlterColumn, DropColumn, DropEnumType", Names(none.UpgradeOperations));
        database.Run(none.UpgradeOperations);
        Assert.AreEqual("0", database.Rows(Types));
        database.Run(none.DowngradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(new MetaData([two])));
        database.Run(less.DowngradeOperations);
        database.Run(both.DowngradeOperations);
        Assert.AreEqual("0", database.Rows(Types));
    }

    [TestMethod]
    public void A_type_that_a_table_left_out_still_uses_stays()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.CreateTable("mine", [new Column("a", Mood)]);
        database.Op.CreateTable("theirs", [new Column("a", Mood)]);
        database.Op.CreateEnumType("loose", ["x"]);
        var comparison = Compare.Schemas(new MetaData([]), database.Inspect(), PostgreSqlDatabase.Dialect,
            new ComparisonOptions { IncludeObject = o => o.Name != "theirs" });
        Assert.AreEqual("DropTable", Names(comparison.UpgradeOperations));
    }

    [TestMethod]
    [DataRow("CREATE DOMAIN d AS mood")]
    [DataRow("CREATE DOMAIN d AS text CHECK (value <> 'sad'::mood::text)")]
    [DataRow("CREATE FUNCTION f(mood[]) RETURNS int LANGUAGE sql AS 'SELECT 1'")]
    [DataRow("CREATE TYPE d AS (m mood)")]
    [DataRow("CREATE TYPE d AS RANGE (subtype = mood)")]
    public void A_type_that_something_else_is_written_with_stays(string sql)
    {
        using var database = new PostgreSqlDatabase();
        database.Op.CreateTable("t", [new Column("a", Mood)]);
        database.Op.Execute(sql);
        var drop = database.Compare(new MetaData([]));
        Assert.AreEqual("DropTable", Names(drop.UpgradeOperations));
        database.Run(drop.UpgradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(new MetaData([])));
        database.Run(drop.DowngradeOperations);
        Assert.AreEqual("1", database.Rows(Types));
    }

    [TestMethod]
    public void A_type_of_others_is_left_to_them()
    {
        using var database = new PostgreSqlDatabase();
        var table = new Table("t", [new Column("a", SqlType.Enum("mood", ["happy"], createType: false))]);
        Assert.AreEqual("CreateTable", Names(database.Compare(new MetaData([table])).UpgradeOperations));
        database.Op.CreateEnumType("mood", ["happy", "sad"]);
        database.Run([new CreateTable(table)]);
        PostgreSqlDatabase.Nothing(database.Compare(new MetaData([table])));
    }

    [TestMethod]
    public void A_type_in_a_schema_is_made_read_altered_and_dropped_there()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE SCHEMA \"S x\"");
        MetaData Model(params string[] values) =>
            new([new Table("t", [new Column("a", SqlType.Enum("Mood's", values, schema: "S x"), serverDefault: "y"),
                new Column("b", PostgreSqlType.Array(SqlType.Enum("Mood's", values, schema: "S x")))])]);
        database.Run(database.Compare(Model("x", "y")).UpgradeOperations);
        PostgreSqlDatabase.Nothing(database.Compare(Model("x", "y")));
        database.Op.Execute("INSERT INTO t (b) VALUES ('{y,y}')");
        foreach (var values in (string[][])[["w", "x", "y"], ["y"], ["$$", "y", "it's %s"]])
        {
            var change = database.Compare(Model(values));
            database.Run(change.UpgradeOperations);
            PostgreSqlDatabase.Nothing(database.Compare(Model(values)));
        }
        Assert.AreEqual("y|{y,y}", database.Rows("SELECT a::text, b::text FROM t"));
        var end = database.Compare(new MetaData([]));
        Assert.AreEqual("DropTable, DropEnumType", Names(end.UpgradeOperations));
        database.Run(end.UpgradeOperations);
        Assert.AreEqual("0", database.Rows(Types));
    }

    [TestMethod]
    public void Values_are_added_in_place_and_taken_away_by_making_the_type_anew()
    {
        using var database = WithRows();
        database.Log.Clear();
        database.Op.AlterEnumType("mood", ["new", "happy", "so-so", "sad", "it's"], existingValues: ["happy", "sad"]);
        Assert.AreEqual("new,happy,so-so,sad,it's", database.Rows(Values));
        Assert.HasCount(3, database.Log.Where(s => s.StartsWith("ALTER TYPE mood ADD VALUE IF NOT EXISTS", StringComparison.Ordinal)));
        database.Session.Commit();
        database.Session.Begin();

        database.Op.AlterEnumType("mood", ["sad", "happy"]);
        Assert.AreEqual("sad,happy", database.Rows(Values));
        Assert.AreEqual("1|sad|{happy,sad}|happy; 2|happy|∅|sad", database.Rows("SELECT id, a::text, b::text, c::text FROM t ORDER BY id"));
        // Defaults, keys and indexes are as before, and there is one type.
        database.Op.Execute("INSERT INTO t (c) VALUES ('sad')");
        Assert.AreEqual("sad|{sad}", database.Rows("SELECT a::text, b::text FROM t WHERE id = 3"));
        Assert.AreEqual("1", database.Rows(Types));
        Assert.HasCount(1, database.Inspect().Tables.Single().Indexes);
        // What the block turned off for its own queries is as the role has it.
        Assert.AreEqual("t", database.Rows("SELECT (setting = reset_val)::text FROM pg_settings WHERE name = 'jit'")[..1]);
    }

    [TestMethod]
    public void A_value_that_a_row_has_cannot_go()
    {
        using var database = WithRows();
        var exception = Assert.ThrowsExactly<PostgresException>(() => database.Op.AlterEnumType("mood", ["happy"]));
        Assert.AreEqual("invalid input value for enum mood: \"sad\"", exception.MessageText);
    }

    [TestMethod]
    [DataRow(15)]
    [DataRow(18)]
    public void What_is_written_with_a_type_that_is_made_anew_comes_back(int version)
    {
        using var database = new PostgreSqlDatabase(version);
        database.Op.Execute(
            """
            SET client_min_messages = error;
            DO $$ BEGIN CREATE ROLE aside_reader; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
            GRANT ALL ON SCHEMA public TO aside_reader;
            CREATE TYPE mood AS ENUM ('happy', 'so-so', 'sad');
            COMMENT ON TYPE mood IS 'how''s it';
            REVOKE USAGE ON TYPE mood FROM PUBLIC;
            GRANT USAGE ON TYPE mood TO aside_reader WITH GRANT OPTION;
            CREATE FUNCTION is_bad(m mood, others mood[] DEFAULT '{sad}') RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT m = ANY (others)';
            COMMENT ON FUNCTION is_bad IS 'bad';
            REVOKE EXECUTE ON FUNCTION is_bad FROM PUBLIC;
            CREATE DOMAIN good AS mood DEFAULT 'happy' CONSTRAINT not_bad CHECK (NOT is_bad(value));
            COMMENT ON CONSTRAINT not_bad ON DOMAIN good IS 'never';
            ALTER DOMAIN good OWNER TO aside_reader;
            CREATE DOMAIN word AS text CONSTRAINT known CHECK (value <> 'sad'::mood::text);
            CREATE TYPE "Pair's" AS (first mood, rest good[]);
            CREATE TYPE span AS RANGE (subtype = mood);
            CREATE FUNCTION firsts(VARIADIC "Pair's"[]) RETURNS TABLE (m mood) LANGUAGE sql AS 'SELECT (unnest($1)).first';
            CREATE AGGREGATE worst(mood) (SFUNC = enum_larger, STYPE = mood);
            CREATE FUNCTION rank(mood) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
            CREATE CAST (mood AS int) WITH FUNCTION rank(mood);
            CREATE FUNCTION text_of(good) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::mood::text';
            CREATE OPERATOR @@@ (FUNCTION = text_of, RIGHTARG = good);
            CREATE TABLE t (id int, a mood DEFAULT 'sad', g good, p "Pair's", ps "Pair's"[], s span DEFAULT '[happy,sad]', w word,
                is_new bool DEFAULT is_bad('happy'), CONSTRAINT ex EXCLUDE (id WITH =) WHERE (a = 'happy'),
                CONSTRAINT uq UNIQUE (a, id), CONSTRAINT ck CHECK (is_bad(a) OR a::int > 0),
                h text GENERATED ALWAYS AS (text_of(g)) STORED);
            COMMENT ON CONSTRAINT ck ON t IS 'check';
            CREATE INDEX ix ON t (id) WHERE a <> 'sad';
            COMMENT ON INDEX ix IS 'index';
            CREATE INDEX ixf ON t (is_bad(a));
            ALTER TABLE t CLUSTER ON ixf;
            CREATE STATISTICS st ON (a = 'sad'), id FROM t;
            COMMENT ON STATISTICS st IS 'st';
            CREATE TABLE part (a mood DEFAULT 'sad', k int) PARTITION BY LIST (k);
            CREATE TABLE part1 PARTITION OF part (a DEFAULT 'happy') FOR VALUES IN (1);
            DO $do$ BEGIN
                EXECUTE $f$ CREATE FUNCTION counted() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT id FROM t WHERE a = 'sad'; END $f$;
            END $do$;
            CREATE VIEW v AS SELECT worst(a) AS w, counted() FROM t WHERE NOT is_bad(a);
            INSERT INTO t (id, a, g, p, ps) VALUES (1, 'happy', 'happy', ROW('sad', '{happy}'), ARRAY[ROW('sad', '{}')::"Pair's"]);
            INSERT INTO part (k) VALUES (1)
            """);
        var (facts, rows) = (Facts(database), database.Rows("SELECT t.*::text, part.*::text, v.*::text FROM t, part, v"));
        database.Op.AlterEnumType("mood", ["happy", "sad", "new"]);
        Assert.AreEqual("happy,sad,new", database.Rows(Values));
        Assert.AreEqual(rows, database.Rows("SELECT t.*::text, part.*::text, v.*::text FROM t, part, v"));
        database.Op.AlterEnumType("mood", ["happy", "so-so", "sad"]);
        Assert.AreEqual(facts, Facts(database));
    }

    [TestMethod]
    public void A_new_value_is_used_in_the_same_migration_after_an_autocommit_block()
    {
        using var database = WithRows();
        database.Op.AutocommitBlock(() => database.Op.AlterEnumType("mood", ["happy", "sad", "new"], existingValues: ["happy", "sad"]));
        database.Op.Execute("UPDATE t SET a = 'new'");
        database.Op.AlterColumn("t", "a", serverDefault: "new");
        Assert.AreEqual("new; new", database.Rows("SELECT a::text FROM t"));
    }

    [TestMethod]
    public void Other_values_by_an_alteration_of_the_column_are_other_values_of_the_type()
    {
        // As MySQL has it: one migration for both.
        using var database = WithRows();
        database.Op.AlterColumn("t", "a", type: SqlType.Enum("mood", ["happy", "sad", "new"]), existingType: Mood, nullable: false);
        Assert.AreEqual("happy,sad,new", database.Rows(Values));
        database.Op.AlterColumn("t", "b", type: PostgreSqlType.Array(SqlType.Enum("mood", ["happy", "sad", "new"])),
            existingType: PostgreSqlType.Array(Mood));
        Assert.IsFalse(database.Inspect().Tables.Single().Columns.Single(c => c.Name == "a").Nullable);
    }

    [TestMethod]
    public void A_script_does_the_same_as_a_run()
    {
        Action<Op>[] steps =
        [
            op => op.CreateEnumType("mood", ["happy", "sad"]),
            op => op.CreateTable("t", [new Column("a", SqlType.Enum("mood", ["happy", "sad"], createType: false), serverDefault: "sad"),
                new Column("k", SqlType.Enum("kind", ["$$", "it's"]))]),
            op => op.CreateTable("u", [new Column("k", SqlType.Enum("kind", ["$$", "it's"]))]),
            op => op.AlterEnumType("mood", ["x", "happy", "sad"], existingValues: ["happy", "sad"]),
            op => op.AlterEnumType("mood", ["sad", "x"], existingValues: ["x", "happy", "sad"]),
            op => op.DropTable("u"),
            op => op.AlterColumn("t", "k", type: SqlType.Text),
            op => op.DropEnumType("kind"),
        ];
        using var online = new PostgreSqlDatabase();
        using var offline = new PostgreSqlDatabase();
        foreach (var step in steps)
        {
            step(online.Op);
            offline.Op.Execute(Scripts.Of(PostgreSqlDatabase.Dialect, step));
        }
        Assert.AreEqual(online.Inspect(), offline.Inspect());
        Assert.AreEqual("sad,x", offline.Rows(Values));
    }

    [TestMethod]
    public void An_enum_of_other_databases_has_no_operations_of_its_own()
    {
        foreach (var dialect in Alembic.Databases.Dialects.All.Where(d => d.Name != "postgresql"))
            Assert.AreEqual("",
                Scripts.Of(dialect,
                    op => { op.CreateEnumType("mood", ["a"]); op.AlterEnumType("mood", ["b"], ["a"]); op.DropEnumType("mood"); }),
                dialect.Name);
    }

    // Who owns what, and may use it, is not in a dump of the schema.
    private static string Facts(PostgreSqlDatabase database) => PostgreSqlFacts.Of(database.Session) + database.Rows(
        """
        SELECT format('%s %s %s', oid::regtype, pg_get_userbyid(typowner), typacl) FROM pg_type WHERE oid >= 16384
        UNION ALL SELECT format('%s %s %s', oid::regprocedure, pg_get_userbyid(proowner), proacl) FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT format('%s %s', oid::regoperator, oprcode) FROM pg_operator WHERE oid >= 16384
        UNION ALL SELECT format('%s %s', castsource::regtype, casttarget::regtype) FROM pg_cast WHERE oid >= 16384
        ORDER BY 1
        """);

    private static string Names(IEnumerable<Operation> operations) => string.Join(", ", operations.Select(o => o.GetType().Name));

    private static PostgreSqlDatabase WithRows()
    {
        var database = new PostgreSqlDatabase();
        database.Op.CreateTable(
            "t",
            [
                new Column("id", SqlType.Integer, primaryKey: true), new Column("a", Mood, serverDefault: "sad"),
                new Column("b", PostgreSqlType.Array(Mood), serverDefault: "{sad}"),
                new Column("c", Mood, nullable: false, index: true),
            ]);
        database.Op.Execute("INSERT INTO t (a, b, c) VALUES ('sad', '{happy,sad}', 'happy'), ('happy', NULL, 'sad')");
        return database;
    }
}
