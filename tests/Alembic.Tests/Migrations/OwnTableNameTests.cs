using System.Text;

namespace Alembic.Tests.Migrations;

[TestClass]
public sealed class OwnTableNameTests
{
    [TestMethod]
    [DataRow("alembic_version", "alembic_lock", "alembic_journal", "alembic_history", "alembic_version_pkc")]
    [DataRow("shop", "shop_alembic_lock", "shop_journal", "shop_history", "shop_pkc")]
    public void A_table_has_its_name_from_the_version_table(
        string version, string lockTable, string journal, string history, string key)
    {
        var options = new EnvironmentOptions { VersionTable = version };
        Assert.AreEqual((lockTable, journal, history, key),
            (options.LockTable, options.JournalTable, options.HistoryTable, options.VersionKey));
    }

    [TestMethod]
    [DataRow("abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_a")]
    [DataRow("ääääääääääääääääääääääääää")]
    public void No_name_is_longer_than_a_database_takes(string version)
    {
        var (one, other) = (new EnvironmentOptions { VersionTable = version }, new EnvironmentOptions { VersionTable = version + "b" });
        string[] names = [.. Names(one), .. Names(other)];
        Assert.HasCount(8, names.Distinct());
        foreach (var name in names)
            Assert.IsLessThanOrEqualTo(63, Encoding.UTF8.GetByteCount(name), name);
        Assert.IsTrue(one.IsOwnTable(one.LockTable));

        static string[] Names(EnvironmentOptions options) =>
            [options.LockTable, options.JournalTable, options.HistoryTable, options.VersionKey];
    }
}
