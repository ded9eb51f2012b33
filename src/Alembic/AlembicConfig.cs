namespace Alembic;

/// <summary>The configuration file as user code sees it, and the only way for user code to write to stdout.</summary>
/// <param name="mainOption">Gives a value of the main section, or null.</param>
/// <param name="section">Gives the values of a section by their names, or null if there is none.</param>
/// <param name="print">Prints a line on stdout.</param>
public sealed class AlembicConfig(Func<string, string?> mainOption, Func<string, IReadOnlyDictionary<string, string>?> section,
    Action<string> print)
{
    /// <summary>Gets a value of the main section: <c>[alembic]</c>, or the one that <c>-n</c> names.</summary>
    /// <param name="name">The key.</param>
    /// <returns>The value, or null if there is none.</returns>
    public string? GetMainOption(string name) => mainOption(name);

    /// <summary>Gets a value of a section.</summary>
    /// <param name="sectionName">The section.</param>
    /// <param name="name">The key.</param>
    /// <returns>The value, or null if there is none.</returns>
    public string? GetSectionOption(string sectionName, string name) => section(sectionName)?.GetValueOrDefault(name);

    /// <summary>Gets the values of a section by their names.</summary>
    /// <param name="sectionName">The section.</param>
    /// <returns>The values, or null if there is no such section.</returns>
    public IReadOnlyDictionary<string, string>? GetSection(string sectionName) => section(sectionName);

    /// <summary>Prints a line on stdout; what user code writes to the console goes to stderr.</summary>
    /// <param name="text">The line.</param>
    public void PrintStdout(string text) => print(text);
}
