namespace Alembic.Tool.Tests.Connections;

/// <summary>What a migration changes in its session reaches neither the tool's own statements nor the next migration.</summary>
[TestClass]
public sealed class SessionStateTests
{
    [TestMethod]
    [DataRow("SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.item (id int)")]
    [DataRow("CREATE SCHEMA app; SET search_path TO app; CREATE TABLE public.item (id int)")]
    [DataRow("CREATE TABLE item (id int); SET ROLE pg_monitor")]
    [DataRow("CREATE TABLE item (id int); SET SESSION AUTHORIZATION pg_monitor")]
    public void The_next_migration_on_PostgreSQL_finds_the_session_as_it_was(string sql)
    {
        using var database = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one", upgrade: $"op.Execute(\"{sql}\");");
        database.Project.Revision("bbb200000002", "two", "aaa100000001", upgrade: "op.Execute(\"INSERT INTO item VALUES (1)\");");
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("bbb200000002 1", database.Row("SELECT version_num || ' ' || id FROM public.alembic_version, public.item"));
    }

    [TestMethod]
    public void A_search_path_that_an_autocommit_block_sets_hides_no_table_of_ours()
    {
        using var database = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"CREATE SCHEMA app; SET search_path TO app\"); "
            + "op.AutocommitBlock(() => { op.Execute(\"CREATE TABLE item (id int)\"); op.Execute(\"CREATE INDEX CONCURRENTLY ix ON item "
            + "(id)\"); });");
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("aaa100000001 app.item",
            database.Row("SELECT version_num || ' ' || to_regclass('app.item') FROM public.alembic_version"));
        Assert.AreEqual("0", database.Row("SELECT count(*) FROM pg_tables WHERE schemaname = 'app' AND tablename LIKE 'alembic%'"));
    }

    [TestMethod]
    [DataRow("COMMIT; ALTER TYPE kind ADD VALUE 'b'; BEGIN")]
    [DataRow("ROLLBACK")]
    [DataRow("END")]
    public void SQL_that_ends_the_transaction_is_refused_on_PostgreSQL(string sql)
    {
        using var database = new PostgreSqlProject();
        database.Execute("CREATE TYPE kind AS ENUM ('a')");
        database.Project.Revision("aaa100000001", "one", upgrade: $"op.Execute(\"CREATE TABLE item (id int)\"); op.Execute(\"{sql}\");");
        var result = database.Project.Run("upgrade", "head")
            .Fails(1, "aaa100000001: A migration cannot end");
        Assert.Contains("op.AutocommitBlock", result.Error);
        Assert.AreEqual("0", database.Row("SELECT count(*) FROM pg_tables WHERE tablename = 'item'"));
    }

    [TestMethod]
    [DataRow("USE information_schema")]
    [DataRow("SET sql_mode = 'ANSI_QUOTES', foreign_key_checks = 0, autocommit = 0")]
    [DataRow("SET time_zone = '+05:00'")]
    public void The_next_migration_on_MariaDB_finds_the_session_as_it_was(string sql)
    {
        using var database = new MySqlProject("mariadb");
        database.Project.Revision("aaa100000001", "one",
            upgrade: $"op.Execute(\"CREATE TABLE item (id int, t TIMESTAMP)\"); op.Execute(\"{sql}\");");
        database.Project.Revision("bbb200000002", "two", "aaa100000001",
            upgrade: "op.Execute(\"INSERT INTO item VALUES (1, TIMESTAMP'2026-01-02 03:04:05')\");");
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("bbb200000002 1 2026-01-02 03:04:05",
            database.Row("SELECT CONCAT(version_num, ' ', id, ' ', t) FROM alembic_version, item"));
    }

    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mariadb-11.8")]
    [DataRow("mysql")]
    public void The_next_step_on_MySQL_may_write_whatever_the_last_one_said_of_its_transactions(string kind)
    {
        const string Sql = "op.Execute(\"SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED, READ ONLY\");";
        using var database = new MySqlProject(kind);
        database.Project.Revision("aaa100000001", "one", upgrade: $"op.Execute(\"CREATE TABLE item (id int)\"); {Sql}",
            downgrade: "op.Execute(\"DROP TABLE item\");");
        database.Project.Revision("bbb200000002", "two", "aaa100000001", upgrade: "op.Execute(\"INSERT INTO item VALUES (1)\");",
            downgrade: $"op.Execute(\"DELETE FROM item\"); {Sql}");
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("bbb200000002 1", database.Row("SELECT CONCAT(version_num, ' ', id) FROM alembic_version, item"));
        database.Project.Run("downgrade", "base").Ok();
    }

    [TestMethod]
    [DataRow("mariadb", "LOCK TABLES item WRITE", "LOCK TABLES", "Execute")]
    [DataRow("mariadb", "LOCK TABLES item WRITE", "LOCK TABLES", "Query")]
    [DataRow("mysql", "UNLOCK TABLES; lock table item READ", "LOCK TABLES", "Execute")]
    [DataRow("mariadb", "FLUSH TABLES WITH READ LOCK", "FLUSH TABLES", "Execute")]
    public void A_lock_that_outlives_its_text_is_refused_before_it_is_taken(string kind, string sql, string named, string call)
    {
        using var database = new MySqlProject(kind);
        database.Project.Revision("aaa100000001", "one", upgrade: $"op.Execute(\"CREATE TABLE item (id int)\"); op.{call}(\"{sql}\");");
        var result = database.Project.Run("upgrade", "head")
            .Fails(1, $"aaa100000001: {named} would keep the run from recording its progress");
        Assert.Contains("hint: put it, the statements that need it and UNLOCK TABLES into one op.Execute; ", result.Error);
        database.Project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"CREATE TABLE item (id int)\"); "
            + "op.Execute(\"LOCK TABLES item WRITE; INSERT INTO item VALUES (1); UNLOCK TABLES\");");
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("aaa100000001 1", database.Row("SELECT CONCAT(version_num, ' ', id) FROM alembic_version, item"));
    }

    [TestMethod]
    public void The_schema_of_the_version_table_is_created()
    {
        using var database = new PostgreSqlProject();
        database.Project.Write("alembic/env.cs",
            "using Alembic; public sealed class Env : MigrationEnvironment { public override void Configure(EnvironmentOptions options) "
                + "=> options.VersionTableSchema = \"App\"; }");
        database.Project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"CREATE SCHEMA IF NOT EXISTS \\\"App\\\"\");");
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("aaa100000001", database.Row("SELECT version_num FROM \"App\".alembic_version"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("--guarded")]
    [DataRow("--idempotent")]
    public void A_script_creates_the_schema_of_the_version_table(string option)
    {
        using var database = new PostgreSqlProject();
        database.Project.Write("alembic/env.cs",
            "using Alembic; public sealed class Env : MigrationEnvironment { public override void Configure(EnvironmentOptions options) "
                + "=> options.VersionTableSchema = \"App's\"; }");
        database.Project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"CREATE TABLE item (id int)\");");
        var script = database.Project.Run(["upgrade", "head", "--sql", .. option.Length > 0 ? [option] : Array.Empty<string>()]).Ok().Out;
        database.Execute(script.Replace("\\set ON_ERROR_STOP on", "", StringComparison.Ordinal));
        Assert.AreEqual("aaa100000001", database.Row("SELECT version_num FROM \"App's\".alembic_version"));
    }

    [TestMethod]
    public void A_version_table_of_another_schema_on_the_search_path_is_not_ours()
    {
        using var database = new PostgreSqlProject("?options=-c%20search_path%3Dtenant,public");
        database.Execute(
            "CREATE SCHEMA tenant; CREATE TABLE public.alembic_version (version_num varchar(32)); INSERT INTO public.alembic_version "
                + "VALUES ('aaa100000001')");
        database.Project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"CREATE TABLE item (id int)\");");
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("tenant.item tenant.alembic_version",
            database.Row("SELECT to_regclass('tenant.item') || ' ' || to_regclass('tenant.alembic_version')"));
    }

    [TestMethod]
    public void A_new_version_table_holds_a_long_revision_id()
    {
        const string Id = "0001_customer_invoice_add_paid_at_and_reference";
        using var database = new MySqlProject("mariadb");
        database.Project.Revision(Id, "one", upgrade: "op.Execute(\"CREATE TABLE item (id int)\");");
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual(Id, database.Row("SELECT version_num FROM alembic_version"));
    }

    [TestMethod]
    public void A_revision_id_that_the_version_table_cannot_hold_is_refused_before_anything_runs()
    {
        using var database = new MySqlProject("mariadb");
        database.Execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)");
        database.Project.Revision("0001_customer_invoice_add_paid_at_and_reference", "one",
            upgrade: "op.Execute(\"CREATE TABLE item (id int)\");");
        database.Project.Run("upgrade", "head")
            .Fails(1,
                "Revision identifier '0001_customer_invoice_add_paid_at_and_reference' is 47 characters long; the column "
                    + "alembic_version.version_num holds 32");
        Assert.AreEqual("0",
            database.Row("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'item'"));
    }
}
