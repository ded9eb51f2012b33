using System.Globalization;

namespace Alembic.Databases.SqlServer;

/// <summary>A script of sqlcmd, whose batches are separated by lines of GO: a word that the server does not know.</summary>
internal static class SqlServerBatches
{
    public static IEnumerable<string> Of(string script)
    {
        var start = 0;
        for (int at = 0, end; at < script.Length; at = end)
        {
            end = SqlServerTokens.End(script, at);
            if (!script.AsSpan(at, end - at).Equals("GO", StringComparison.OrdinalIgnoreCase) || Times(script, at, end) is not { } times)
                continue;
            end = EndOfLine(script, end);
            if (!string.IsNullOrWhiteSpace(script[start..at]))
                for (var time = 0; time < times; time++)
                    yield return script[start..at].Trim();
            start = end;
        }
        if (start == 0)
            yield return script;
        else if (!string.IsNullOrWhiteSpace(script[start..]))
            yield return script[start..].Trim();
    }

    // The number of times to run the batch, which may follow the word: GO 5. Null for a name of that spelling, which has something else
    // on its line.
    private static int? Times(string script, int at, int end)
    {
        var line = script.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1;
        var beside = script[end..EndOfLine(script, end)].Trim();
        if (!string.IsNullOrWhiteSpace(script[Math.Min(line, at)..at]))
            return null;
        return beside.Length == 0 ? 1 : int.TryParse(beside, NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : null;
    }

    private static int EndOfLine(string script, int from) => script.IndexOf('\n', from) is >= 0 and var found ? found : script.Length;
}
