namespace Alembic.Tool.Scripts;

/// <summary>A Scriban template cannot be parsed or rendered.</summary>
internal sealed class TemplateException(string path, int line, string problem, Exception? innerException = null)
    : AlembicException($"Template rendering failed; {path}({line}): {problem}", innerException)
{
    public string Path => path;

    public int Line => line;
}
