using System.Text.RegularExpressions;

namespace Alembic.Conformance;

/// <summary>Changes single keys of an ini file and leaves the rest of its text as it is.</summary>
internal static partial class IniText
{
    public const string Standard = """
        [alembic]
        script_location = %(here)s/alembic
        path_separator = os
        sqlalchemy.url = sqlite:///%(here)s/test.db

        [loggers]
        keys = root,sqlalchemy,alembic

        [handlers]
        keys = console

        [formatters]
        keys = generic

        [logger_root]
        level = WARNING
        handlers = console
        qualname =

        [logger_sqlalchemy]
        level = WARNING
        handlers =
        qualname = sqlalchemy.engine

        [logger_alembic]
        level = INFO
        handlers =
        qualname = alembic

        [handler_console]
        class = StreamHandler
        args = (sys.stderr,)
        level = NOTSET
        formatter = generic

        [formatter_generic]
        format = %(levelname)-5.5s [%(name)s] %(message)s
        datefmt = %H:%M:%S

        """;

    /// <param name="text">The file.</param>
    /// <param name="section">The section, which is added if there is none.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The raw value; null takes the key out.</param>
    public static string With(string text, string section, string key, string? value)
    {
        var lines = text.Split('\n').ToList();
        string[] added = value is null ? [] : $"{key} = {value.Replace("\n", "\n    ", StringComparison.Ordinal)}".Split('\n');
        var head = lines.FindIndex(line => Head().Match(line) is { Success: true } match && match.Groups[1].Value == section);
        if (head < 0)
        {
            if (added.Length == 0)
                return text;
            string[] blank = lines[^1].Trim().Length > 0 ? [""] : [];
            return string.Join('\n', [.. lines, .. blank, $"[{section}]", .. added, ""]);
        }
        var end = lines.FindIndex(head + 1, Head().IsMatch) is var next && next < 0 ? lines.Count : next;
        var at = lines.FindIndex(head + 1, end - head - 1, line => Key().Match(line) is { Success: true } match
            && match.Groups[1].Value.Trim().Equals(key, StringComparison.OrdinalIgnoreCase));
        var count = 0;
        if (at >= 0)
        {
            count = 1;
            while (at + count < end && lines[at + count] is [' ' or '\t', ..] && lines[at + count].Trim().Length > 0)
                count++;
        }
        else
        {
            for (at = end; at > head + 1 && lines[at - 1].Trim().Length == 0; at--)
            {
            }
        }
        lines.RemoveRange(at, count);
        lines.InsertRange(at, added);
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"^\[(.+)\]\s*$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^([^#;\s][^=:]*?)\s*[=:]")]
    private static partial Regex Key();
}
