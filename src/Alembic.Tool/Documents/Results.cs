using System.Text;
using Alembic.Tool.Output;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Documents;

/// <summary>Prints what a command found or did: as lines or as one document, to stdout or into a file.</summary>
/// <param name="terminal">The terminal of the command.</param>
/// <param name="secrets">The secrets to hide.</param>
/// <param name="isJson">Whether a document is wanted.</param>
/// <param name="command">The name of the command, once it is known.</param>
/// <param name="file">The file for the results, once it is known; null for stdout.</param>
/// <param name="timings">Gets where the time went; null if that is not wanted.</param>
internal sealed class Results(Terminal terminal, Secrets secrets, bool isJson, Func<string?> command, Func<string?> file,
    Func<IReadOnlyList<TimingData>?> timings)
{
    private readonly List<object> _data = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly StringBuilder _file = new();
    private readonly BuildServer? _server = BuildServer.Of(terminal.Showing(secrets, []), secrets);

    /// <summary>
    /// Tells whether arguments ask for a document. They are not parsed for that: errors of parsing are also told in a document.
    /// </summary>
    public static bool AreJson(IEnumerable<string> arguments) =>
        arguments.TakeWhile(a => a != "--").Any(a => a == "--json" || a.StartsWith("--json=", StringComparison.Ordinal));

    /// <summary>Tells whether a document is wanted. It has everything, so other lines for people are omitted.</summary>
    public bool IsDocument => isJson;

    /// <summary>The target of lines. With a document they are not a result, and go to stderr.</summary>
    public TextWriter Lines => isJson ? new ShownWriter(() => terminal.Error, secrets)
        : File is null ? terminal.Out
        : new StringWriter(_file) { NewLine = "\n" };

    private string? File => file();

    /// <summary>Takes one of the results, if a document is wanted.</summary>
    /// <returns>False if the result has to be printed as lines.</returns>
    public bool Take(Func<object> data)
    {
        if (isJson || _server?.SummaryFile is not null)
            _data.Add(data());
        return isJson;
    }

    /// <summary>Adds an error or a warning to the document. The caller also tells people.</summary>
    public void Note(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        _server?.Annotate(diagnostic);
    }

    /// <summary>Reports one of the results to the build server.</summary>
    public void Annotate(Diagnostic diagnostic) => _server?.Annotate(diagnostic);

    /// <summary>Gets the path of a file in its repository.</summary>
    public string RepositoryPath(string path) => Documents.RepositoryPath.Of(path, terminal.Environment);

    /// <summary>Prints what is left.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="isWhole">Whether the command reached its end: half a script does not replace a file.</param>
    /// <exception cref="AlembicException">The file cannot be written.</exception>
    public void End(int exitCode, bool isWhole)
    {
        if (File is null)
            terminal.Out.Write(isJson ? Document(exitCode) : "");
        else if (isJson || isWhole)
            NewFile.Replace(Path.GetFullPath(File, terminal.WorkingDirectory), isJson ? Document(exitCode) : _file.ToString());
    }

    /// <summary>Prints on stdout the document that could not be written into its file.</summary>
    public void EndOnStdout(int exitCode)
    {
        if (isJson && File is not null)
            terminal.Out.Write(Document(exitCode));
    }

    /// <summary>Adds what was found or done to the build's page.</summary>
    public void Summarize(int exitCode)
    {
        if (_server?.SummaryFile is not { } page || Summary.Of(ToDocument(exitCode), RepositoryPath) is not { } text)
            return;
        try
        {
            System.IO.File.AppendAllText(page, secrets.Hide(text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"warning: can't write the summary {page}: {exception.Message}");
        }
    }

    private string Document(int exitCode) => ToDocument(exitCode).Text(secrets);

    private Document ToDocument(int exitCode) =>
        new(Documents.Document.Version, command(), exitCode == 0, exitCode, _data, _diagnostics, timings());
}
