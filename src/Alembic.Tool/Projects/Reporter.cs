using Alembic.Tool.Configuration;
using Alembic.Tool.Documents;
using Alembic.Tool.Output;
using Alembic.Tool.Scripts;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool;

/// <summary>Prints what a command finds and does: results as lines or in the document, the rest on stderr and in the log.</summary>
/// <param name="globals">The options that every command takes, once they are parsed.</param>
/// <param name="terminal">The terminal of the command.</param>
/// <param name="secrets">The secrets to hide.</param>
/// <param name="results">Takes the results.</param>
/// <param name="named">Gets a text with the commands in it as they are called here.</param>
/// <param name="settings">Reads the settings, which say where log lines go.</param>
internal sealed class Reporter(
    GlobalOptionsBox globals, Terminal terminal, Secrets secrets, Results results, Func<string, string> named, Func<Settings> settings)
{
    private bool IsQuiet => globals.Value.Quiet;

    public Status Status => field ??= new Status(terminal.Out, IsQuiet);

    public ILoggerFactory Logging => field ??= Writers(IsQuiet);

    /// <summary>The log, reduced to warnings and errors.</summary>
    public ILoggerFactory Warnings => field ??= Writers(isQuiet: true);

    /// <summary>Prints a line for people that is not a result.</summary>
    public void Print(string line)
    {
        if (!results.IsDocument)
            terminal.Out.WriteLine(line);
    }

    /// <summary>Shows one of the results.</summary>
    /// <param name="data">Creates its form for a document.</param>
    /// <param name="lines">What people read.</param>
    public void Show(Func<object> data, params IEnumerable<string> lines)
    {
        if (results.Take(data))
            return;
        foreach (var line in lines)
            Print(line);
    }

    /// <summary>Shows a text that other programs read, character for character.</summary>
    /// <param name="data">Creates its form for a document.</param>
    /// <param name="write">Writes the text.</param>
    public void ShowText(Func<string, object> data, Action<TextWriter> write)
    {
        if (results.IsDocument)
            results.Take(() => data(NewFile.Text(write)));
        else
            write(terminal.Raw);
    }

    /// <summary>Has a build server show one of the results beside the code.</summary>
    public void Annotate(Diagnostic diagnostic) => results.Annotate(diagnostic);

    /// <summary>Hides the secrets in a text for a file of results.</summary>
    public string Shown(string text) => secrets.Hide(text);

    /// <summary>Gets the path of a file in its repository.</summary>
    public string RepositoryPath(string path) => results.RepositoryPath(path);

    /// <summary>Prints on stderr what is neither a result nor a warning.</summary>
    public void Inform(string text)
    {
        if (!IsQuiet)
            terminal.Error.WriteLine(text);
    }

    /// <summary>Shows a command with which a user may want to continue.</summary>
    public void Hint(string text) => Inform($"hint: {named(text)}");

    public void Warn(string code, string text)
    {
        text = text.ReplaceLineEndings(" ");
        terminal.Error.WriteLine($"warning: {text}");
        results.Note(new(code, Diagnostic.Warning, text));
    }

    public void Log(LogLevel level, string text, string category = "alembic.runtime.migration") =>
        Logging.CreateLogger(category).Log(level, 0, text, null, static (line, _) => line);

    private LogWriters Writers(bool isQuiet) => new(
        LogConfiguration.Read(settings().Ini, settings().Folder, globals.Value.Verbose, text => Warn(DiagnosticCode.LogSection, text)),
        terminal.Out,
        terminal.Error,
        terminal.Clock,
        secrets.LearnText,
        (category, text) => results.Note(new(DiagnosticCode.OfLog(category), Diagnostic.Warning, text)),
        line => Visible.Text(secrets.Hide(line)),
        isQuiet);
}
