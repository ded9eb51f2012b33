using Alembic.Autogenerate;

namespace Alembic.Tests.Autogenerate;

[TestClass]
public sealed class RevisionBodyTests
{
    [TestMethod]
    public void One_database_needs_no_switch() =>
        Assert.AreEqual(new RevisionBody("a();", "b();"), RevisionBody.Of([(null, new RevisionBody("a();", "b();"))]));

    [TestMethod]
    public void Each_of_several_databases_has_its_own_case() => Assert.AreEqual(
        """
        switch (op.EngineName)
        {
            case "one":
                a();
                b(
                    c);
                break;
            case "two":
                break;
        }
        """.ReplaceLineEndings("\n"),
        RevisionBody.Of([("one", new RevisionBody("a();\nb(\n    c);", "")), ("two", new RevisionBody("", "d();"))]).Upgrades);
}
