using System.Text;
using System.Text.RegularExpressions;
using Alembic.Tool.Configuration;
using Alembic.Tool.Output;

namespace Alembic.Tool.Bundles;

/// <summary>
/// The ini file of a bundle: that of the project, without what refers to the project, without comments and without secrets.
/// </summary>
internal sealed partial class BundledSettings
{
    private static readonly string[] OfProject =
    [
        "appsettings_dir", "cache_dir", "model", "model_configuration", "model_context", "model_framework", "model_use_host",
        "path_separator", "prepend_sys_path", "recursive_version_locations", "references", "script_location", "sources", "user_secrets_id",
        "version_locations", "version_path_separator",
    ];

    private static readonly string[] SectionsOfProject = ["lint", "post_write_hooks"];

    private readonly List<string> _secrets = [];

    public BundledSettings(IniFile ini)
    {
        var text = new StringBuilder();
        foreach (var section in ini.Sections.Except(SectionsOfProject))
        {
            text.Append('[').Append(section).Append("]\n");
            foreach (var key in ini.Keys(section).Except(OfProject).Order(StringComparer.Ordinal))
            {
                var value = ini.Raw(section, key)!;
                if (HasSecret(key, value))
                    _secrets.Add($"{key} of section [{section}]");
                else
                    text.Append(key).Append(" = ").Append(value.Replace("\n", "\n    ", StringComparison.Ordinal)).Append('\n');
            }
            text.Append('\n');
        }
        Text = text.ToString();
    }

    public string Text { get; }

    /// <summary>The settings that were left out because they hold a secret.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    // The name of a variable is not a secret.
    private static bool HasSecret(string key, string value)
    {
        var text = $"{key} = {Reference().Replace(value, "")}";
        var secrets = new Secrets();
        secrets.LearnAddress(text);
        return secrets.Hide(text) != text;
    }

    [GeneratedRegex(@"%\([^()]*\)s")]
    private static partial Regex Reference();
}
