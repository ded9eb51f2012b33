namespace Alembic.Tool.Configuration;

/// <summary>A "%" in a value of the ini file cannot be replaced.</summary>
internal sealed class InterpolationException(string file, string section, string key, string problem)
    : ConfigurationException($"{file}, section [{section}], key '{key}': {problem}")
{
    public string Section => section;

    public string Key => key;
}
