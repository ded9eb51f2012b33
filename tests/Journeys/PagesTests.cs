using System.Text.RegularExpressions;
using Alembic.Tests.Databases.PostgreSql;
using Npgsql;

namespace Journeys;

/// <summary>The pages that a new user pastes from: their blocks are taken out of them, and pasted in their order.</summary>
[TestClass]
public sealed partial class PagesTests
{
    private const string Init = "dotnet alembic init";

    // The folder in the pages.
    private const string Shown = "/home/you/Shop";

    // Who commits, where nobody has told Git.
    private static readonly Dictionary<string, string> Git = new()
    {
        ["GIT_AUTHOR_NAME"] = "You", ["GIT_AUTHOR_EMAIL"] = "you@example.com",
        ["GIT_COMMITTER_NAME"] = "You", ["GIT_COMMITTER_EMAIL"] = "you@example.com",
    };

    [TestMethod]
    public void The_loop_of_README_runs()
    {
        var project = new Project();
        Paste(project, Blocks("README.md", "## The loop"), Init);
        project.Alembic("history").Ok().Prints("<base> -> ").Prints(", Create account\n");
    }

    [TestMethod]
    public void Getting_started_runs_on_SQLite()
    {
        var project = new Project { Database = "app.db" };
        Paste(project, Blocks("docs/getting-started.md", "# Getting started"), Init);
        Assert.AreEqual("id|1\nname|1\nrequires_approval|1\nis_public|1",
            project.Rows("SELECT name, \"notnull\" FROM pragma_table_info('timeline')"));
    }

    [TestMethod]
    public void Getting_started_runs_on_PostgreSQL()
    {
        var url = PostgreSqlServer.NewDatabase();
        Paste(new Project(), Blocks("docs/getting-started.md", "# Getting started"), $"{Init} --url {url}");
        using var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(url));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT string_agg(column_name || ' ' || is_nullable, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE "
                + "table_name = 'timeline'";
        Assert.AreEqual("id NO, name NO, requires_approval NO, is_public NO", command.ExecuteScalar());
    }

    [TestMethod]
    public void The_tutorial_runs_and_prints_what_it_shows()
    {
        var project = new Project();
        // EF Core comes from where it always does.
        project.Write("nuget.config",
            "<configuration><packageSources><add key=\"nuget.org\" value=\"https://api.nuget.org/v3/index.json\" "
                + "/></packageSources></configuration>");
        var blocks = Blocks("docs/tutorial.md", "# Tutorial");
        Assert.IsGreaterThan(8, blocks.Count(block => block.Language == "text"));
        Paste(project, blocks, Init);
    }

    [TestMethod]
    public void Two_branches_get_two_heads_and_are_joined()
    {
        var project = new Project { Database = "app.db" };
        Paste(project, Blocks("docs/how-to/two-branches.md", "# Two branches"), Init);
        Assert.AreEqual("id\nphone\nemail", project.Rows("SELECT name FROM pragma_table_info('account')"));
    }

    [TestMethod]
    public void Several_databases_are_migrated_side_by_side_and_one_by_one()
    {
        var project = new Project { Database = "shop.db" };
        Paste(project, Blocks("docs/how-to/several-databases.md", "# Several databases"), Init);
        Assert.AreEqual("id\nemail\nphone", project.Rows("SELECT name FROM pragma_table_info('account')"));
        project.Database = "stats.db";
        Assert.AreEqual("id\npath", project.Rows("SELECT name FROM pragma_table_info('visit')"));
    }

    // At the end, and alone: it takes minutes, and both cores.
    [TestMethod, DoNotParallelize]
    public void The_commands_of_README_install_the_tool_from_a_clone()
    {
        var home = new Dictionary<string, string> { ["DOTNET_CLI_HOME"] = InstalledTool.NewFolder() };
        var install = Blocks("README.md", "## Install").Single();
        InstalledTool.Start("bash", ["-ec", install.Text], Repository.Root, home).Ok();
        InstalledTool.Start(Path.Combine(home["DOTNET_CLI_HOME"], ".dotnet", "tools", "dotnet-alembic"), ["--version"],
            home["DOTNET_CLI_HOME"], home).Ok().Prints("dotnet-alembic ");
    }

