using System.Globalization;
using System.Text;
using Alembic.Tool.Output;

namespace Alembic.Tool.Documents;

/// <summary>The build server that runs the command, if it wants errors and warnings in a form of its own.</summary>
/// <param name="terminal">The terminal of the command.</param>
/// <param name="secrets">The secrets to hide.</param>
internal abstract class BuildServer(Terminal terminal, Secrets secrets)
{
    /// <summary>Gets the server; null if none is known.</summary>
    public static BuildServer? Of(Terminal terminal, Secrets secrets) =>
        string.Equals(terminal.Environment("GITHUB_ACTIONS"), "true", StringComparison.OrdinalIgnoreCase) ? new GitHub(terminal, secrets)
        : string.Equals(terminal.Environment("TF_BUILD"), "true", StringComparison.OrdinalIgnoreCase) ? new Azure(terminal, secrets)
        : null;

    /// <summary>The file that takes a summary in Markdown; null if there is none.</summary>
    public virtual string? SummaryFile => null;

    /// <summary>
    /// Reports an error or a warning to the server, which reads both of a command's streams. Results go to the other one.
    /// </summary>
    public void Annotate(Diagnostic diagnostic) => terminal.Error.WriteLine(Line(
        diagnostic with { File = diagnostic.File is { } file ? RepositoryPath.Of(file, terminal.Environment) : null },
        Shown(diagnostic.Hint is { } hint ? $"{diagnostic.Message}\nhint: {hint}" : diagnostic.Message)));

    protected abstract string Line(Diagnostic diagnostic, string text);

    // Hidden before it is escaped: an escaped secret may look different.
    private string Shown(string text) => Visible.Text(secrets.Hide(text)).ReplaceLineEndings("\n");

    private static string Escaped(string text, params IEnumerable<(char Sign, string Code)> codes)
    {
        var map = codes.ToDictionary(c => c.Sign, c => c.Code);
        var result = new StringBuilder(text.Length);
        foreach (var sign in text)
            result.Append(map.GetValueOrDefault(sign, sign.ToString()));
        return result.ToString();
    }

    private static string Properties(char between, params IEnumerable<(string Name, string? Value)> properties) =>
        string.Join(between, properties.Where(p => p.Value is not null).Select(p => $"{p.Name}={p.Value}"));

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private sealed class GitHub(Terminal terminal, Secrets secrets) : BuildServer(terminal, secrets)
    {
        private readonly Terminal _terminal = terminal;

        public override string? SummaryFile => _terminal.Environment("GITHUB_STEP_SUMMARY") is { Length: > 0 } file ? file : null;

        protected override string Line(Diagnostic diagnostic, string text) =>
            $"::{diagnostic.Severity} " + Properties(',', ("file", Property(diagnostic.File)), ("line", Number(diagnostic.Line)),
                ("col", Number(diagnostic.Column)), ("title", diagnostic.Code)) + $"::{Escaped(text, Data)}";

        private static readonly (char, string)[] Data = [('%', "%25"), ('\r', "%0D"), ('\n', "%0A")];

        private static string? Property(string? text) => text is null ? null : Escaped(text, [.. Data, (':', "%3A"), (',', "%2C")]);
    }

    private sealed class Azure(Terminal terminal, Secrets secrets) : BuildServer(terminal, secrets)
    {
        protected override string Line(Diagnostic diagnostic, string text) =>
            $"##vso[task.logissue {Properties(';', ("type", diagnostic.Severity), ("sourcepath", Property(diagnostic.File)),
                ("linenumber", Number(diagnostic.Line)), ("columnnumber", Number(diagnostic.Column)), ("code", diagnostic.Code))}]"
            + Escaped(text, Data);

        private static readonly (char, string)[] Data = [('%', "%AZP25"), ('\r', "%0D"), ('\n', "%0A")];

        private static string? Property(string? text) => text is null ? null : Escaped(text, [.. Data, (';', "%3B"), (']', "%5D")]);
    }
}
