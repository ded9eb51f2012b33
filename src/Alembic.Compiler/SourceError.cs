namespace Alembic.Compiler;

/// <summary>A message of the compiler, or of Alembic before it, about a place in a file. Lines and columns count from 1.</summary>
public sealed record SourceError(string Path, int Line, int Column, string Id, string Message, bool IsWarning = false)
{
    /// <summary>The form that editors and CI logs turn into a link.</summary>
    public override string ToString()
    {
        var text = $"{(IsWarning ? "warning" : "error")} {Id}: {Message.ReplaceLineEndings(" ")}";
        return Path.Length == 0 ? text : $"{Path}({Line},{Column}): {text}";
    }
}
