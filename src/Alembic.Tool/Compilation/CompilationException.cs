using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>User code does not compile, or a revision's header is wrong. The message is the summary; the command line prints the errors above it.</summary>
internal sealed class CompilationException : AlembicException
{
    /// <param name="errors">What the compiler found.</param>
    /// <param name="missing">The first of the user's references that is not there: presumably why.</param>
    public CompilationException(IReadOnlyList<SourceError> errors, string? missing = null)
        : base(missing is null ? Summary(errors) : $"{Summary(errors)}, and the reference {missing} does not exist")
    {
        Errors = errors;
        Hint = missing is null ? null : AssemblyFile.MissingHint;
    }

    public IReadOnlyList<SourceError> Errors { get; }

    private static string Summary(IReadOnlyList<SourceError> errors)
    {
        var files = errors.Select(e => e.Path).Where(path => path.Length > 0).Distinct().ToList();
        var count = errors.Count == 1 ? "1 error" : $"{errors.Count} errors";
        return files.Count switch
        {
            0 => $"{count} while compiling",
            1 => $"{count} in {files[0]}",
            _ => $"{count} in {files.Count} files",
        };
    }
}
