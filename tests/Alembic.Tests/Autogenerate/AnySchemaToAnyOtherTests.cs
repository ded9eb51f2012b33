using Alembic.Databases.Sqlite;

namespace Alembic.Tests.Autogenerate;

/// <summary>
/// A database at one random schema and a model that is another: the upgrade leaves nothing to be found, the downgrade brings back what
/// there was.
/// </summary>
[TestClass]
public sealed class AnySchemaToAnyOtherTests
{
    [TestMethod]
    public void On_sqlite() => SchemaPairs.Check(new SqliteDialect(), 500, (from, to, seed) =>
    {
        using var session = Journey.InMemory([]);
        var journey = new Journey(new SqliteDialect(), session);
        var views = new RandomViews(journey, new SqliteDialect(), from, to, seed);
        journey.Make(from, to, start: views.Create, between: views.Work, heed: views.Heed);
        views.Restore();
        session.Check();
    });
}
