using Alembic.Tool.Bundles;
using Alembic.Tool.Commands;
using Alembic.Tool.Compilation;
using Alembic.Tool.Documents;
using Alembic.Tool.Output;
using Alembic.Tool.Watching;

namespace Alembic.Tool;

/// <summary>Runs one command and says how it ended: results on stdout, everything else on stderr, the exit code as documented.</summary>
internal static class CommandLine
{
    private const int LongestMessage = 2_000;

    // For the statement that is shown below its error.
    private const int MostLines = 20;
    private const int LongestLine = 400;
    private const int LongestStatement = 100_000;

    // A secret that is cut is not recognized as one.
    private const int LongestSecret = 10_000;

    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, Bundle? bundle = null)
    {
        var begun = terminal.Clock.GetTimestamp();
        var globals = new GlobalOptionsBox();
        var secrets = new Secrets();
        // An error may show what was typed before anything knows what it was meant to be.
        foreach (var argument in arguments)
            secrets.LearnAddress(argument);
        Timings? timings = null;
        var results = new Results(
            terminal, secrets, Results.AreJson(arguments), () => globals.Command, () => globals.Value.Output, () => timings?.Parts());
        terminal = terminal.Sending(() => results.Lines).Showing(secrets, arguments);
        var project = new Project(globals, terminal, secrets, results, Failure.Diagnostics, RootCommand.NeedsProject, bundle);
        project.Preparation.Start(terminal.Open);
        project.Preparation.Hashes();
        var code = Carry(() =>
        {
            var command = RootCommand.Parse(arguments, globals, project);
            timings = globals.Value.Timings && !NativeFront.IsThis ? new(terminal.Clock, begun, terminal.Before(), secrets.Hide) : null;
            using var progress = globals.Value.Quiet || NativeFront.IsThis ? null : new ProgressLine(terminal, secrets.Hide);
            using var watch = Watch(timings, progress);
            var exit = command?.OnExecute() ?? 0;
            terminal.Release();
            return exit;
        });
        var ended = Carry(() =>
        {
            results.End(code, isWhole: code is 0 or Failure.DifferencesFound or Failure.HistoryFound);
            return code;
        });
        // Print the document in any case.
        if (ended != code)
            results.EndOnStdout(ended);
        results.Summarize(ended);
        if (!results.IsDocument)
            Print(timings?.Lines() ?? []);
        return ended;

        SpanWatch? Watch(params IEnumerable<ISpanWatcher?> watchers) =>
            watchers.OfType<ISpanWatcher>().ToList() is { Count: > 0 } some ? new(globals.Command, some) : null;

        void Print(IEnumerable<string> lines)
        {
            foreach (var line in lines)
                terminal.Error.WriteLine(line);
        }

        int Carry(Func<int> work)
        {
            try
            {
                return work();
            }
            catch (Exception exception) when (!NativeFront.IsOwn(exception))
            {
                terminal.Release();
                var found = project.Diagnose(exception);
                foreach (var diagnostic in found)
                    results.Note(diagnostic);
                if (globals.Value.RaiseError)
                    terminal.Error.WriteLine(exception);
                else
                    Report(exception, found[^1], terminal.Error, secrets);
                return Failure.ExitCode(exception);
            }
        }
    }

    private static void Report(Exception exception, Diagnostic failure, TextWriter error, Secrets secrets)
    {
        foreach (var line in (exception as CompilationException)?.Errors ?? [])
            error.WriteLine(line);
        error.WriteLine($"FAILED: {Shortened(failure.Message, LongestMessage, secrets)}");
        if (failure.Statement is { } statement)
            WriteStatement(statement, error, secrets);
        if (failure.Hint is { } hint)
            error.WriteLine($"hint: {hint}");
    }

    // A driver's message may repeat a text of many megabytes. The position in the file is at the message's end.
    private static string Shortened(string text, int most, Secrets secrets)
    {
        if (text.Length <= most + LongestSecret)
            return text;
        var (start, end) = (secrets.Hide(text[..(most + LongestSecret)]), secrets.Hide(text[^(most + LongestSecret)..]));
        return $"{start[..Math.Min(start.Length, most)]} … {end[^Math.Min(end.Length, most)..]}";
    }

    private static void WriteStatement(string statement, TextWriter error, Secrets secrets)
    {
        var lines = Shortened(statement, LongestStatement, secrets).ReplaceLineEndings("\n").Trim('\n').Split('\n');
        var count = Math.Max(lines.Length, statement.AsSpan().Trim('\n').Count('\n') + 1);
        foreach (var line in lines.Take(MostLines))
            error.WriteLine($"    {(line.Length > LongestLine ? line[..LongestLine] + " …" : line)}");
        if (count > MostLines)
            error.WriteLine($"    … {count - MostLines} more lines");
    }
}
