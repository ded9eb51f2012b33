using Alembic.Tool.Compilation;

namespace Alembic.Tool.Tests.Compilation;

[TestClass]
public sealed class CacheLocationTests
{
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("/setting", "/env", "/xdg", "/home/ada", "/setting")]
    [DataRow(null, "/env", "/xdg", "/home/ada", "/env")]
    [DataRow(null, null, "/xdg", "/home/ada", "/xdg/dotnet-alembic")]
    [DataRow(null, "", "xdg", "/home/ada", "/home/ada/.cache/dotnet-alembic")]
    [DataRow(null, null, null, "/home/ada", "/home/ada/.cache/dotnet-alembic")]
    [DataRow(null, null, null, null, null)]
    public void The_first_that_is_given_counts(string? setting, string? given, string? xdg, string? home, string? expected)
    {
        var variables = new Dictionary<string, string?> { ["ALEMBIC_CACHE_DIR"] = given, ["XDG_CACHE_HOME"] = xdg, ["HOME"] = home };

        Assert.AreEqual(expected, CacheLocation.Find(setting, variables.GetValueOrDefault));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void On_macOS_it_is_where_caches_are_there() =>
        Assert.AreEqual("/Users/ada/Library/Caches/dotnet-alembic",
            CacheLocation.Find(null, name => name == "HOME" ? "/Users/ada" : null, "Library/Caches"));
}