    [TestMethod, DoNotParallelize]
    public void The_command_of_README_that_runs_from_a_clone_says_what_it_does()
    {
        var run = Blocks("README.md", "## Working on it").Single();
        var output = InstalledTool.Start("bash", ["-ec", run.Text.Replace("upgrade head", "heads", StringComparison.Ordinal)],
            Repository.Root).Ok().Out;
        StringAssert.Matches(output, new Regex(@"\A\s*Determining projects to restore"), output);
        StringAssert.EndsWith(output, " (head)\n");
    }

    /// <summary>A block of a page, and the file that the text before it ends with.</summary>
    private sealed record Block(string Language, string Text, string? File);

    /// <summary>The blocks behind a heading, down to the next one that is as high.</summary>
    private static List<Block> Blocks(string page, string heading)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");
        var start = text.IndexOf($"{heading}\n", StringComparison.Ordinal) + heading.Length;
        var end = text.IndexOf($"\n{heading.Split(' ')[0]} ", start, StringComparison.Ordinal);
        List<Block> blocks = [.. Fence().Matches(text[start..(end < 0 ? text.Length : end)])
            .Select(match => new Block(match.Groups["language"].Value, match.Groups["text"].Value,
            match.Groups["file"].Success ? match.Groups["file"].Value : null))];
        Assert.IsNotEmpty(blocks, $"{page} {heading}");
        return blocks;
    }

    private static void Paste(Project project, IReadOnlyList<Block> blocks, string init)
    {
        var path = Path.GetDirectoryName(InstalledTool.Program) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        var printed = "";
        foreach (var block in blocks)
        {
            switch (block)
            {
                case { Language: "bash" }:
                    var commands = block.Text.Replace($"{Init}\n", $"{init}\n", StringComparison.Ordinal);
                    printed = InstalledTool.Start("bash", ["-ec", $"exec 2>&1\n{commands}"], project.Folder,
                        new Dictionary<string, string>(Git) { ["PATH"] = path }).Ok().Out;
                    break;
                // What the block before printed.
                case { Language: "text" }:
                    Assert.AreEqual(Comparable(block.Text), Comparable(printed.Replace(project.Folder, Shown, StringComparison.Ordinal)));
                    break;
                case { Language: "ini", File: { } file }:
                    project.Edit(file, "[alembic]\n", $"[alembic]\n{block.Text}");
                    break;
                case { Language: "csharp", File: { } file }:
                    project.Write(file, block.Text);
                    break;
                // The two methods of the newest migration. README's whole class shows what one looks like.
                case { Language: "csharp" } when !block.Text.Contains("class", StringComparison.Ordinal):
                    var newest = Directory.EnumerateFiles(Path.Combine(project.Folder, "alembic", "versions"))
                        .MaxBy(File.GetLastWriteTimeUtc)!;
                    var text = File.ReadAllText(newest);
                    Assert.DoesNotContain("  op.", text, "This file has been filled before.");
                    File.WriteAllText(newest, text[..text.IndexOf("    public override", StringComparison.Ordinal)] + block.Text + "}\n");
                    break;
            }
        }
    }

    /// <summary>A text without what differs from run to run: ids of revisions, times, durations, sizes.</summary>
    private static string Comparable(string text) => Varying().Replace(text, "…");

    [GeneratedRegex(@"(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])|\d{8}[_T]\d{4,6}Z?|\d{4}-\d\d-\d\d [\d:.]+|\b\d+(?:\.\d+)? (?:ms|s|MB)\b")]
    private static partial Regex Varying();

    [GeneratedRegex(@"(?:`(?<file>[\w./]+)`:\n\n)?^```(?<language>\w+)\n(?<text>.*?)^```$",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
