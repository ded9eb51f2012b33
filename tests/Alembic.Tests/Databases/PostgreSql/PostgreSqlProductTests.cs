using Alembic.Databases.PostgreSql;
using Alembic.Operations;
using Alembic.Tests.Migrations;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>Products that speak the language of PostgreSQL: none is here, but a server says that it is one.</summary>
[TestClass]
public sealed class PostgreSqlProductTests
{
    private const string Cockroach = "CockroachDB CCL v25.2.0 (x86_64-pc-linux-gnu, built 2025/05/27, go1.23.7)";
    private const string Yugabyte = "PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang version 17.0.6, 64-bit";

    [TestMethod]
    [DataRow(Cockroach, "CockroachDB")]
    [DataRow(Yugabyte, "YugabyteDB")]
    [DataRow("PostgreSQL 18.1 (Debian 18.1-1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit", null)]
    [DataRow("PostgreSQL 16.4 on aarch64-unknown-linux-gnu, compiled by aarch64-unknown-linux-gnu-gcc (GCC) 9.5.0, 64-bit", null)]
    [DataRow("PostgreSQL 15.3 (EnterpriseDB Advanced Server 15.3.0) on x86_64-pc-linux-gnu", null)]
    public void A_product_is_known_by_its_version(string version, string? name) =>
        Assert.AreEqual(name, PostgreSqlProduct.Of(version)?.Name);

    [TestMethod]
    public void A_product_without_locks_is_refused_before_anything_is_changed()
    {
        using var database = new PostgreSqlDatabase();
        using var story = On(database, Cockroach);
        var error = Assert.Throws<UnsupportedProductException>(() => story.Upgrade());
        Assert.StartsWith("CockroachDB is not supported: its advisory locks do nothing", error.Message);
        Assert.AreEqual("0", Count(database));
    }

    [TestMethod]
    public void Of_a_product_that_may_keep_a_part_of_what_failed_the_user_is_warned()
    {
        using var database = new PostgreSqlDatabase();
        using var story = On(database, Yugabyte);
        List<string> lines = [];
        story.OnLog = lines.Add;
        story.Upgrade();
        Assert.ContainsSingle(line => line.StartsWith("YugabyteDB: each change of a table may be ", StringComparison.Ordinal), lines);
        Assert.AreEqual("2", Count(database));
    }

    // Its function comes before the server's own.
    private static Story On(PostgreSqlDatabase database, string version)
    {
        Run(database, $"CREATE SCHEMA fake; CREATE FUNCTION fake.version() RETURNS text LANGUAGE sql AS $$SELECT '{version}'::text$$");
        return new Story
        {
            Database = () => new TestDatabase(PostgreSqlDatabase.Dialect, () =>
            {
                var connection = database.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "SET search_path = public, fake, pg_catalog";
                command.ExecuteNonQuery();
                return connection;
            }, "postgresql://"),
        }.Then("a1", op => op.Execute("CREATE TABLE a (id int)"));
    }

    private static string Count(PostgreSqlDatabase database) =>
        Run(database, "SELECT count(*)::text FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('a', 'alembic_version')");

    private static string Run(PostgreSqlDatabase database, string sql)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string ?? "";
    }
}
