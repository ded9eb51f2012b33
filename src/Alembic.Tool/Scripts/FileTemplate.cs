using System.Text;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Scripts;

/// <summary>The file_template setting: names the file of a new revision, below its version location.</summary>
internal sealed class FileTemplate
{
    private const int NameLimit = 255;

    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    private readonly PrintfFormat _format;

    public FileTemplate(string template)
    {
        try
        {
            _format = PrintfFormat.Parse(template);
        }
        catch (FormatException error)
        {
            throw Invalid(error);
        }
    }

    /// <summary>Gets a relative path with '/' between its parts and the extension ".cs".</summary>
    public string Render(string id, string slug, DateTimeOffset date)
    {
        try
        {
            var path = _format.Render(token => Value(token, id, slug, date)) + ".cs";
            foreach (var name in path.Split('/'))
            {
                CheckName(name);
            }

            return path;
        }
        catch (FormatException error)
        {
            throw Invalid(error);
        }
    }

    private static object? Value(string token, string id, string slug, DateTimeOffset date) => token switch
    {
        "rev" => id,
        "slug" => slug,
        "epoch" => date.ToUnixTimeSeconds(),
        "year" => (long)date.Year,
        "month" => (long)date.Month,
        "day" => (long)date.Day,
        "hour" => (long)date.Hour,
        "minute" => (long)date.Minute,
        "second" => (long)date.Second,
        _ => null,
    };

    // A name that is not allowed on one system would lock its users out of the project. An empty name or ".." leaves the location.
    private static void CheckName(string name)
    {
        if (name.Length == 0 || name is "." or ".." or ".cs" || name.Any(c => char.IsControl(c) || "\\:<>|?*\"".Contains(c))
            || name[^1] is ' ' or '.'
            || Devices.Contains(name.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase))
        {
            throw new ConfigurationException(
                "file_template leaves the version location, or gives a file name that is not valid on every system")
            {
                Hint = "use relative names of %%(rev)s and %%(slug)s; '/' creates directories",
            };
        }

        if (Encoding.UTF8.GetByteCount(name) > NameLimit)
        {
            throw new ConfigurationException($"file_template gives a file name of more than {NameLimit} bytes; lower truncate_slug_length");
        }
    }

    private static ConfigurationException Invalid(FormatException error) => new($"file_template {error.Message}", error)
    {
        Hint = "its fields are rev, slug, epoch, year, month, day, hour, minute, second, as in %%(rev)s and %%(month).2d",
    };
}
