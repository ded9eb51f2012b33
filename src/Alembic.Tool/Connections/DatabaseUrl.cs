namespace Alembic.Tool.Connections;

/// <summary>A SQLAlchemy URL, taken apart: <c>dialect[+driver]://user:password@host:port/database?key=value</c>.</summary>
internal sealed record DatabaseUrl(string Dialect)
{
    private const string Form = "expected dialect://user:password@host:port/database, for example sqlite:///app.db";

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    /// <summary>What follows the first slash, decoded; empty where there is none.</summary>
    public string Database { get; init; } = "";

    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>The URL for the eyes: the password is hidden, and so are the values of its parameters, which may be secrets too.</summary>
    public string Display
    {
        get
        {
            var user = User is null ? "" : Uri.EscapeDataString(User) + (Password is null ? "" : ":***") + "@";
            var host = Host is null ? "" : (Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host) + (Port is null ? "" : $":{Port}");
            // An unescaped slash in a password puts the rest of it there.
            var database = Dialect != "sqlite" && Database.Contains('@', StringComparison.Ordinal) ? "***" : Database;
            return $"{Dialect}://{user}{host}{(database.Length == 0 ? "" : "/" + database)}";
        }
    }

    /// <exception cref="AlembicException">It is no URL. The message does not repeat what might be a password.</exception>
    public static DatabaseUrl Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || !text[..scheme].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '_' or '-' or '.'))
            throw Unsupported(Redact(text), Form);
        // The driver part is Python's; which one is used here does not depend on it.
        var dialect = text[..scheme].Split('+')[0].ToLowerInvariant() is var name && name == "postgres" ? "postgresql" : name;
        var rest = text[(scheme + 3)..];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var parameters = query < 0 ? "" : rest[(query + 1)..];
        rest = query < 0 ? rest : rest[..query];
        if (dialect == "sqlite")
        {
            if (rest.Length > 0 && rest[0] != '/')
                throw Unsupported(Redact(text), $"did you mean 'sqlite:///{rest}'?");
            return new DatabaseUrl(dialect) { Database = rest.Length == 0 ? "" : Uri.UnescapeDataString(rest[1..]), Query = ParseQuery(parameters) };
        }
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        // A password may hold an unescaped @: the last one counts.
        var at = authority.LastIndexOf('@');
        var login = at < 0 ? null : authority[..at].Split(':', 2);
        var (host, port) = ParseHost(authority[(at + 1)..], text);
        return new DatabaseUrl(dialect)
        {
            User = login is null ? null : Uri.UnescapeDataString(login[0]),
            Password = login is [_, var password] ? Uri.UnescapeDataString(password) : null,
            Host = host,
            Port = port,
            Database = slash < 0 ? "" : Uri.UnescapeDataString(rest[(slash + 1)..]),
            Query = ParseQuery(parameters),
        };
    }

    public static AlembicException Unsupported(string display, string reason) => new ConnectionException($"unsupported database URL '{display}': {reason}");

    private static (string? Host, int? Port) ParseHost(string text, string url)
    {
        var bracket = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = text.IndexOf(':', bracket + 1);
        var host = bracket > 0 ? text[1..bracket] : colon < 0 ? text : text[..colon];
        if (colon < 0 || colon == text.Length - 1)
            return (host.Length == 0 ? null : host, null);
        return int.TryParse(text[(colon + 1)..], out var port) && port is > 0 and < 65536
            ? (host.Length == 0 ? null : host, port)
            : throw Unsupported(Redact(url), "the port is no number from 1 to 65535");
    }

    private static Dictionary<string, string> ParseQuery(string text)
    {
        var result = new Dictionary<string, string>();
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            result[Uri.UnescapeDataString(pair[0])] = pair.Length == 1 ? "" : Uri.UnescapeDataString(pair[1].Replace('+', ' '));
        }
        return result;
    }

    // What could not be taken apart may hold a password anywhere; what has none of these signs has no place for one.
    private static string Redact(string text) => text.AsSpan().ContainsAny('@', '=', ';') || text.Count(c => c == ':') > 1 ? "***" : text;
}

/// <summary>The URL of the database is of no use.</summary>
internal sealed class ConnectionException(string message) : AlembicException(message);
