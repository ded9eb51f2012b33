namespace Alembic.Compiler;

/// <summary>An error of the compiler, or of Alembic before it, at a place in a file. Lines and columns count from 1.</summary>
public sealed record SourceError(string Path, int Line, int Column, string Id, string Message, bool IsWarning = false)
{
    /// <summary>Formats the error so that editors and CI logs turn it into a link.</summary>
    public override string ToString()
    {
        var text = $"{(IsWarning ? "warning" : "error")} {Id}: {Message.ReplaceLineEndings(" ")}";
        return Path.Length == 0 ? text : $"{Path}({Line},{Column}): {text}";
    }
}
