using Alembic.Tool.Compilation;

namespace Alembic.Tool.Tests.Compilation;

/// <summary>An env.cs that says nothing but where its database is does not have to be run; any other has to.</summary>
[TestClass]
public class PlainEnvironmentTests
{
    private const string Variable = "PLAIN_ENVIRONMENT_TESTS";

    [TestMethod]
    [DataRow("", DisplayName = "nothing")]
    [DataRow("public override MetaData? TargetMetadata => null;", DisplayName = "no model")]
    [DataRow("public override MetaData? TargetMetadata => MetaData.FromTypes([typeof(Account), typeof(List<int>)], Naming.SnakeCase);",
        DisplayName = "a model")]
    [DataRow("public override void Configure(EnvironmentOptions options) { /* options.X = 1; */ }", DisplayName = "an empty Configure")]
    [DataRow("public override void Configure(EnvironmentOptions o)\n{\n    // }\n}", DisplayName = "a brace in a comment")]
    [DataRow("public/**/override /* a */ MetaData ? TargetMetadata\n  =>\n null ; // b", DisplayName = "comments and line ends anywhere")]
    public void Is_plain(string members) => Assert.IsNotNull(Read(members), members);

    [TestMethod]
    [DataRow("public override string Url => \"sqlite:///a.db\";", DisplayName = "a URL of its own")]
    [DataRow("public override string Url => Config.GetMainOption(\"a\") ?? base.Url;", DisplayName = "a URL from an option")]
    [DataRow("public override string Url => Environment.GetEnvironmentVariable(\"A\") ?? Other;", DisplayName = "another fall-back")]
    [DataRow("public override string Url => My.Environment.GetEnvironmentVariable(\"A\") ?? base.Url;",
        DisplayName = "another Environment")]
    [DataRow("public override string Url { get; } = Environment.GetEnvironmentVariable(\"A\") ?? base.Url;", DisplayName = "a block")]
    [DataRow("public override void Configure(EnvironmentOptions options) { options.CompareType = false; }", DisplayName = "an option")]
    [DataRow("public override void Configure(EnvironmentOptions options) => Set(options);", DisplayName = "a call")]
    [DataRow("public override void Configure(EnvironmentOptions options) { /* */ Set(options); /* */ }",
        DisplayName = "a call between comments")]
    [DataRow("public override void Run(MigrationRunner runner) { }", DisplayName = "Run")]
    [DataRow("public Env() { }", DisplayName = "a constructor")]
    [DataRow("static int s_count = 1;", DisplayName = "a field")]
    [DataRow("public override MetaData? TargetMetadata => Read(\"a\");", DisplayName = "a text, which may hide anything")]
    [DataRow("public override MetaData? TargetMetadata => Read(x => { return x; });", DisplayName = "a block in the model")]
    [DataRow("public override MetaData? TargetMetadata => /* ; */ null;", DisplayName = "a comment in the model")]
    [DataRow("public override MetaData? TargetMetadata => null; } public class Other {", DisplayName = "another class")]
    [DataRow("} [assembly: A] class B {", DisplayName = "an attribute")]
    [DataRow("#if A\n#endif", DisplayName = "a directive")]
    public void Has_to_be_run(string members) => Assert.IsNull(Read(members), members);

    [TestMethod]
    [DataRow("using static Alembic.Helpers;", DisplayName = "static")]
    [DataRow("using MigrationEnvironment = My.Environment;", DisplayName = "an alias")]
    [DataRow("namespace My;", DisplayName = "a namespace")]
    [DataRow("[Serializable]", DisplayName = "an attribute")]
    [DataRow("global using Alembic;", DisplayName = "for other files, too")]
    public void Has_to_be_run_for_what_stands_before_its_class(string before) =>
        Assert.IsNull(PlainEnvironment.Of($"using Alembic;\n{before}\npublic sealed class Env : MigrationEnvironment\n{{\n}}\n"));

    [TestMethod]
    [DataRow("Environment")]
    [DataRow("System.Environment")]
    public void Takes_its_URL_from_a_variable(string name)
    {
        var plain = Read($"// The database.\n    public override string Url => {name}.GetEnvironmentVariable(\"{Variable}\") ?? base.Url;");
        Assert.IsNotNull(plain);
        Environment.SetEnvironmentVariable(Variable, "sqlite:///other.db");
        try
        {
            Assert.AreEqual("sqlite:///other.db", plain.Url);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [TestMethod]
    public void The_templates_is_plain()
    {
        var template = Path.Combine(Repository.Root, "templates", "generic", "env.cs.scriban");
        Assert.IsNotNull(PlainEnvironment.Of(File.ReadAllText(template)));
    }

    [TestMethod]
    public void That_for_several_databases_has_to_be_run()
    {
        var template = Path.Combine(Repository.Root, "templates", "multidb", "env.cs.scriban");
        Assert.IsNull(PlainEnvironment.Of(File.ReadAllText(template)));
    }

    [TestMethod]
    public void A_long_text_takes_no_longer_than_it_has_characters()
    {
        var comments = string.Concat(Enumerable.Repeat("/* a */ // b\n ", 50_000));
        Assert.IsNotNull(Read(comments));
        Assert.IsNull(Read($"{comments}!"));
    }

    private static PlainEnvironment? Read(string members) => PlainEnvironment.Of($$"""
        using Alembic;
        using Alembic.Schema;

        // What a project says.
        public sealed class Env : MigrationEnvironment
        {
            {{members}}
        }

        """);
}
