using Alembic.Schema;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Baseline;

/// <summary>
/// What a database has besides tables comes with the baseline, in an order in which an empty database takes it, and goes with it.
/// </summary>
[TestClass]
public sealed class BaselineObjectTests
{
    private const string IncludeSchemas =
        "public sealed class Env : Alembic.MigrationEnvironment { public override void Configure(Alembic.EnvironmentOptions options) => "
            + "options.IncludeSchemas = true; }";

    // Names are such that no order of names or kinds works.
    private const string Dependent = """
        SET check_function_bodies = false;
        CREATE EXTENSION citext; CREATE EXTENSION pg_trgm;
        CREATE COLLATION german (provider = icu, locale = 'de-DE', deterministic = false);
        CREATE TYPE unused AS ENUM ('a', 'it''s'); COMMENT ON TYPE unused IS 'who''s';
        CREATE TYPE pair AS (x integer, y text COLLATE "C", g text COLLATE german);
        CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = float8mi);
        CREATE DOMAIN a_positive AS integer DEFAULT 7 NOT NULL CHECK (VALUE > 0); COMMENT ON DOMAIN a_positive IS 'more than nothing';
        CREATE DOMAIN "Z pairs" AS pair[];
        CREATE SEQUENCE free START WITH 100 INCREMENT BY -5 MINVALUE -1000 MAXVALUE 200 CACHE 7 CYCLE; COMMENT ON SEQUENCE free IS 'free';
        CREATE SEQUENCE small AS smallint;
        CREATE TABLE z_owner (id bigserial PRIMARY KEY, name citext);
        CREATE TABLE a_user (id bigint PRIMARY KEY DEFAULT nextval('z_owner_id_seq'), n integer DEFAULT nextval('free'));
        CREATE SEQUENCE owned; CREATE TABLE y_owner (code text); ALTER SEQUENCE owned OWNED BY y_owner.code;
        CREATE FUNCTION make_code(prefix text = 'it''s; $$') RETURNS text LANGUAGE sql AS $$ SELECT prefix || count(*) FROM later $$;
        CREATE FUNCTION is_fine(value text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $f$ BEGIN RETURN value <> ''; END $f$; COMMENT ON FUNCTION is_fine(text) IS 'fine';
        CREATE TABLE a_coded (code text DEFAULT make_code() CHECK (is_fine(code)), p "Z pairs", q a_positive, s span, g text COLLATE german);
        CREATE INDEX ix_coded ON a_coded USING gin (code gin_trgm_ops);
        CREATE TABLE later (id integer PRIMARY KEY, code text);
        CREATE FUNCTION a_rows() RETURNS SETOF later LANGUAGE plpgsql AS $$ DECLARE r later%ROWTYPE; BEGIN RETURN NEXT r; END $$;
        DO $do$ BEGIN EXECUTE 'CREATE FUNCTION atomic(x integer) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM later WHERE id > x; END'; END $do$;
        CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM later; END $$;
        CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
        CREATE AGGREGATE mean(integer) (SFUNC = int4_avg_accum, STYPE = bigint[], FINALFUNC = int8_avg, FINALFUNC_MODIFY = SHAREABLE, INITCOND = '{0,0}');
        CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);
        CREATE VIEW z_base WITH (security_barrier = true) AS SELECT id, code FROM later WHERE id === 1; COMMENT ON VIEW z_base IS 'base'; COMMENT ON COLUMN z_base.code IS 'of it';
        CREATE VIEW a_view AS SELECT z_base.id, r.code FROM z_base, a_rows() r; ALTER VIEW a_view ALTER COLUMN code SET DEFAULT 'x';
        CREATE MATERIALIZED VIEW a_kept AS SELECT id FROM a_view WITH NO DATA; CREATE UNIQUE INDEX ux_kept ON a_kept (id);
        CREATE TABLE of_view (v a_view, s a_kept);
        CREATE ACCESS METHOD z_heap TYPE TABLE HANDLER heap_tableam_handler; COMMENT ON ACCESS METHOD z_heap IS 'another heap';
        CREATE MATERIALIZED VIEW stored USING z_heap WITH (fillfactor = 50) AS SELECT id, code FROM later; CREATE INDEX ix_stored ON stored (code); COMMENT ON INDEX ix_stored IS 'it''s';
        ALTER MATERIALIZED VIEW stored CLUSTER ON ix_stored, ALTER code SET STORAGE EXTERNAL, ALTER code SET COMPRESSION pglz, ALTER code SET STATISTICS 50, ALTER id SET (n_distinct = 5);
        ALTER MATERIALIZED VIEW stored SET (toast.autovacuum_enabled = false); CREATE INDEX ix_upper ON stored (upper(code)); ALTER INDEX ix_upper ALTER COLUMN 1 SET STATISTICS 60;
        CREATE STATISTICS kept_together ON id, code FROM stored; ALTER STATISTICS kept_together SET STATISTICS 70; COMMENT ON STATISTICS kept_together IS 'both';
        COMMENT ON SCHEMA public IS 'ours';
        CREATE TABLE computed (n integer, twice integer GENERATED ALWAYS AS (n * 2) STORED); CREATE TABLE a_computed (n integer, twice integer) INHERITS (computed);
        CREATE TABLE z_default (a text DEFAULT 'x', b text); CREATE TABLE a_default (a text, b text DEFAULT 'y'); ALTER TABLE a_default INHERIT z_default;
        CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
        CREATE TRIGGER z_touch BEFORE UPDATE OF code ON later FOR EACH ROW WHEN (old.code IS DISTINCT FROM new.code) EXECUTE FUNCTION touched();
        ALTER TABLE later DISABLE TRIGGER z_touch; COMMENT ON TRIGGER z_touch ON later IS 'off';
        CREATE CONSTRAINT TRIGGER a_late AFTER INSERT ON later DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touched();
        CREATE POLICY own_rows ON later AS RESTRICTIVE FOR SELECT USING (id > 0);
        CREATE RULE no_delete AS ON DELETE TO later DO INSTEAD NOTHING;
        CREATE STATISTICS together ON id, code FROM later;
        CREATE TEXT SEARCH DICTIONARY z_words (TEMPLATE = pg_catalog.simple, StopWords = 'english', Accept = false);
        CREATE TEXT SEARCH CONFIGURATION a_search (COPY = pg_catalog.english); COMMENT ON TEXT SEARCH CONFIGURATION a_search IS 'words';
        ALTER TEXT SEARCH CONFIGURATION a_search ALTER MAPPING FOR asciiword, word WITH z_words, english_stem;
        ALTER TEXT SEARCH CONFIGURATION a_search DROP MAPPING FOR url;
        CREATE INDEX ix_search ON later USING gin (to_tsvector('a_search', code));
        CREATE FUNCTION to_pair(text) RETURNS pair LANGUAGE sql IMMUTABLE AS $$ SELECT 1, $1, $1 $$;
        CREATE CAST (text AS pair) WITH FUNCTION to_pair(text) AS ASSIGNMENT; CREATE CAST (pair AS xml) WITH INOUT;
        CREATE EXTENSION file_fdw; CREATE SERVER "z files" FOREIGN DATA WRAPPER file_fdw; COMMENT ON SERVER "z files" IS 'files';
        CREATE FOREIGN TABLE a_file (line text OPTIONS (force_not_null 'true') COLLATE "C" NOT NULL, n integer DEFAULT 7, CONSTRAINT ck_n CHECK (n > 0)) SERVER "z files" OPTIONS (filename '/nowhere''s', format 'csv');
        CREATE TABLE part (id integer, at date) PARTITION BY RANGE (at);
        CREATE TABLE a_part PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE FOREIGN TABLE a_file_part PARTITION OF part (CONSTRAINT ck_id CHECK (id > 0)) FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') SERVER "z files" OPTIONS (filename '/nowhere', format 'csv');
        CREATE FOREIGN TABLE a_file_heir (more text) INHERITS (y_owner) SERVER "z files" OPTIONS (filename '/nowhere'); COMMENT ON COLUMN a_file_heir.more IS 'more';
        ALTER FOREIGN TABLE a_file ALTER n SET STATISTICS 50, ALTER line SET (n_distinct = 5), ALTER line SET STORAGE MAIN; COMMENT ON COLUMN a_file.n IS 'it''s'; COMMENT ON CONSTRAINT ck_n ON a_file IS 'positive';
        CREATE TRIGGER file_touch BEFORE INSERT ON a_file FOR EACH ROW EXECUTE FUNCTION touched(); ALTER TABLE a_file DISABLE TRIGGER file_touch;
        CREATE TRIGGER part_touch AFTER INSERT ON part FOR EACH ROW EXECUTE FUNCTION touched();
        CREATE TRIGGER own_touch BEFORE UPDATE ON a_part FOR EACH ROW EXECUTE FUNCTION touched(); ALTER TABLE a_part DISABLE TRIGGER part_touch;
        CREATE POLICY own_part ON a_part USING (id > 0); CREATE RULE part_rule AS ON DELETE TO a_part DO ALSO NOTHING;
        CREATE VIEW writable AS SELECT id, code FROM later;
        CREATE TRIGGER a_write INSTEAD OF INSERT ON writable FOR EACH ROW EXECUTE FUNCTION touched(); COMMENT ON TRIGGER a_write ON writable IS 'of a view';
        CREATE RULE a_rewrite AS ON UPDATE TO writable DO INSTEAD NOTHING; COMMENT ON RULE a_rewrite ON writable IS 'of a view';
        CREATE UNLOGGED SEQUENCE lossy; COMMENT ON COLUMN pair.y IS 'the other';
        COMMENT ON CONSTRAINT a_positive_check ON DOMAIN a_positive IS 'why'; ALTER DOMAIN a_positive ADD CONSTRAINT small CHECK (VALUE < 100) NOT VALID;
        """;

