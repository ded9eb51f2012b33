using Alembic.Autogenerate;
using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.Sqlite;
using CsCheck;

namespace Alembic.Tests.Autogenerate;

/// <summary>What a model makes of an empty database is, read back, no difference to the model.</summary>
[TestClass]
public sealed class SqliteRoundTripTests
{
    private static readonly SqliteDialect Dialect = new();

    [TestMethod]
    public void A_model_read_back_is_the_model() => RandomModels.Models.Check(500,
        model =>
        {
            var operations = Compare.Schemas(model, new MetaData([]), Dialect).UpgradeOperations;
            var database = SqliteInspectorTests.Read([.. operations.SelectMany(o => o.Statements(Dialect)).Select(s => s.Text)]);
            var comparison = Compare.Schemas(model, database, Dialect, new ComparisonOptions { CompareServerDefault = true });
            Assert.AreEqual("", string.Join('\n', comparison.Log.Select(e => e.Message)));
            Assert.IsTrue(comparison.IsEmpty);
        });

    [TestMethod]
    public void What_was_read_can_be_made_again() => RandomModels.Models.Check(500,
        model =>
        {
            var database = Build(model);
            Assert.AreEqual(database, Build(database));
        });

    [TestMethod]
    public void The_way_back_is_known_for_every_pair_of_models() => Gen.Select(RandomModels.Models, RandomModels.Models).Check(300,
        (a, b) =>
        {
            var comparison = Compare.Schemas(a, Build(b), Dialect, new ComparisonOptions { CompareServerDefault = true });
            Assert.HasCount(comparison.Upgrade.Count, comparison.DowngradeOperations);
            foreach (var operation in comparison.UpgradeOperations.Concat(comparison.DowngradeOperations))
                Assert.AreNotEqual("", new CodeWriter().Write(operation));
        });

    private static MetaData Build(MetaData model) =>
        SqliteInspectorTests.Read([.. model.Tables.SelectMany(t => new CreateTable(t).Statements(Dialect)).Select(s => s.Text)]);
}
