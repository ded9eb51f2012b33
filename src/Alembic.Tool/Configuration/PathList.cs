namespace Alembic.Tool.Configuration;

/// <summary>Splits a list of paths as path_separator says.</summary>
internal static class PathList
{
    /// <summary>The characters that a value of path_separator (or version_path_separator, given as <paramref name="key"/>) names.</summary>
    public static char[] Separators(string key, string value) => value switch
    {
        "space" => [' '],
        "newline" => ['\n'],
        "os" => [Path.PathSeparator],
        ":" => [':'],
        ";" => [';'],
        _ => throw new ConfigurationException($"'{value}' is not a valid value for {key}; expected 'space', 'newline', 'os', ':', ';'"),
    };

    public static IReadOnlyList<string> Split(string value, params char[] separators) =>
        value.Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