    private const string InMariaDb = """
        CREATE SEQUENCE counted START WITH 5;
        CREATE TABLE item (id int PRIMARY KEY, n int);
        CREATE TABLE by_number (id int PRIMARY KEY DEFAULT nextval(counted), n int DEFAULT (nextval(counted) + 1), words text, FULLTEXT KEY (words)) ENGINE=MyISAM;
        CREATE VIEW numbers AS SELECT lastval(counted) AS last FROM item;
        CREATE VIEW z_base AS SELECT id, n FROM item;
        CREATE VIEW a_view AS SELECT b.id, double_it(b.n) AS twice FROM z_base b;
        CREATE TRIGGER z_first BEFORE INSERT ON item FOR EACH ROW BEGIN SET NEW.n = NEW.n + 1; SET @seen = 'it''s; `x`'; END;
        CREATE TRIGGER a_second BEFORE INSERT ON item FOR EACH ROW SET NEW.n = NEW.n * 2;
        SET sql_mode = 'ANSI_QUOTES', collation_connection = utf8mb4_bin;
        CREATE FUNCTION is_x(t text) RETURNS int DETERMINISTIC RETURN t = 'X' OR t = "t";
        SET sql_mode = DEFAULT, collation_connection = DEFAULT;
        CREATE PROCEDURE tidy(IN least int) BEGIN DELETE FROM item WHERE n < least; END;
        """;

