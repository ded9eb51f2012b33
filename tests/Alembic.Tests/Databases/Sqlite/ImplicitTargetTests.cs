using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Tests.Autogenerate;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>A foreign key that names no columns means the primary key of the other table.</summary>
[TestClass]
public sealed class ImplicitTargetTests
{
    [TestMethod]
    [DataRow("CREATE TABLE t (a INT REFERENCES nowhere)", true)]
    [DataRow("CREATE TABLE t (a INT REFERENCES both)", true)]
    [DataRow("CREATE TABLE t (a INT REFERENCES none)", true)]
    [DataRow("CREATE TABLE t (a INT, b INT, FOREIGN KEY (a, b) REFERENCES BOTH)", false)]
    [DataRow("CREATE TABLE t (a INT REFERENCES nowhere (a))", false)]
    public void Where_that_is_not_known_a_baseline_has_the_table_as_it_is(string sql, bool isVerbatim)
    {
        using var session = Journey.InMemory([]);
        foreach (var text in new[] { sql, "CREATE TABLE both (a INT, b INT, PRIMARY KEY (a, b))", "CREATE TABLE none (a INT)" })
            session.Query(new Statement(text));
        var dialect = new SqliteDialect();
        var texts = dialect.UnmappedObjects(session, dialect.Inspect(session, false), false)
            .Where(u => u.Name == "t").SelectMany(u => u.Instead).OfType<Execute>().Select(e => e.Text).ToList();
        CollectionAssert.AreEqual(isVerbatim ? [sql] : Array.Empty<string>(), texts);
    }
}
