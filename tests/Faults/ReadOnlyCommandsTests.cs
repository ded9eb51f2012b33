using System.Text.RegularExpressions;
using Journeys;

namespace Faults;

/// <summary>Someone looks at a repository that is not to be trusted: of all that could run there, nothing does.</summary>
[TestClass]
public sealed partial class ReadOnlyCommandsTests
{
    // Where a payload leaves its mark.
    private static readonly string Marks = InstalledTool.NewFolder();

    private static readonly string[] Commands = ["branches", "branches -v", "heads", "heads -v", "history", "history -v",
        "history -r base:head", "show head", "list_templates", "--help"];

    private static readonly (string File, string Text)[] Payloads =
    [
        ("alembic/versions/r1_.cs", $$"""
            #line 1 "Planted.cs"
            using Alembic;
            [Revision("r1")]
            public sealed class R1 : Migration
            {
                private static readonly string Field = {{Mark("field")}};
                private readonly string _field = {{Mark("instance")}};
                static R1() => {{Mark("constructor")}}.ToString();
                public override void Upgrade(Op op) { }
                public override void Downgrade(Op op) { }
            }
            """),
        ("alembic/versions/helper.cs", $$"""
            internal static class Helper
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Run() => {{Mark("module")}}.ToString();
            }
            """),
        ("alembic/env.cs", $$"""
            using Alembic;
            public sealed class Env : MigrationEnvironment
            {
                static Env() => {{Mark("environment")}}.ToString();
            }
            """),
        ("Evil.cs",
            $"internal static class Evil {{ [System.Runtime.CompilerServices.ModuleInitializer] internal static void Run() => "
                + $"{Mark("source")}.ToString(); }}"),
        ("Directory.Build.props", Build), ("Directory.Build.targets", Build), ("evil.csproj", Build),
        ("global.json", """{ "sdk": { "version": "0.0.1", "paths": ["."] } }"""),
        (".config/dotnet-tools.json",
            """{ "version": 1, "isRoot": true, "tools": { "dotnet-alembic": { "version": "9.9.9", "commands": ["dotnet-alembic"] } } }"""),
        ("NuGet.config", """<configuration><packageSources><clear /><add key="evil" value="." /></packageSources></configuration>"""),
        ("dotnet-alembic.runtimeconfig.json", Runtime), ("dotnet-alembic.deps.json", "{}"), ("runtimeconfig.template.json", Runtime),
        ("[AppContext]", Runtime),
        (".editorconfig", "is_global = true\nanalyzers = Planted.dll\n"), (".globalconfig", "is_global = true\n"), ("Planted.dll", "MZ"),
        ("alembic/versions/Planted.dll", "MZ"),
        ("Alembic.dll", "MZ"), ("Microsoft.CodeAnalysis.dll", "MZ"), ("Microsoft.Data.Sqlite.dll", "MZ"), ("libe_sqlite3.so", "ELF"),
        ("e_sqlite3.so", "ELF"), ("alembic-compiler", "#!/bin/sh\n"),
        ("alembic/script.cs.scriban", "{{ include 'evil' }}"), ("evil", "{{ 1 }}"),
        ("appsettings.json", """{ "ConnectionStrings": { "Default": "Data Source=evil.db" } }"""), ("appsettings.Development.json", "{}"),
        ("alembic.ini", """
            [alembic]
            script_location = %(here)s/alembic
            sqlalchemy.url = sqlite:///%(here)s/evil.db
            references = Planted.dll
            sources = Evil.cs
            startup_hooks = Planted.dll
            [post_write_hooks]
            hooks = evil
            evil.type = exec
            evil.executable = %(here)s/alembic-compiler
            """),
    ];

    private const string Build =
        """
        <Project>
          <UsingTask TaskName="Evil" AssemblyFile="Planted.dll" />
          <Target Name="Evil" BeforeTargets="Restore;Build"><Exec Command="touch evil.built" /></Target>
        </Project>
        """;
    private const string Runtime =
        """{ "runtimeOptions": { "configProperties": { "STARTUP_HOOKS": "Planted.dll" }, "additionalProbingPaths": ["."] } }""";

    [TestMethod]
    public void Commands_that_read_start_and_load_nothing_of_a_repository()
    {
        if (!File.Exists("/usr/bin/strace"))
            Servers.AreMissing("There is no strace (apt-get install strace)");
        var folder = Planted();
        var tally = new Tally("read-only commands, 12 kinds of payload");
        foreach (var command in Commands)
        {
            tally.Tried();
            var trace = Path.Combine(Marks, "trace");
            InstalledTool.Start("strace", ["-f", "-qq", "-e", "trace=execve,open,openat", "-o", trace, InstalledTool.Program,
                .. command.Split(' ')], folder, Cold()).Ok();
            var tool = Path.GetDirectoryName(InstalledTool.Program)!;
            foreach (var line in File.ReadLines(trace))
            {
                if (Started().Match(line) is { Success: true } start && !start.Groups[1].Value.StartsWith(tool, StringComparison.Ordinal))
                    tally.Wrong($"{command} starts {start.Groups[1].Value}");
                if (Opened().Match(line) is { Success: true } open
                    && Path.GetRelativePath(folder, Path.Combine(folder, open.Groups[1].Value)) is var path
                    && !path.StartsWith("..", StringComparison.Ordinal) && !IsText(path))
                    tally.Wrong($"{command} opens {path}");
            }
            File.Delete(trace);
            if (Directory.GetFiles(Marks) is { Length: > 0 } marks)
                tally.Wrong($"{command} runs {string.Join(", ", marks.Select(Path.GetFileName))}");
        }
        tally.Close();
    }

    // What would have been seen.
    [TestMethod]
    public void The_payloads_bite_where_code_is_wanted()
    {
        var marks = InstalledTool.NewFolder();
        var folder = Planted();
        File.WriteAllText(Path.Combine(folder, "alembic.ini"),
            $"[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = sqlite:///%(here)s/evil.db\nsources = Evil.cs\n");
        foreach (var file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
            File.WriteAllLines(file, File.ReadAllLines(file).Select(l => l.Replace(Marks, marks, StringComparison.Ordinal)));
        InstalledTool.Start(InstalledTool.Program, ["upgrade", "head"], folder, Cold()).Ok();
        CollectionAssert.AreEquivalent(new[] { "field", "instance", "constructor", "module", "environment", "source" },
            Directory.GetFiles(marks).Select(Path.GetFileName).ToArray());
    }

    private static string Planted()
    {
        var folder = InstalledTool.NewFolder();
        foreach (var (file, text) in Payloads)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.WriteAllText(Path.Combine(folder, file), text);
        }
        return folder;
    }

    // Nothing is known of the files yet, so that they are looked into.
    private static Dictionary<string, string> Cold() => new() { ["ALEMBIC_CACHE_DIR"] = InstalledTool.NewFolder() };

    // The configuration, the revisions, and the folders that they are looked for in.
    private static bool IsText(string path) => path is "." or "alembic.ini" or "alembic" or "alembic/versions" || Revision().IsMatch(path);

    private static string Mark(string kind) => $"System.IO.File.CreateText(\"{Path.Combine(Marks, kind)}\").NewLine";

    [GeneratedRegex(@"execve\(""([^""]+)""")]
    private static partial Regex Started();

    [GeneratedRegex(@"open(?:at)?\((?:[^,""]+, )?""([^""]+)"".* = \d+$")]
    private static partial Regex Opened();

    [GeneratedRegex(@"^alembic/versions/[^/]+\.cs$")]
    private static partial Regex Revision();
}