    private const string InSqlite = """
        CREATE TABLE item (id INTEGER PRIMARY KEY, n INTEGER);
        CREATE VIEW z_base AS SELECT id, n FROM item;
        CREATE VIEW a_view AS SELECT id FROM z_base;
        CREATE TRIGGER touched AFTER UPDATE ON item BEGIN UPDATE item SET n = 'it''s;' WHERE id = new.id; SELECT 1; END;
        CREATE TRIGGER instead INSTEAD OF INSERT ON a_view BEGIN INSERT INTO item (id) VALUES (new.id); END;
        """;

    [TestMethod]
    [DataRow("postgresql", Dependent)]
    [DataRow("mariadb", "CREATE FUNCTION double_it(x int) RETURNS int DETERMINISTIC RETURN x * 2;" + InMariaDb)]
    [DataRow("sqlite", InSqlite)]
    public void Everything_comes_in_order_and_goes_again(string kind, string objects)
    {
        using var source = new SchemaServer(kind);
        using var target = new SchemaServer(kind);
        var empty = target.Dump();
        source.Execute(objects);
        using var project = new Project();
        Point(project, source);
        var written = project.Run("revision", "--from-database", "-m", "baseline").Ok();
        Assert.DoesNotContain("is not written", written.Error);
        Point(project, target);
        project.Run("upgrade", "head").Ok();
        Same(source.Dump(), target.Dump());
        project.Run("stamp", "head").Ok();
        project.Run("downgrade", "base").Ok();
        Same(empty, target.Dump());
        project.Run("upgrade", "head").Ok();
        Same(source.Dump(), target.Dump());
    }

