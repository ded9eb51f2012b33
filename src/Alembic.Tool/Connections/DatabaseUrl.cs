using System.Globalization;
using Alembic.Migrations;

namespace Alembic.Tool.Connections;

/// <summary>A parsed SQLAlchemy URL: <c>dialect[+driver]://user:password@host:port/database?key=value</c>.</summary>
internal sealed record DatabaseUrl(string Dialect)
{
    private const string Form = "expected dialect://user:password@host:port/database, for example sqlite:///app.db";
    private const string Ambiguous = "write @, /, ? and : in user, password and database as %40, %2F, %3F and %3A";

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    /// <summary>The part after the first slash, decoded; empty if there is none.</summary>
    public string Database { get; init; } = "";

    /// <summary>
    /// The parameters by their names. Several values of one parameter are joined by commas, as drivers expect several hosts.
    /// </summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>The URL to show: it hides the password, and also the parameters, which may be secrets.</summary>
    public string Display => Migrations.Database.UrlOf(Dialect, User, Password is not null, Host, Port, Database);

    /// <summary>Tells whether the text is meant as a URL: it begins with a scheme.</summary>
    public static bool IsUrl(string text) =>
        text.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme
        && text[..scheme].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '_' or '-' or '.');

    /// <exception cref="AlembicException">The text is not a URL. The message does not repeat anything that may be a password.</exception>
    public static DatabaseUrl Parse(string text)
    {
        if (!IsUrl(text))
            throw Unsupported(Redact(text), Form);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        // The driver part is Python's, and is ignored here.
        var dialect = text[..scheme].Split('+')[0].ToLowerInvariant() is var name && name == "postgres" ? "postgresql" : name;
        var rest = text[(scheme + 3)..];
        var at = dialect == "sqlite" ? -1 : EndOfLogin(rest);
        var login = at < 0 ? null : rest[..at].Split(':', 2);
        var (place, query) = Halves(rest[(at + 1)..], '?');
        var (host, database) = Halves(place, '/');
        if (dialect == "sqlite" && host.Length > 0)
            throw Unsupported(Redact(text), $"did you mean 'sqlite:///{Redact(place)}'?");
        if (dialect != "sqlite" && HasStrayAt(database, query))
            throw Unsupported("***", Ambiguous);
        return WithHost(new DatabaseUrl(dialect)
        {
            User = login is null ? null : Decode(login[0]),
            Password = login is [_, var password] ? Decode(password) : null,
            Database = Decode(database ?? ""),
            Query = ParseQuery(query ?? ""),
        }, host);
    }

    // Most texts have nothing to decode, and the platform's decoder is in a library of its own.
    private static string Decode(string text) => text.Contains('%') ? Uri.UnescapeDataString(text) : text;

    public static AlembicException Unsupported(string display, string reason, string? hint = null) =>
        new ConnectionException($"unsupported database URL '{display}': {reason}") { Hint = hint };

    // The last @ of the authority: a password may hold one unescaped. SQLAlchemy also accepts slashes and question marks in a password,
    // but user:1/x?y@host may just as well be host:1/x?y with an @ in a parameter.
    private static int EndOfLogin(string rest)
    {
        var end = rest.IndexOfAny(['/', '?']) is >= 0 and var found ? found : rest.Length;
        var authority = rest[..end];
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var later = rest.IndexOf('@', end);
        if (authority.LastIndexOf('@') is >= 0 and var at)
            return at;
        if (colon < 0 || later < 0 || authority.StartsWith('['))
            return -1;
        return int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? throw Unsupported("***", Ambiguous)
            : later;
    }

    // An @ after the authority ends a password with an @ and a slash in it. The rest of the password would be taken for names, which are
    // shown. A parameter's value may have an @, as accounts do (user=me@server), if no host and database seem to follow it.
    private static bool HasStrayAt(string? database, string? query)
    {
        if (database?.Contains('@', StringComparison.Ordinal) == true)
            return true;
        return (query ?? "").Split('&').Select(pair => Halves(pair, '=')).Any(pair =>
            pair.Before.Contains('@', StringComparison.Ordinal)
            || (pair.After?.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at
                && (database is null || pair.After.IndexOf('/', at) >= 0)));
    }

    private static DatabaseUrl WithHost(DatabaseUrl url, string text)
    {
        var bracket = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        var (host, port) = bracket > 0 ? (text[1..bracket], text[(bracket + 1)..])
            : Halves(text, ':') is var (before, after) ? (before, after is null ? "" : ":" + after) : default;
        if (host.Contains('@', StringComparison.Ordinal))
            throw Unsupported("***", Ambiguous);
        if (host.AsSpan().ContainsAny('[', ']') || (bracket > 0 && port.Length > 0 && port[0] != ':'))
            throw Unsupported("***", "an IPv6 address must be in brackets, and only the port may follow: [::1]:5432");
        var number = 0;
        if (port.Length > 1
            && !(int.TryParse(port[1..], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and < 65536))
            throw Unsupported("***", "the port is not a number from 1 to 65535");
        return url with { Host = host.Length == 0 ? null : Decode(host), Port = number == 0 ? null : number };
    }

    private static Dictionary<string, string> ParseQuery(string text)
    {
        var result = new Dictionary<string, string>();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (before, after) = Halves(pair, '=');
            var (key, value) = (Decode(before), Decode((after ?? "").Replace('+', ' ')));
            result[key] = result.TryGetValue(key, out var earlier) ? $"{earlier},{value}" : value;
        }
        return result;
    }

    private static (string Before, string? After) Halves(string text, char separator) =>
        text.IndexOf(separator) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

    // Text that cannot be parsed may hold a password anywhere, unless it has none of these signs.
    private static string Redact(string text) => text.AsSpan().ContainsAny('@', '=', ';') || text.Count(c => c == ':') > 1 ? "***" : text;
}
