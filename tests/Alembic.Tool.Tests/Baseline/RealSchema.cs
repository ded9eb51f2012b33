using System.Diagnostics;

namespace Alembic.Tool.Tests.Baseline;

/// <summary>
/// A schema of a public project, as a line of <c>tests/RealSchemas/sources</c> names it: its server, repository, commit and files, in the
/// order in which they are loaded.
/// </summary>
internal sealed record RealSchema(string Server, string Repository, string Commit, IReadOnlyList<string> Files)
{
    private static string Folder { get; } = Path.Combine(Alembic.Tests.Repository.Root, "tests", "RealSchemas");

    /// <summary>Those whose line contains the text.</summary>
    public static IEnumerable<RealSchema> All(string filter) =>
        from line in File.ReadLines(Path.Combine(Folder, "sources"))
        where line.Length > 0 && line[0] != '#' && line.Contains(filter, StringComparison.OrdinalIgnoreCase)
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select new RealSchema(words[0], words[1], words[2], words[3..]);

    /// <summary>A file of ours with what theirs take for granted, where there is one.</summary>
    public IEnumerable<string> Before => Ours("before");

    /// <summary>A file of ours with what somebody sets up for each such database, the copy too, where there is one.</summary>
    public IEnumerable<string> Both => Ours("both");

    private IEnumerable<string> Ours(string folder) =>
        new[] { Path.Combine(Folder, folder, $"{Repository.Replace('/', '+')}.{Server}") }.Where(File.Exists);

    /// <summary>
    /// Brings the files into a folder, from the mirror that ALEMBIC_MIRROR names (its folders are called owner+name) or from GitHub.
    /// </summary>
    public IEnumerable<string> Fetch(string folder)
    {
        var git = Environment.GetEnvironmentVariable("ALEMBIC_MIRROR") is { Length: > 0 } mirror ? InMirror(mirror) : Download(folder);
        foreach (var path in Files.SelectMany(f => f.Contains('*', StringComparison.Ordinal) ? Listed(git, f) : [f]).Distinct())
        {
            var file = Path.Combine(folder, path.Replace('/', '_'));
            File.WriteAllText(file, Run("git", "-C", git, "show", $"{Commit}:{path}"));
            yield return file;
        }
    }

    private string InMirror(string mirror) =>
        Directory.GetFiles(Path.Combine(mirror, Repository.Replace('/', '+')), "HEAD", SearchOption.AllDirectories)
        .Select(file => Path.GetDirectoryName(file)!).First(git => Directory.Exists(Path.Combine(git, "objects")));

    // Only the commit is fetched, and of that only the files that are shown.
    private string Download(string folder)
    {
        var git = Path.Combine(folder, "git");
        Run("git", "init", "-q", "--bare", git);
        Run("git", "-C", git, "remote", "add", "origin", $"https://github.com/{Repository}");
        Run("git", "-C", git, "config", "remote.origin.promisor", "true");
        Run("git", "-C", git, "fetch", "-q", "--depth", "1", "--filter=blob:none", "origin", Commit);
        return git;
    }

    private IEnumerable<string> Listed(string git, string pattern)
    {
        var parts = pattern.Split('*');
        return Run("git", "-C", git, "ls-tree", "-r", "--name-only", Commit).Split('\n')
            .Where(path => path.StartsWith(parts[0], StringComparison.Ordinal) && path.EndsWith(parts[1], StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, string.Join(' ', arguments));
        return text;
    }
}