    [TestMethod]
    public void What_a_partition_in_another_schema_has_besides_is_named()
    {
        using var source = new SchemaServer("postgresql");
        source.Execute("""
            CREATE SCHEMA old; CREATE TABLE part (id int, at date) PARTITION BY RANGE (at);
            CREATE TABLE old.part_2025 PARTITION OF part FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            GRANT SELECT ON old.part_2025 TO PUBLIC;
            """);
        using var project = new Project();
        Point(project, source);
        var written = project.Run("revision", "--from-database", "-m", "baseline").Ok();
        Assert.Contains("The access list 'old.part_2025' is not written", written.Error);
    }

    [TestMethod]
    public void Schemas_are_written_with_what_is_in_them()
    {
        using var source = new SchemaServer("postgresql");
        using var target = new SchemaServer("postgresql");
        var empty = target.Dump();
        source.Execute("""
            CREATE SCHEMA shop; COMMENT ON SCHEMA shop IS 'sells'; CREATE SCHEMA audit; CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext;
            CREATE TYPE shop.kind AS ENUM ('a'); CREATE SEQUENCE shop.numbers; CREATE FUNCTION shop.f(x int) RETURNS int LANGUAGE sql AS 'SELECT x';
            CREATE TABLE shop.item (id int PRIMARY KEY DEFAULT shop.f(1), k shop.kind, name ext.citext, n bigint DEFAULT nextval('shop.numbers'));
            CREATE TABLE audit.entry (id int PRIMARY KEY, item int REFERENCES shop.item);
            CREATE VIEW audit.seen AS SELECT * FROM shop.item;
            """);
        using var project = new Project();
        Point(project, source);
        var left = project.Run("revision", "--from-database", "-m", "left out").Ok();
        Assert.Contains(
            "2 schemas with 2 tables were left out: audit, shop; options.IncludeSchemas = true in env.cs includes other schemas",
            left.Error);
        Assert.Contains("// 2 schemas with 2 tables were left out: audit, shop;",
            File.ReadAllText(Directory.GetFiles(project.Path("alembic/versions"), "*.cs").Single()));
        Directory.Delete(project.Path("alembic/versions"), recursive: true);
        Directory.CreateDirectory(project.Path("alembic/versions"));
        project.Write("alembic/env.cs", IncludeSchemas);
        Assert.DoesNotContain("warning: ", project.Run("revision", "--from-database", "-m", "baseline").Ok().Error);
        Point(project, target);
        project.Run("upgrade", "head").Ok();
        Same(source.Dump(), target.Dump());
        project.Run("stamp", "head").Ok();
        project.Run("downgrade", "base").Ok();
        Same(empty, target.Dump());
    }

    [TestMethod]
    public void What_is_needed_and_left_out_is_named_and_an_extension_comes_with_its_schema()
    {
        using var source = new SchemaServer("postgresql");
        source.Execute("""
            CREATE SCHEMA ext; CREATE EXTENSION pg_trgm SCHEMA ext; CREATE TYPE ext.mood AS ENUM ('a'); CREATE TABLE ext.far (id int PRIMARY KEY);
            CREATE SCHEMA unused; CREATE EXTENSION citext SCHEMA unused;
            CREATE TABLE own (id int REFERENCES ext.far, m ext.mood, t text);
            CREATE INDEX ix_own ON own USING gin (t ext.gin_trgm_ops);
            CREATE FUNCTION ext.g() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT ext.g()';
            """);
        using var project = new Project();
        Point(project, source);
        var error = project.Run("revision", "--from-database", "-m", "baseline").Ok().Error;
        Assert.Contains("The table 'own' needs the enum type 'ext.mood'; options.IncludeSchemas = true in env.cs includes other "
            + "schemas; delete the revision then, and write it again", error);
        Assert.Contains("The table 'own' needs the table 'ext.far'", error);
        Assert.Contains("The function 'f()' needs the function 'ext.g()'", error);
        var text = File.ReadAllText(Directory.GetFiles(project.Path("alembic/versions"), "*.cs").Single());
        Assert.Contains("// - The table 'own' needs the enum type 'ext.mood'", text);
        Assert.Contains("op.CreateSchema(\"ext\", ifNotExists: true);", text);
        Assert.Contains("CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA ext", text);
        Assert.DoesNotContain("citext", text);

        // That is the way out.
        project.Write("alembic/env.cs", IncludeSchemas);
        project.Run("revision", "--from-database", "-m", "again").Fails(64,
            "--from-database writes the first revision, but there are revisions already",
            "dotnet alembic revision --autogenerate; to write the first revision again, delete its file first");
        File.Delete(Directory.GetFiles(project.Path("alembic/versions"), "*.cs").Single());
        Assert.DoesNotContain("warning: ", project.Run("revision", "--from-database", "-m", "baseline").Ok().Error);
        using var target = new SchemaServer("postgresql");
        Point(project, target);
        project.Run("upgrade", "head").Ok();
        Same(source.Dump(), target.Dump());
    }

