using Alembic.Autogenerate;
using Alembic.Databases.SqlServer;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>A baseline of what is no table: written with its own text, or named.</summary>
[TestClass]
public sealed class SqlServerUnmappedTests
{
    private static readonly SqlServerDialect Dialect = new();
    private static readonly Comparison Baseline = Read(Shop.Full());

    [TestMethod]
    public void Each_comes_after_what_it_needs()
    {
        var script = Script();
        string[] order =
        [
            "CREATE SCHEMA sales", "CREATE TYPE [Flag] FROM BIT NOT NULL", "CREATE FUNCTION twice", "CREATE TABLE customer",
            "CREATE VIEW earlier", "CREATE VIEW later",
        ];
        var places = order.Select(text => script.IndexOf(text, StringComparison.Ordinal)).ToList();
        Assert.IsGreaterThanOrEqualTo(0, places.Min(), script);
        CollectionAssert.AreEqual(places.Order().ToList(), places);
        Assert.IsGreaterThan(script.IndexOf("CREATE TABLE customer", StringComparison.Ordinal),
            script.IndexOf("CREATE FUNCTION buyers", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Sequences_types_and_synonyms_keep_what_they_are()
    {
        var script = Script();
        Assert.Contains(
            "CREATE SEQUENCE ticket AS int START WITH 100 INCREMENT BY 5 MINVALUE 1 MAXVALUE 99999999999999999999 CYCLE CACHE 20", script);
        Assert.Contains(
            "CREATE SEQUENCE sales.long AS decimal(20) START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 99999999999999999999 NO CYCLE NO CACHE",
            script);
        Assert.Contains("CREATE SYNONYM client FOR [dbo].[customer]", script);
        Assert.Contains("CREATE PROCEDURE tidy", script);
        Assert.Contains("CREATE TRIGGER watch", script);
    }

    [TestMethod]
    public void What_cannot_be_written_is_named_with_its_reason()
    {
        var heading = Baseline.Heading;
        Assert.IsNotNull(heading);
        foreach (var text in new[] { "columnstore index: ix_fast", "graph table: sales.side", "table type: ids" })
            Assert.Contains(text, heading);
        Assert.Contains("procedure: secret, old", heading);
        var log = string.Join('\n', Baseline.Log.Select(l => l.Message));
        Assert.Contains("its text is encrypted, or not shown to this user", log);
        Assert.Contains("it was created with ANSI_NULLS or QUOTED_IDENTIFIER off", log);
    }

    [TestMethod]
    public void The_way_back_drops_them_before_what_they_need()
    {
        var script = Scripts.Of(Dialect, op =>
        {
            foreach (var operation in Baseline.DowngradeOperations)
                op.Invoke(operation);
        });
        TransactSql.Parse(script);
        foreach (var (first, second) in new[]
        {
            ("DROP VIEW later", "DROP VIEW earlier"), ("DROP TABLE customer", "DROP FUNCTION twice"),
            ("DROP PROCEDURE sales.tidy", "DROP SCHEMA sales"),
        })
        {
            Assert.IsLessThan(script.IndexOf(second, StringComparison.Ordinal), script.IndexOf(first, StringComparison.Ordinal), script);
        }
    }

    private static string Script()
    {
        var script = Scripts.Of(Dialect, op =>
        {
            foreach (var operation in Baseline.UpgradeOperations)
                op.Invoke(operation);
        });
        TransactSql.Parse(script);
        return script;
    }

    private static Comparison Read(Catalogue catalogue)
    {
        var database = Dialect.Inspect(catalogue, allSchemas: true);
        return Alembic.Autogenerate.Baseline.Of(database, Dialect.UnmappedObjects(catalogue, database, allSchemas: true), Dialect,
            new ComparisonOptions());
    }
}
