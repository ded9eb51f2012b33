using System.Globalization;
using System.Text;

namespace Alembic.Tool.Configuration;

/// <summary>
/// Rewrites Alembic's ini dialect (Python's ConfigParser) into the plainer one that Microsoft.Extensions.Configuration.Ini reads: one
/// line per key, with names and values percent-encoded. That reader drops quotes, ends values at line breaks, ignores the case of
/// sections and splits names at colons. Encoded text has none of these.
/// </summary>
internal sealed class IniText
{
    public const string DefaultSection = "DEFAULT";

    private readonly string _file;
    private readonly List<string> _sections = [];
    private readonly List<int> _lines = [];
    private readonly HashSet<string> _names = [];
    private readonly StringBuilder _text = new();

    private string? _section;
    private string? _key;
    private List<string> _value = [];
    private int _indent;

    private IniText(string file) => _file = file;

    /// <summary>Gets the sections in the order of the file, and the text for the reader.</summary>
    public static (IReadOnlyCollection<string> Sections, string Text) Prepare(string text, string file)
    {
        var ini = new IniText(file);
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split(["\r\n", "\n", "\r"], StringSplitOptions.None))
        {
            ini.Accept(line, ++number);
        }

        ini.EndValue();
        return (ini._sections, ini._text.ToString());
    }

    /// <summary>
    /// Encodes a section name for the reader. Upper case is encoded, too: section names are case-sensitive, the reader's keys are not.
    /// </summary>
    public static string EncodeSection(string name) => Encode(name);

    /// <summary>Encodes a key for the reader. Keys are not case-sensitive.</summary>
    public static string EncodeKey(string key) => Encode(key.ToLowerInvariant());

    public static string Decode(string value)
    {
        if (!value.Contains('%'))
            return value;
        var text = new StringBuilder(value.Length);
        for (var at = 0; at < value.Length; at++)
        {
            text.Append(value[at] == '%'
                ? (char)ushort.Parse(value.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : value[at]);
            at += value[at] == '%' ? 4 : 0;
        }

        return text.ToString();
    }

    // Not Uri's method: loading and compiling it takes longer than reading the file.
    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.')
                encoded.Append(c);
            else
                encoded.Append('%').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    private void Accept(string line, int number)
    {
        var content = line.Trim();
        if (content.StartsWith('#') || content.StartsWith(';'))
        {
            return;
        }

        var indent = line.Length - line.TrimStart().Length;
        if (content.Length == 0)
        {
            _value.Add("");
        }
        else if (_key is not null && indent > _indent)
        {
            _value.Add(content);
        }
        else
        {
            EndValue();
            _indent = indent;
            if (content.StartsWith('['))
            {
                BeginSection(content, number);
            }
            else
            {
                BeginValue(content, number);
            }
        }
    }

    private void BeginSection(string content, int number)
    {
        var end = content.LastIndexOf(']');
        var rest = end < 0 ? "" : content[(end + 1)..].TrimStart();
        if (end < 2 || (rest.Length > 0 && rest[0] is not ('#' or ';')))
        {
            throw new IniSyntaxException(_file, number, "a section header is a name in brackets, as in [alembic]");
        }

        _section = content[1..end];
        if (!_names.Add(EncodeSection(_section)))
        {
            if (_section != DefaultSection)
                throw new IniSyntaxException(_file, number,
                    $"section [{_section}] already begins in line {_lines[_sections.IndexOf(_section)]}; put its keys under one header");
        }
        else
        {
            _sections.Add(_section);
            _lines.Add(number);
        }

        _text.Append('[').Append(EncodeSection(_section)).Append("]\n");
    }

    private void BeginValue(string content, int number)
    {
        if (_section is null)
        {
            throw new IniSyntaxException(_file, number, "text before the first section header; begin the file with [alembic]");
        }

        var delimiter = content.AsSpan().IndexOfAny('=', ':');
        if (delimiter < 0)
        {
            throw new IniSyntaxException(_file, number,
                "neither 'key = value' nor a comment; indent the line if it continues the value above it");
        }

        _key = content[..delimiter].TrimEnd();
        if (_key.Length == 0)
        {
            throw new IniSyntaxException(_file, number, "a value without a key; write 'key = value'");
        }

        if (!_names.Add($"{EncodeSection(_section)}:{EncodeKey(_key)}"))
        {
            throw new IniSyntaxException(_file, number, $"key '{_key}' is given twice in section [{_section}]; keep one of them");
        }

        _value.Add(content[(delimiter + 1)..].TrimStart());
    }

    private void EndValue()
    {
        if (_key is not null)
        {
            var value = string.Join('\n', _value).TrimEnd();
            _text.Append(EncodeKey(_key)).Append('=').Append(Encode(value)).Append('\n');
        }

        _key = null;
        _value = [];
    }
}
