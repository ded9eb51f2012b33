using Alembic.Migrations;
using Alembic.Operations;

namespace Alembic.Tests.Migrations;

[TestClass]
public sealed class BackfillProgressTests
{
    public static IEnumerable<object[]> Keys { get; } = new (object Key, string Kept)[]
    {
        ((byte)1, "1"), ((sbyte)-1, "-1"), ((short)-2, "-2"), ((ushort)2, "2"), (-3, "-3"), (3u, "3"),
        (long.MinValue, "-9223372036854775808"),
        (ulong.MaxValue, "18446744073709551615"), (1.50m, "1.50"), (0.1, "0.1"), ("ab", "\"ab\""), (new byte[] { 1, 2 }, "\"AQI=\""),
        (new DateTime(2026, 1, 2, 3, 4, 5, 6), "\"2026-01-02T03:04:05.006\""),
        (new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), "\"2026-01-02T03:04:05+01:00\""),
        (new DateOnly(2026, 1, 2), "\"2026-01-02\""), (new TimeOnly(3, 4), "\"03:04:00\""), (TimeSpan.FromHours(25), "\"1.01:00:00\""),
    }.Select(p => new[] { p.Key, p.Kept });

    // Journals are read by later versions.
    [TestMethod]
    [DynamicData(nameof(Keys))]
    public void A_key_is_kept_as_text_and_comes_back_with_its_type(object key, string kept)
    {
        Assert.IsTrue(BackfillProgress.CanKeep(key));
        var entry = new BackfillProgress(key, 7).In(new JournalEntry("a1", true, 0, ""), new Backfill("account", "id", ""));
        Assert.AreEqual(kept, entry.Statements[2]);

        var back = BackfillProgress.Of(entry);
        Assert.AreEqual(7, back.Rows);
        Assert.AreEqual(key.GetType(), back.Last.GetType());
        if (key is byte[] bytes)
            CollectionAssert.AreEqual(bytes, (byte[])back.Last);
        else
            Assert.AreEqual(key, back.Last);
    }
}
