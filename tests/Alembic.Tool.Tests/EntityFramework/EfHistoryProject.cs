using System.Diagnostics;

namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>The sample project whose three contexts each have twelve migrations, written one after the other by <c>dotnet ef</c>.</summary>
internal sealed class EfHistoryProject : IDisposable
{
    private const int Steps = 12;
    private static readonly string[] Contexts = ["ShopOnSqlite", "ShopOnPostgreSql", "Archive"];

    private readonly string _root = Directory.CreateTempSubdirectory("alembic-history-").FullName;

    public EfHistoryProject()
    {
        Servers.LeaveOutBuilds();
        var samples = Path.Combine(Repository.Root, "tests", "samples");
        Folder = Directory.CreateDirectory(Path.Combine(_root, "History")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(samples, "shop"), "Directory.*"))
            File.Copy(file, Path.Combine(_root, Path.GetFileName(file)));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(samples, "history")))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        Start("dotnet", [], "tool", "install", "dotnet-ef", "--tool-path", Tools, "--version", "10.0.15");
        for (var step = 1; step <= Steps; step++)
        {
            Build();
            foreach (var context in Contexts)
                Ef([("MODEL_STEP", $"{step}")], "migrations", "add", $"Step{step}", "--context", context, "-o", $"Migrations/Of{context}");
        }
        // What nobody but its author knows the meaning of: rows that the later steps have to carry along.
        Edit("OfShop", "Step4", "Up",
            "migrationBuilder.Sql(\"INSERT INTO \\\"Products\\\" (\\\"Title\\\", \\\"Price\\\") VALUES ('it''s old', 3)\");");
        Edit("OfArchive", "Step8", "Down", "throw new System.NotSupportedException(\"no way back\");");
        Edit("OfArchive", "Step12", "Up", "migrationBuilder.Sql(\"VACUUM\", suppressTransaction: true);");
        Build();
    }

    public string Folder { get; }

    public string Project => Path.Combine(Folder, "History.csproj");

    private string Tools => Path.Combine(_root, "tools");

    /// <summary>Has EF Core migrate a database.</summary>
    public void Update(string context, EfDatabase database, string target = "") => Ef(
        [("MODEL_DATABASE", database.ConnectionString)],
        ["database", "update", .. target.Length > 0 ? [target] : Array.Empty<string>(), "--context", context]);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Edit(string folder, string migration, string method, string code)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "Migrations"), $"*_{migration}.cs", SearchOption.AllDirectories)
            .Where(file => file.Contains(folder, StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file).ReplaceLineEndings("\n");
            var start = $"protected override void {method}(MigrationBuilder migrationBuilder)\n        {{\n";
            Assert.Contains(start, text);
            File.WriteAllText(file, text.Replace(start, $"{start}            {code}\n", StringComparison.Ordinal));
        }
    }

    private void Build() => Start("dotnet", [], "build", "-v:q");

    private void Ef((string, string)[] variables, params string[] arguments) =>
        Start(Path.Combine(Tools, "dotnet-ef"), variables, [.. arguments, "--no-build"]);

    private void Start(string program, (string Name, string Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', arguments)}\n{output}{error.Result}");
    }
}
