namespace Alembic.Tests.Operations;

[TestClass]
public sealed class ParameterTests
{
    // Where an application is trimmed an anonymous type may have lost its properties, and the analyzers do not see it.
    [TestMethod]
    public void The_library_gives_its_own_parameters_without_reflection()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("Parameter.From(new", StringComparison.Ordinal))
            .Select(Path.GetFileName);
        Assert.AreEqual("", string.Join(", ", found), "write Parameter.Of((\"name\", value)) in place of an anonymous type");
    }
}
