using System.Buffers;

namespace Alembic.Tool.Scripts;

/// <summary>Writes any text into C# source so that it stays text.</summary>
internal static class CSharpText
{
    // All characters that end a line, in C# or on a reader's screen.
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\v\f\u0085\u2028\u2029");

    /// <summary>Writes text to follow a "// ". Each further line gets a "// " of its own.</summary>
    public static string Comment(string text)
    {
        var lines = text.Replace('\v', '\n').ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', lines.Select((line, index) => index == 0 ? line : line.Length == 0 ? "//" : $"// {line}"));
    }

    /// <summary>Tells whether text fits into one line of a comment as it is.</summary>
    public static bool IsOneLine(string text) => !text.AsSpan().ContainsAny(LineBreaks);
}
