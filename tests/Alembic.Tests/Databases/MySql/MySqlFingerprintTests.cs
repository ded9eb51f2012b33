using System.Data.Common;
using Alembic.Operations;
using Alembic.Migrations;

namespace Alembic.Tests.Databases.MySql;

/// <summary>By what a broken-off statement is told from one that was carried out.</summary>
[TestClass]
public sealed class MySqlFingerprintTests
{
    [TestMethod]
    public void What_others_do_in_another_database_changes_nothing_unless_the_statement_names_it()
    {
        using var mine = new MariaDbDatabase();
        using var theirs = new MariaDbDatabase();
        var name = (string)theirs.Session.Query(new Statement("SELECT DATABASE() AS name")).Single()["name"]!;
        const string Own = "CREATE TABLE pet (id INT)";
        var other = $"CREATE TABLE `{name}`.pet (id INT)";
        string?[] Fingerprints() => [mine.Dialect.Fingerprint(mine.Session, Own), mine.Dialect.Fingerprint(mine.Session, other)];

        var before = Fingerprints();
        theirs.Session.Execute(new Statement(Own));
        var after = Fingerprints();
        Assert.AreEqual(before[0], after[0]);
        Assert.AreNotEqual(before[1], after[1]);

        mine.Session.Execute(new Statement(Own));
        Assert.AreNotEqual(after[0], Fingerprints()[0]);
    }

    [TestMethod]
    public void Neither_it_nor_the_inspector_opens_the_tables_of_all_databases()
    {
        using var database = new MariaDbDatabase();
        database.Session.Execute(new Statement("CREATE TABLE pet (id INT PRIMARY KEY)"));
        var explaining = new Explaining(database.Session);
        database.Dialect.Fingerprint(explaining, "CREATE TABLE leg (id INT)");
        database.Dialect.Inspect(explaining, allSchemas: false);
        Assert.IsGreaterThan(6, explaining.Plans.Count);
        foreach (var plan in explaining.Plans)
            Assert.DoesNotContain("Scanned all databases", plan);
    }

    /// <summary>Notes how each query will be carried out.</summary>
    private sealed class Explaining(OnlineSession session) : IMigrationSession
    {
        public List<string> Plans { get; } = [];

        public bool IsOffline => false;

        public DbConnection Connection => session.Connection;

        public DbTransaction? Transaction => session.Transaction;

        public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement)
        {
            Plans.Add(
                $"{statement.Text}\n"
                    + string.Join('\n', session.Query(statement with { Text = "EXPLAIN " + statement.Text }).Select(row => row["Extra"])));
            return session.Query(statement);
        }

        public void Autocommit(Action block) => session.Autocommit(block);

        public void BeforeCommit(string name, Func<Action> guard) => session.BeforeCommit(name, guard);
    }
}
