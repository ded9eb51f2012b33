namespace Alembic.Autogenerate;

/// <summary>Values as Alembic's log and lists show them: in Python's notation.</summary>
internal static class PythonText
{
    public static string Of(string? text) => text switch
    {
        null => "None",
        _ when text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) => $"\"{Escaped(text)}\"",
        _ => $"'{Escaped(text).Replace("'", "\\'", StringComparison.Ordinal)}'",
    };

    public static string Of(bool flag) => flag ? "True" : "False";

    public static string Tuple(IEnumerable<string> items)
    {
        var written = items.Select(Of).ToList();
        return written.Count == 1 ? $"({written[0]},)" : $"({string.Join(", ", written)})";
    }

    private static string Escaped(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
