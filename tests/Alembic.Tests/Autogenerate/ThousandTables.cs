using System.Diagnostics;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>The figures of docs/internals/performance.md: set ALEMBIC_TEST_MEASURE to have them made.</summary>
[TestClass]
[TestCategory("ByHand")]
public sealed class ThousandTables
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void Are_inspected_and_compared_in_as_many_statements_as_one(string dialect)
    {
        if (Environment.GetEnvironmentVariable("ALEMBIC_TEST_MEASURE") is not { Length: > 0 })
            Assert.Inconclusive("ALEMBIC_TEST_MEASURE is not set");
        Journey.On(dialect, (journey, log) =>
        {
            journey.Run(Model("n1 > 0").Tables.Select(t => new CreateTable(t)));
            var same = new MetaData([.. journey.Inspect().Tables]);
            Time("read", () => journey.Inspect());
            Time("compared, the same to the letter", () => Journey.Nothing(journey.Compare(same)));
            Time("compared, every table in other words", () => Journey.Nothing(journey.Compare(Model("((N1>0))"))));
            Time("compared, every table different", () => Assert.HasCount(2000, journey.Compare(Model("n1 > 1")).Upgrade));
            return 0;

            void Time(string what, Action work)
            {
                log.Clear();
                var watch = Stopwatch.StartNew();
                work();
                TestContext.WriteLine($"| {dialect}: {what} | {log.Count} | {watch.Elapsed.TotalSeconds:F2} s |");
            }
        });
    }

    private static MetaData Model(string check) => new(
    [
        .. Enumerable.Range(0, 1000).Select(i => new Table(
            $"t{i}",
            [
                new Column("id", SqlType.Integer, primaryKey: true),
                .. Enumerable.Range(1, 19)
                    .Select(c => new Column($"n{c}", c % 2 == 0 ? SqlType.String(50) : SqlType.Integer, nullable: c % 3 == 0,
                        serverDefault: c % 5 == 0 ? (ServerDefault)"7" : null)),
                new TableIndex($"ix_{i}", ["n1", "n2"]), new CheckConstraint(check, $"ck_{i}"),
            ])),
    ]);
}
