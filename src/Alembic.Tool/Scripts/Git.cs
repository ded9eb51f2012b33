using System.Diagnostics;
using System.Text;

namespace Alembic.Tool.Scripts;

/// <summary>Asks git which files are new.</summary>
/// <param name="programs">Finds git.</param>
/// <param name="folder">A folder of the repository.</param>
internal sealed class Git(ProgramFinder programs, string folder)
{
    /// <summary>
    /// Gets the files that were added or changed since the point where a branch, tag or commit and the working tree diverged, and the
    /// files that git does not track yet; as absolute paths without links.
    /// </summary>
    /// <exception cref="UsageException">The commit, the repository or git does not exist.</exception>
    public IReadOnlySet<string> ChangedSince(string reference)
    {
        if (reference.StartsWith('-'))
            throw new UsageException($"--since {reference}: that is not a branch, tag or commit");
        var root = Run("rev-parse", "--show-toplevel").TrimEnd('\r', '\n');
        var from = Run("merge-base", reference, "HEAD").Trim();
        var files = Run("diff", "--name-only", "-z", "--diff-filter=d", from, "--")
            + Run("ls-files", "--others", "--exclude-standard", "-z", "--full-name", root);
        return files.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(file => Paths.Real(Path.Combine(root, file))).ToHashSet(Paths.Comparer);
    }

    /// <summary>Gets the repository's default branch; null if there is no repository, no git, or no such branch.</summary>
    public string? DefaultBranch()
    {
        string[] usual = ["origin/main", "origin/master", "main", "master"];
        return Answer("symbolic-ref", "--short", "refs/remotes/origin/HEAD")
            ?? usual.FirstOrDefault(name => Answer("rev-parse", "--verify", "--quiet", $"{name}^{{commit}}") is not null);
    }

    private string? Answer(params string[] arguments)
    {
        try
        {
            return Run(arguments).Trim();
        }
        catch (UsageException)
        {
            return null;
        }
    }

    private string Run(params string[] arguments)
    {
        var program = programs.InPath("git") ?? throw new UsageException("--since needs git, but there is no git in the PATH");
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new UsageException(
            $"git {arguments[0]}: {error.Result.Split('\n').FirstOrDefault(l => l.Length > 0)?.Trim() ?? "failed"}")
        {
            Hint = "--since takes a branch, a tag or a commit of the repository that the revisions are in",
        };
    }
}
