namespace Alembic.Databases.SqlServer;

/// <summary>A script of sqlcmd, whose batches stand between lines of GO: a word that the server does not know.</summary>
internal static class SqlServerBatches
{
    public static IEnumerable<string> Of(string script)
    {
        var start = 0;
        for (int at = 0, end; at < script.Length; at = end)
        {
            end = SqlServerTokens.End(script, at);
            if (!script.AsSpan(at, end - at).Equals("GO", StringComparison.OrdinalIgnoreCase) || !IsAlone(script, at, end))
                continue;
            if (!string.IsNullOrWhiteSpace(script[start..at]))
                yield return script[start..at].Trim();
            start = end;
        }
        if (start == 0)
            yield return script;
        else if (!string.IsNullOrWhiteSpace(script[start..]))
            yield return script[start..].Trim();
    }

    // A name of that spelling has something beside it on its line. (GO's number of times is for loading test data.)
    private static bool IsAlone(string script, int at, int end)
    {
        var line = script.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1;
        var next = script.IndexOf('\n', end) is >= 0 and var found ? found : script.Length;
        return string.IsNullOrWhiteSpace(script[Math.Min(line, at)..at]) && string.IsNullOrWhiteSpace(script[end..next]);
    }
}
