namespace Journeys;

[TestClass]
public sealed class CompletionTests
{
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Bash_completes_commands_options_and_revisions()
    {
        var project = new Project();
        project.Alembic("init", "alembic").Ok();
        project.Alembic("revision", "-m", "first", "--rev-id", "f1f1f1f1f1f1").Ok();
        const string Script = """
            eval "$(dotnet-alembic completion bash)"
            try() { COMP_WORDS=(dotnet-alembic "$@"); COMP_CWORD=$#; _dotnet_alembic; echo "${COMPREPLY[@]}"; }
            try upg; try upgrade f1; try upgrade --sq
            """;
        var result = InstalledTool.Start("bash", ["-c", Script], project.Folder, new Dictionary<string, string>
        {
            ["PATH"] = $"{Path.GetDirectoryName(InstalledTool.Program)}:{Environment.GetEnvironmentVariable("PATH")}",
        });
        Assert.AreEqual("upgrade\nf1f1f1f1f1f1\n--sql\n", result.Ok().Out);
    }
}