    [TestMethod]
    public void A_foreign_key_without_its_table_is_named_and_the_rest_is_written()
    {
        using var source = new SchemaServer("mariadb");
        using var target = new SchemaServer("mariadb");
        source.Execute(
            "CREATE TABLE gone (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, g int, CONSTRAINT fk_gone FOREIGN KEY (g) "
                + "REFERENCES gone (id)); SET foreign_key_checks = 0; DROP TABLE gone");
        using var project = new Project();
        Point(project, source);
        var error = project.Run("revision", "--from-database", "-m", "baseline").Ok().Error;
        Assert.Contains("The foreign key 'fk_gone on t' is not written: there is no table 'gone'", error);
        Point(project, target);
        project.Run("upgrade", "head").Ok();
    }

    [TestMethod]
    public void A_collation_of_an_application_is_named_and_can_be_registered()
    {
        using var project = new Project();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={project.Path("test.db")};Pooling=False"))
        {
            connection.Open();
            connection.CreateCollation("unicase", string.CompareOrdinal);
            using var command = connection.CreateCommand();
            command.CommandText =
                "CREATE TABLE field (id INTEGER PRIMARY KEY, name TEXT COLLATE 'unicase', other TEXT COLLATE nocase); CREATE INDEX ix ON "
                    + "field (name)";
            command.ExecuteNonQuery();
        }
        var error = project.Run("revision", "--from-database", "-m", "baseline").Ok().Error;
        Assert.Contains(
            "The collation 'unicase' is not written: SQLite does not know it, and what uses it fails unless options.OnConnected in "
                + "env.cs calls CreateCollation", error);
        Assert.DoesNotContain("nocase", error);
        File.Delete(project.Path("test.db"));
        Assert.Contains("no such collation sequence: unicase", project.Run("upgrade", "head").Error);
        project.Write("alembic/env.cs",
            """
            using Alembic;
            using Microsoft.Data.Sqlite;

            public sealed class Env : MigrationEnvironment
            {
                public override void Configure(EnvironmentOptions options) =>
                    options.OnConnected = connection => ((SqliteConnection)connection).CreateCollation("unicase", string.CompareOrdinal);
            }
            """);
        project.Run("upgrade", "head").Ok();
        // A copy is looked at without the application's collations.
        project.Run("downgrade", "base", "--no-backup").Ok();
    }

    [TestMethod]
    public void A_domain_keeps_the_name_of_its_NOT_NULL()
    {
        using var source = new SchemaServer("postgresql18");
        using var target = new SchemaServer("postgresql18");
        source.Execute("CREATE DOMAIN named AS int CONSTRAINT \"is There\" NOT NULL");
        source.Execute("CREATE DOMAIN usual AS int NOT NULL CHECK (VALUE > 0)");
        using var project = new Project();
        Point(project, source);
        project.Run("revision", "--from-database", "-m", "baseline").Ok();
        Point(project, target);
        project.Run("upgrade", "head").Ok();
        Same(source.Dump(), target.Dump());
    }

