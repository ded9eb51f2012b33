using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>
/// User code does not compile, or a revision's header is wrong. The message is a summary; the command line prints the errors above it.
/// </summary>
internal sealed class CompilationException : AlembicException
{
    /// <param name="errors">What the compiler found.</param>
    /// <param name="reference">What is wrong with the first user reference that cannot be used: the likely cause.</param>
    public CompilationException(IReadOnlyList<SourceError> errors, AlembicException? reference = null)
        : base(reference is null ? Summary(errors) : $"{Summary(errors)}, and {reference.Message}")
    {
        Errors = errors;
        Hint = reference?.Hint;
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
