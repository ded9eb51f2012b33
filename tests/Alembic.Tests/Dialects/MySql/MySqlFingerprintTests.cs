using Alembic.Operations;

namespace Alembic.Tests.Dialects.MySql;

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
}
