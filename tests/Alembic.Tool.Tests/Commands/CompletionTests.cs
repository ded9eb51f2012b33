namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class CompletionTests : IDisposable
{
    private readonly Project _project = new();

    public CompletionTests()
    {
        _project.Revision("aaa100000001", "create users");
        _project.Revision("abb200000002", "add names", "aaa100000001");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("up", "upgrade")]
    [DataRow("l", "lint list_templates lock")]
    [DataRow("upgrade --sq", "--sql")]
    [DataRow("upgrade --no-col", "--no-color")]
    [DataRow("upgrade a", "aaa100000001 abb200000002")]
    [DataRow("upgrade he", "head heads")]
    [DataRow("upgrade cur", "")]
    [DataRow("show cur", "current")]
    [DataRow("stamp base aa", "aaa100000001")]
    [DataRow("-c alembic.ini downgrade ab", "abb200000002")]
    [DataRow("history --gr", "--graph")]
    [DataRow("history -r ab", "abb200000002")]
    [DataRow("revision --head he", "head heads")]
    [DataRow("revision -m he", "")]
    [DataRow("-n ", "alembic")]
    [DataRow("init -t g", "generic")]
    [DataRow("lock ", "status release")]
    [DataRow("completion z", "zsh")]
    [DataRow("nonsense a", "")]
    [DataRow("--nonsense upgrade a", "")]
    [DataRow("-c missing.ini upgrade aa", "")]
    public void A_shell_is_told_what_the_last_word_may_become(string words, string expected) =>
        Assert.AreEqual(expected, string.Join(' ', Lines(words).Select(line => line.Split('\t')[0])));

    [TestMethod]
    public void A_revision_is_described_by_its_message() => Assert.AreEqual("abb200000002\tadd names", Lines("upgrade ab").Single());

    [TestMethod]
    [DataRow("bash")]
    [DataRow("zsh")]
    [DataRow("fish")]
    [DataRow("pwsh")]
    public void Each_shell_has_a_script_that_asks_the_tool(string shell) =>
        Assert.Contains("complete -- ", _project.Run("completion", shell).Ok().Out);

    [TestMethod]
    public void A_shell_that_is_not_known_is_named_with_those_that_are() =>
        _project.Run("completion", "tcsh").Fails(64, "invalid choice: 'tcsh' (choose from bash, zsh, fish, pwsh)");

    private string[] Lines(string words) =>
        _project.Run(["complete", "--", .. words.Split(' ')]).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
