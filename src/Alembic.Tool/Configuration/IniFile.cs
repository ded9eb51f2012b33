using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Ini;

namespace Alembic.Tool.Configuration;

/// <summary>
/// An ini file in Alembic's dialect: section names are case-sensitive, keys are not, and values are interpolated when they are read.
/// </summary>
internal sealed class IniFile
{
    private const int SizeLimit = 1 << 20;

    private readonly IDictionary<string, string?> _encoded;
    private readonly Func<string, string?> _environment;

    private IniFile(string path, bool exists, string text, Func<string, string?> environment)
    {
        Path = path;
        Exists = exists;
        Here = (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? path).Replace('\\', '/');
        (Sections, var prepared) = IniText.Prepare(text, path);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(prepared));
        // Only the reader is used: a configuration of several sources is more than one file needs.
        _encoded = IniStreamConfigurationProvider.Read(stream);
        _environment = environment;
    }

    /// <summary>The path of the file, as the user wrote it.</summary>
    public string Path { get; }

    public bool Exists { get; }

    /// <summary>What %(here)s stands for: the absolute directory of the file, with '/' on every system.</summary>
    public string Here { get; }

    public IReadOnlyCollection<string> Sections { get; }

    /// <summary>Reads a file. A missing file counts as an empty one: the command decides whether that is an error.</summary>
    public static IniFile Read(string path, Func<string, string?> environment)
    {
        if (System.IO.Path.GetFileName(path) == "pyproject.toml")
        {
            throw new ConfigurationException(
                "pyproject.toml is not read by this program; put the settings of [tool.alembic] into the [alembic] section of an "
                    + "alembic.ini");
        }

        return File.Exists(path) || Directory.Exists(path)
            ? new IniFile(path, true, Decode(ReadBytes(path), path), environment)
            : new IniFile(path, false, "", environment);
    }

    public static IniFile Parse(string text, string path, Func<string, string?> environment) => new(path, true, text, environment);

    public bool HasSection(string section) => Sections.Contains(section);

    /// <summary>Gets a value as the section or [DEFAULT] has it, with its percent signs; null if there is none.</summary>
    public string? Raw(string section, string key) =>
        HasSection(section) ? Own(section, key) ?? Own(IniText.DefaultSection, key) : null;

    /// <summary>Gets a value with its %(name)s replaced; null if there is none.</summary>
    public string? Value(string section, string key) =>
        Raw(section, key) is { } raw ? new Interpolation(this, section, key, _environment).Expand(raw) : null;

    /// <summary>Gets all values of a section, with those of [DEFAULT] and "here"; null if there is no such section.</summary>
    public IReadOnlyDictionary<string, string>? Section(string section)
    {
        if (!HasSection(section))
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["here"] = Here };
        foreach (var key in Keys(IniText.DefaultSection).Concat(Keys(section)))
        {
            values[key] = Value(section, key)!;
        }

        return values;
    }

    /// <summary>Gets the keys of a section itself, in lower case.</summary>
    public IEnumerable<string> Keys(string section)
    {
        var prefix = IniText.EncodeSection(section) + ConfigurationPath.KeyDelimiter;
        return _encoded.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => IniText.Decode(key[prefix.Length..]));
    }

    private string? Own(string section, string key) =>
        _encoded.TryGetValue(ConfigurationPath.Combine(IniText.EncodeSection(section), IniText.EncodeKey(key)), out var value)
        && value is not null
            ? IniText.Decode(value)
            : null;

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[SizeLimit + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= SizeLimit
                ? bytes[..length]
                : throw new ConfigurationException($"{path} is larger than 1 MB; is it an ini file?");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Can't read the configuration file {path}: it is not a file or cannot be read", error);
        }
    }

    private static string Decode(byte[] bytes, string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new ConfigurationException($"{path} is not UTF-8 text; save it in that encoding", error);
        }
    }
}
