using Alembic.Tests.Databases.MySql;

namespace Alembic.Tests.Autogenerate;

/// <summary>The same as <see cref="AnySchemaToAnyOtherTests"/>, on MariaDB and MySQL.</summary>
[TestClass]
public sealed class AnySchemaToAnyOtherOnMySqlTests
{
    public static IEnumerable<object[]> Servers => SchemaPairs.Asked(
    [
        ["mariadb", false], ["mariadb-11.8", false], ["mysql", false], ["mariadb-folding", false], ["mariadb", true],
        // A role without rights takes minutes on MySQL.
        .. FixedSamples.Drawn is not null ? new object[][] { ["mysql", true] } : [],
    ]);

    [TestMethod]
    [DynamicData(nameof(Servers))]
    public void On_mysql(string kind, bool isPlain)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind), isPlain);
        SchemaPairs.Check(database.Dialect, isPlain || kind == "mariadb-folding" ? 60 : 200, (from, to, seed) =>
        {
            try
            {
                to = SchemaPairs.WithSequence(from, to, database.Dialect);
                var journey = new Journey(database.Dialect, database.Session);
                var views = new RandomViews(journey, database.Dialect, from, to, seed);
                journey.Make(from, to, start: views.Create, between: views.Work, heed: views.Heed);
                views.Restore();
            }
            finally
            {
                database.DropTables();
            }
        });
    }
}
