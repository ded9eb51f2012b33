using System.Text;
using Alembic.Tool.Output;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Documents;

/// <summary>Brings out what a command found or did: as lines, or as one document; to stdout, or into a file.</summary>
/// <param name="terminal">The world outside.</param>
/// <param name="secrets">What is not shown.</param>
/// <param name="isJson">Whether a document is wanted.</param>
/// <param name="command">The name of the command, once it is known.</param>
/// <param name="file">The file for the results, once it is known; null for stdout.</param>
internal sealed class Results(Terminal terminal, Secrets secrets, bool isJson, Func<string?> command, Func<string?> file)
{
    private readonly List<object> _data = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly StringBuilder _file = new();
    private readonly BuildServer? _server = BuildServer.Of(terminal.Showing(secrets, []), secrets);

    /// <summary>
    /// Tells whether arguments ask for a document. They are not parsed for that: what is wrong with them is told in a document, too.
    /// </summary>
    public static bool AreJson(IEnumerable<string> arguments) =>
        arguments.TakeWhile(a => a != "--").Any(a => a == "--json" || a.StartsWith("--json=", StringComparison.Ordinal));

    /// <summary>Tells whether a document is wanted, which says it all: what people are told besides is left out.</summary>
    public bool IsDocument => isJson;

    /// <summary>Where lines go. With a document they are not a result, and go to stderr.</summary>
    public TextWriter Lines => isJson ? new ShownWriter(() => terminal.Error, secrets)
        : File is null ? terminal.Out
        : new StringWriter(_file) { NewLine = "\n" };

    private string? File => file();

    /// <summary>Takes one of the results, where a document is wanted.</summary>
    /// <returns>False where it has to be told in lines.</returns>
    public bool Take(Func<object> data)
    {
        if (isJson || _server?.SummaryFile is not null)
            _data.Add(data());
        return isJson;
    }

    /// <summary>Notes an error or a warning. Whoever does tells people, too.</summary>
    public void Note(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        _server?.Annotate(diagnostic);
    }

    /// <summary>Tells the build server of something that stands among the results.</summary>
    public void Annotate(Diagnostic diagnostic) => _server?.Annotate(diagnostic);

    /// <summary>The path of a file in its repository.</summary>
    public string RepositoryPath(string path) => Documents.RepositoryPath.Of(path, terminal.Environment);

    /// <summary>Brings out what is left.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="isWhole">Whether the command came to its end: a file is not replaced by half a script.</param>
    /// <exception cref="AlembicException">The file cannot be written.</exception>
    public void End(int exitCode, bool isWhole)
    {
        if (File is null)
            terminal.Out.Write(isJson ? Document(exitCode) : "");
        else if (isJson || isWhole)
            NewFile.Replace(Path.GetFullPath(File, terminal.WorkingDirectory), isJson ? Document(exitCode) : _file.ToString());
    }

    /// <summary>Prints the document that could not be written into its file.</summary>
    public void EndOnStdout(int exitCode)
    {
        if (isJson && File is not null)
            terminal.Out.Write(Document(exitCode));
    }

    /// <summary>Adds to the build's page what was found or done.</summary>
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
        new(Documents.Document.Version, command(), exitCode == 0, exitCode, _data, _diagnostics);
}
