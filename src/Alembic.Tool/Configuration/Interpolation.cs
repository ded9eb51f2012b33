using System.Text;
using System.Text.RegularExpressions;

namespace Alembic.Tool.Configuration;

/// <summary>
/// Replaces %(name)s in a value by the key of that name, by "here" or by the environment variable, and %% by a percent sign. The values
/// of "here" and of the environment are not interpolated again: a path or a password may hold percent signs.
/// </summary>
internal sealed partial class Interpolation(IniFile ini, string section, string key, Func<string, string?> environment)
{
    private const int DepthLimit = 10;
    private const int LengthLimit = 1 << 20;
    private const int CountLimit = 100_000;

    private readonly StringBuilder _result = new();
    private int _count;

    public string Expand(string raw)
    {
        Expand(raw, 0);
        return _result.ToString();
    }

    /// <summary>Removes the references by what looks like the name of a variable, which is no secret.</summary>
    public static string WithoutVariables(string raw) => Variable().Replace(raw, "");

    private void Expand(string raw, int depth)
    {
        if (depth > DepthLimit)
        {
            throw Error($"references nested more than {DepthLimit} deep; does it refer to itself?");
        }

        for (var at = 0; at < raw.Length;)
        {
            var percent = raw.IndexOf('%', at);
            Append(raw.AsSpan(at, (percent < 0 ? raw.Length : percent) - at));
            at = percent < 0 ? raw.Length : ExpandAt(raw, percent + 1, depth);
        }
    }

    private int ExpandAt(string raw, int at, int depth)
    {
        if (at < raw.Length && raw[at] == '%')
        {
            Append("%");
            return at + 1;
        }

        var end = at < raw.Length && raw[at] == '(' ? raw.IndexOf(')', at) : -1;
        if (end < at + 2 || end + 1 >= raw.Length || raw[end + 1] != 's')
        {
            throw Error("'%' must be followed by '%' or by '(name)s'", "write %% for a percent sign");
        }

        Substitute(raw[(at + 1)..end], depth);
        return end + 2;
    }

    private void Substitute(string name, int depth)
    {
        if (++_count > CountLimit)
        {
            throw Error($"more than {CountLimit} references");
        }

        if (ini.Raw(section, name) is { } value)
        {
            Expand(value, depth + 1);
        }
        else
        {
            Append(string.Equals(name, "here", StringComparison.OrdinalIgnoreCase) ? ini.Here : environment(name) ?? throw Unknown(name));
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (_result.Length + text.Length > LengthLimit)
        {
            throw Error("longer than 1 MB once its references are replaced");
        }

        _result.Append(text);
    }

    // A name that does not look like a variable's may be a part of a password, so it is not shown.
    private InterpolationException Unknown(string name) =>
        WithoutVariables($"%({name})s").Length == 0
            ? Error($"there is neither a key nor an environment variable {name}", $"export {name}=...")
            : Error("it refers by %(name)s to a name that is neither a key nor an environment variable", "write %% for a percent sign");

    [GeneratedRegex(@"%\([A-Z0-9_]+\)s")]
    private static partial Regex Variable();

    private InterpolationException Error(string problem, string? hint = null) => new(ini.Path, section, key, problem) { Hint = hint };
}