    [TestMethod]
    [DataRow("postgresql")]
    [DataRow("postgresql18")]
    public void A_dropped_table_comes_back_with_the_triggers_of_its_partitions(string kind)
    {
        using var source = new SchemaServer(kind);
        source.Execute("""
            CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
            CREATE TABLE part (id integer, at date) PARTITION BY RANGE (at);
            CREATE TABLE a_part PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE TABLE b_part PARTITION OF part DEFAULT PARTITION BY HASH (id); CREATE TABLE c_part PARTITION OF b_part FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            CREATE TRIGGER t AFTER INSERT ON part FOR EACH ROW EXECUTE FUNCTION touched(); ALTER TABLE c_part DISABLE TRIGGER t;
            CREATE TRIGGER own BEFORE UPDATE ON c_part FOR EACH ROW EXECUTE FUNCTION touched(); CREATE POLICY p ON a_part USING (id > 0);
            """);
        var before = source.Dump();
        using var project = new Project();
        Point(project, source);
        BaselineTests.Model(project, new MetaData([]));
        project.Run("revision", "--autogenerate", "-m", "drop").Ok();
        project.Run("upgrade", "head").Ok();
        project.Run("downgrade", "base").Ok();
        Same(before, source.Dump());
    }

    [TestMethod]
    public void Many_of_one_kind_are_named_in_one_line()
    {
        using var source = new SchemaServer("postgresql");
        source.Execute(string.Concat(Enumerable.Range(0, 6).Select(i => $"CREATE TABLE t{i} (a int); GRANT SELECT ON t{i} TO PUBLIC;")));
        using var project = new Project();
        Point(project, source);
        var error = project.Run("revision", "--from-database", "-m", "baseline").Ok().Error;
        Assert.Contains("6 of one kind, access list, are not written (t0, t1, t2, t3, t4, t5): add it with op.Execute", error);
    }

    [TestMethod]
    public void A_kind_that_is_not_written_is_named_by_what_the_server_calls_it()
    {
        using var source = new SchemaServer("postgresql");
        source.Execute("""
            CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER away FOREIGN DATA WRAPPER nothing; CREATE USER MAPPING FOR PUBLIC SERVER away OPTIONS (password 'hush');
            CREATE TABLE t (id int); CREATE PUBLICATION all_of_it FOR TABLE t; CREATE OPERATOR FAMILY mine USING btree;
            CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER every_ddl ON ddl_command_start EXECUTE FUNCTION on_ddl();
            CREATE EXTENSION citext; ALTER FUNCTION on_ddl() DEPENDS ON EXTENSION citext;
            """);
        using var project = new Project();
        Point(project, source);
        var error = project.Run("revision", "--from-database", "-m", "baseline").Ok().Error;
        foreach (var name in new[]
        {
            "user mapping 'public on server away'", "event trigger 'every_ddl'", "foreign-data wrapper 'nothing'",
            "operator family 'public.mine USING btree'", "publication 'all_of_it'",
            "dependency on an extension 'function public.on_ddl() on citext'",
        })
            Assert.Contains($"The {name} is not written: add it with op.Execute", error);
    }

    [TestMethod]
    public void A_view_that_reads_itself_is_named_and_so_is_what_needs_it()
    {
        using var source = new SchemaServer("postgresql");
        using var target = new SchemaServer("postgresql");
        source.Execute("""
            CREATE VIEW own AS SELECT 1 AS x; CREATE OR REPLACE VIEW own AS SELECT x FROM own;
            CREATE VIEW a AS SELECT 1 AS x; CREATE VIEW b AS SELECT x FROM a; CREATE OR REPLACE VIEW a AS SELECT x FROM b;
            CREATE VIEW above AS SELECT x FROM a; CREATE RULE r AS ON INSERT TO above DO INSTEAD NOTHING;
            CREATE VIEW fine AS SELECT 1 AS x; CREATE RULE r AS ON INSERT TO fine DO INSTEAD NOTHING;
            """);
        using var project = new Project();
        Point(project, source);
        var error = project.Run("revision", "--from-database", "-m", "baseline").Ok().Error;
        foreach (var name in new[] { "view 'own'", "view 'a'", "view 'b'", "view 'above'", "rule 'r on above'" })
            Assert.Contains($"The {name} is not written", error);
        Assert.DoesNotContain("fine", error);
        Point(project, target);
        project.Run("upgrade", "head").Ok();
        Assert.Contains("fine", target.Dump());
    }

