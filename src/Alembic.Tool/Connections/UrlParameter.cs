using System.Globalization;
using Alembic.Migrations;

namespace Alembic.Tool.Connections;

/// <summary>A parameter that a database's URLs may have.</summary>
/// <param name="Names">The names in Python's drivers, separated by blanks; the first is shown. Only letters and digits count:
/// trust_server_certificate is TrustServerCertificate.</param>
/// <param name="Values">The values that it takes, for the message about any other one.</param>
/// <param name="Apply">Sets the driver's keyword; false if it does not take the value.</param>
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

    /// <summary>Creates a parameter that takes one of some words, written with hyphens, underscores or neither.</summary>
    public static UrlParameter<T> Word<TValue>(string names, Action<T, TValue> set,
        params IReadOnlyList<(string Word, TValue Value)> words) =>
        new(names, string.Join(", ", words.Select(w => w.Word)), (settings, value) =>
        {
            var meant = words.Where(w => Letters(w.Word) == Letters(value)).ToList();
            return meant.Count == 1 && Done(() => set(settings, meant[0].Value));
        });

    /// <summary>Creates a parameter that only tunes Python's drivers. It is accepted so that one URL can serve both programs.</summary>
    public static UrlParameter<T> Ignored(string names) => new(names, "", (_, _) => true);

    /// <summary>Applies all parameters of a URL.</summary>
    /// <exception cref="ConnectionException">A parameter is unknown, or does not take its value. No value is shown.</exception>
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
            // Text that does not look like a name may be a part of a password.
            var shown = key.Length <= 40 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
                ? $"'{key}'"
                : "of such a name";
            return DatabaseUrl.Unsupported(url.Display, $"{database} has no parameter {shown}{near}",
                $"the parameters of {database} are {string.Join(", ", known.Where(p => p.Values.Length > 0).Select(p => p.All[0]))}");
        }
    }

    private string[] All => Names.Split(' ');

    // The driver checks its settings, and refuses a port or a time that is too large.
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
