using System.Globalization;
using Alembic.Migrations;

namespace Alembic.Tool.Connections;

/// <summary>A parameter that a database's URLs may have.</summary>
/// <param name="Names">What Python's drivers call it, apart by blanks; the first is the one to show. Only letters and digits count:
/// trust_server_certificate is TrustServerCertificate.</param>
/// <param name="Values">What it takes, for the message about something else.</param>
/// <param name="Apply">Sets the driver's keyword; false where the value is none that it takes.</param>
internal sealed record UrlParameter<T>(string Names, string Values, Func<T, string, bool> Apply)
{
    public static UrlParameter<T> Text(string names, Action<T, string> set) =>
        new(names, "a text", (settings, value) => Done(() => set(settings, value)));

    public static UrlParameter<T> Number(string names, Action<T, int> set, string unit = "a number") =>
        new(names, unit, (settings, value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Done(() => set(settings, number)));

    public static UrlParameter<T> Seconds(string names, Action<T, int> set) => Number(names, set, "a number of seconds");

    public static UrlParameter<T> Flag(string names, Action<T, bool> set) =>
        new(names, "true or false", (settings, value) => value.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => Done(() => set(settings, true)),
        "false" or "0" or "no" or "off" => Done(() => set(settings, false)),
        _ => false,
    });

    /// <summary>One of some words, written with hyphens, underscores or neither.</summary>
    public static UrlParameter<T> Word<TValue>(string names, Action<T, TValue> set,
        params IReadOnlyList<(string Word, TValue Value)> words) =>
        new(names, string.Join(", ", words.Select(w => w.Word)), (settings, value) =>
        {
            var meant = words.Where(w => Letters(w.Word) == Letters(value)).ToList();
            return meant.Count == 1 && Done(() => set(settings, meant[0].Value));
        });

    /// <summary>What tunes Python's drivers only, and is accepted so that one URL may serve both programs.</summary>
    public static UrlParameter<T> Ignored(string names) => new(names, "", (_, _) => true);

    /// <summary>Applies all parameters of a URL.</summary>
    /// <exception cref="ConnectionException">One is not known, or has a value that it does not take. No value is shown.</exception>
    public static void ApplyAll(IReadOnlyList<UrlParameter<T>> known, string database, DatabaseUrl url, T settings)
    {
        foreach (var (key, value) in url.Query)
        {
            var parameter = known.FirstOrDefault(p => p.All.Any(name => Letters(name) == Letters(key))) ?? throw Unknown(key);
            if (!parameter.Apply(settings, value))
                throw DatabaseUrl.Unsupported(url.Display,
                    $"the parameter '{parameter.All[0]}' of {database} does not take this value; it takes {parameter.Values}");
        }

        AlembicException Unknown(string key)
        {
            var names = known.SelectMany(p => p.All).ToList();
            var near = NearbyNames.Hint(key.ToLowerInvariant(), names) is { } hint ? $"; {hint}" : "";
            // What does not look like a name may be a piece of a password.
            var shown = key.Length <= 40 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
                ? $"'{key}'"
                : "of such a name";
            return DatabaseUrl.Unsupported(url.Display, $"{database} has no parameter {shown}{near}",
                $"the parameters of {database} are {string.Join(", ", known.Where(p => p.Values.Length > 0).Select(p => p.All[0]))}");
        }
    }

    private string[] All => Names.Split(' ');

    // The driver looks at what it is given, and refuses a port or a time that is too large.
    private static bool Done(Action set)
    {
        try
        {
            set();
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
