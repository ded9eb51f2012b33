using Alembic.Revisions;
using Alembic.Migrations;
using Alembic.Tool.Commands;
using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;
using Alembic.Tool.Output;

namespace Alembic.Tool;

/// <summary>Runs one command and says how it ended: results on stdout, everything else on stderr, the exit code as documented.</summary>
internal static class CommandLine
{
    private const int LongestMessage = 2_000;

    // Of a statement under its error.
    private const int MostLines = 20;
    private const int LongestLine = 400;
    private const int LongestStatement = 100_000;

    // A secret is seen as one when it is whole.
    private const int LongestSecret = 10_000;

    public static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var globals = new GlobalOptionsBox();
        var secrets = new Secrets();
        // What is typed may be shown as it is found wanting, before anybody knows what it was meant to be.
        foreach (var argument in arguments)
            secrets.LearnAddress(argument);
        terminal = terminal.Showing(secrets);
        var project = new Project(globals, terminal, secrets);
        project.Preparation.Start(terminal.Open);
        project.Preparation.Hashes();
        try
        {
            return RootCommand.Parse(arguments, globals, project)?.OnExecute() ?? 0;
        }
        catch (Exception exception) when (!globals.Value.RaiseError)
        {
            return Report(exception, project.Explain(exception), terminal.Error, secrets);
        }
        catch (Exception exception)
        {
            terminal.Error.WriteLine(exception);
            return ExitCode(exception);
        }
    }

    private static int Report(Exception exception, string? explanation, TextWriter error, Secrets secrets)
    {
        if (exception is CompilationException compilation)
        {
            foreach (var line in compilation.Errors)
                error.WriteLine(line);
        }
        error.WriteLine($"FAILED: {Shortened(Text(exception), LongestMessage, secrets).ReplaceLineEndings(" ").TrimEnd()}");
        if (exception is MigrationFailedException { Statement: { } statement })
            WriteStatement(statement, error, secrets);
        if ((Hint(exception) ?? explanation) is { } hint)
            error.WriteLine($"hint: {hint.ReplaceLineEndings(" ")}");
        return ExitCode(exception);
    }

    // A driver's message may repeat a text of many megabytes; where that stands in the file is said at its end.
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

    private static string Text(Exception exception) => exception switch
    {
        AlembicException or IOException or UnauthorizedAccessException or OperationCanceledException or System.Data.Common.DbException =>
            exception.Message,
        System.Reflection.TargetInvocationException or TypeInitializationException
            when exception.InnerException is { } inner => Text(inner),
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };

    // The graph does not know the commands that mend it.
    private static string? Hint(Exception exception) => exception switch
    {
        MultipleHeadsException several => $"dotnet alembic merge -m \"Merge migrations\" {string.Join(' ', several.Heads)}",
        RevisionNotFoundException { Hint: null } or RelativeRevisionException { Hint: null } => "dotnet alembic history",
        OverlappingRevisionsException overlapping =>
            $"{overlapping.Revision} includes {string.Join(" and ", overlapping.Overlaps)}: it alone is enough",
        _ => (exception as AlembicException)?.Hint,
    };

    private static int ExitCode(Exception exception) => exception switch
    {
        DifferencesFoundException => 2,
        RevisionException => 3,
        LockTimeoutException or MigrationFailedException { InnerException: LockTimeoutException } => 4,
        HistoryException or StalePlanException => 5,
        ReadOnlyDatabaseException => 6,
        UsageException or ConfigurationException or ConnectionException => 64,
        MigrationCancelledException or OperationCanceledException => 130,
        _ => 1,
    };
}