    [TestMethod]
    public void Tables_of_SQLite_keep_the_names_of_their_clauses_and_keys_to_nowhere_are_named()
    {
        using var project = new Project();
        const string Named = "CREATE TABLE t (a INT CONSTRAINT nn NOT NULL CONSTRAINT df DEFAULT 5, b TEXT CONSTRAINT co COLLATE NOCASE)";
        project.Sql(Named + "; CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INT REFERENCES missing (id))");
        var error = project.Run("revision", "--from-database", "-m", "baseline").Ok().Error;
        Assert.Contains("The table 'u' points to the table 'missing', which this revision does not create", error);
        Assert.DoesNotContain("IncludeSchemas", error);
        Assert.Contains(Named, File.ReadAllText(Directory.GetFiles(project.Path("alembic/versions"), "*.cs").Single()));
    }

    [TestMethod]
    public void A_second_owner_is_named()
    {
        using var source = new SchemaServer("postgresql");
        source.Execute("""
            DO $$ BEGIN CREATE ROLE alembic_second; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
            GRANT ALL ON SCHEMA public TO alembic_second;
            CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id serial PRIMARY KEY); CREATE TABLE c (id serial PRIMARY KEY);
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
            ALTER TABLE b OWNER TO alembic_second; ALTER FUNCTION f() OWNER TO alembic_second
            """);
        using var project = new Project();
        Point(project, source);
        var error = project.Run("revision", "--from-database", "-m", "baseline").Ok().Error;
        foreach (var thing in new[] { "function public.f()", "table public.b" })
            Assert.Contains($"The owner 'alembic_second of the {thing}' is not written: add it with op.Execute", error);
        Assert.DoesNotContain("sequence", error);
        Assert.DoesNotContain("public.a", error);
    }

    // Servers have such rows now and then, left by what was dropped.
    [TestMethod]
    public void What_is_only_left_in_the_dependencies_is_not_named()
    {
        using var source = new SchemaServer("postgresql");
        source.Execute("""
            CREATE TABLE t (id INT PRIMARY KEY);
            INSERT INTO pg_depend VALUES ('pg_proc'::regclass, 99999999, 0, 'pg_namespace'::regclass, 'public'::regnamespace, 0, 'n')
            """);
        using var project = new Project();
        Point(project, source);
        Assert.DoesNotContain("warning: ", project.Run("revision", "--from-database", "-m", "baseline").Ok().Error);
    }

    [TestMethod]
    public void Many_tables_are_several_revisions_that_follow_one_another()
    {
        using var project = new Project();
        project.Sql(string.Concat(Enumerable.Range(0, 300).Select(i =>
            $"CREATE TABLE big_{i:000} (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES big_{Math.Max(i - 1, 0):000}, "
                + $"{string.Join(", ", Enumerable.Range(0, 14).Select(c => $"some_column_{c} VARCHAR(255) DEFAULT 'v{c}' NOT NULL"))});")));
        project.Run("revision", "--from-database", "-m", "baseline").Ok();
        var files = Directory.GetFiles(project.Path("alembic/versions"), "*.cs");
        Assert.IsGreaterThan(1, files.Length);
        Assert.IsTrue(files.All(file => new FileInfo(file).Length < 1 << 20));
        Assert.Contains($"baseline, part 2 of {files.Length}", project.Run("history").Ok().Out);
        File.Delete(project.Path("test.db"));
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("300", project.Rows("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'big%'").Single());
        project.Run("downgrade", "base").Ok();
        Assert.AreEqual("0", project.Rows("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'big%'").Single());
    }

    private static void Same(string expected, string actual)
    {
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        Assert.AreEqual("", string.Join('\n', a.Except(b).Select(line => "- " + line).Concat(b.Except(a).Select(line => "+ " + line))));
    }

    private static void Point(Project project, SchemaServer server) => project.Write("alembic.ini",
        string.Join('\n', File.ReadAllLines(project.Path("alembic.ini")).Select(line =>
            line.StartsWith("sqlalchemy.url", StringComparison.Ordinal)
            ? $"sqlalchemy.url = {server.Url.Replace("%", "%%", StringComparison.Ordinal)}"
            : line)));
}
