using System.Data.Common;
using System.Reflection;
using Alembic.Databases;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Tool.Commands;
using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;
using Alembic.Tool.Documents;
using Alembic.Tool.Scripts;

namespace Alembic.Tool;

/// <summary>The report of an exception that ends a command: for people, for programs, and as exit code.</summary>
internal static class Failure
{
    public const int DifferencesFound = 2;
    public const int HistoryFound = 5;

    /// <summary>The code of a failure without one of its own.</summary>
    public const string General = "ALB9001";

    /// <summary>Gets the diagnostics of a failure. The last one is the failure itself.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="explanation">The fix, if the exception knows none; or null.</param>
    public static IEnumerable<Diagnostic> Diagnostics(Exception exception, string? explanation)
    {
        foreach (var found in (exception as CompilationException)?.Errors ?? [])
        {
            yield return new(
                DiagnosticCode.Compilation, found.IsWarning ? Diagnostic.Warning : Diagnostic.Error, $"{found.Id}: {found.Message}",
                File: found.Path.Length == 0 ? null : found.Path, Line: found.Line, Column: found.Column);
        }
        var (file, line) = Place(exception);
        var failed = exception as MigrationFailedException;
        yield return new(Code(exception), Diagnostic.Error, OneLine(Text(exception)), (Hint(exception) ?? explanation) is { } hint
            ? OneLine(hint) : null, file, line, null, failed?.Revision, failed?.Statement);
    }

    private static string Text(Exception exception) => exception switch
    {
        AlembicException or IOException or UnauthorizedAccessException or OperationCanceledException or DbException => exception.Message,
        TargetInvocationException or TypeInitializationException when exception.InnerException is { } inner => Text(inner),
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };

    // The graph does not know the commands that fix it.
    private static string? Hint(Exception exception) => exception switch
    {
        MultipleHeadsException several => $"dotnet alembic merge -m \"Merge migrations\" {string.Join(' ', several.Heads)}",
        RevisionNotFoundException { Hint: null } or RelativeRevisionException { Hint: null } => "dotnet alembic history",
        OverlappingRevisionsException overlapping =>
            $"{overlapping.Revision} includes {string.Join(" and ", overlapping.Overlaps)}: it alone is enough",
        _ => (exception as AlembicException)?.Hint ?? MigrationFailedException.Advice(exception),
    };

    private static (string? File, int? Line) Place(Exception exception) => exception switch
    {
        MigrationFailedException failed => (failed.File, failed.Line),
        IniSyntaxException ini => (ini.File, ini.Line),
        TemplateException template => (template.Path, template.Line),
        CompilationException { Errors: var errors } when errors.FirstOrDefault(e => e is { IsWarning: false, Path.Length: > 0 })
            is { } at => (at.Path, at.Line),
        _ => (null, null),
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd();

    public static int ExitCode(Exception exception) => exception switch
    {
        DifferencesFoundException or LintException or ChecksFailedException => DifferencesFound,
        RevisionException => 3,
        LockTimeoutException or MigrationFailedException { InnerException: LockTimeoutException } => 4,
        HistoryException or StalePlanException => HistoryFound,
        ReadOnlyDatabaseException => 6,
        NotAtHeadsException => 7,
        UsageException or ConfigurationException or ConnectionException or UnknownDialectException or ModelMissingException
            or NoDryRunException or NoScratchDatabaseException or UnscriptableException or UnsupportedProductException => 64,
        MigrationCancelledException or OperationCanceledException => 130,
        _ => 1,
    };

    public static string Code(Exception exception) => exception switch
    {
        UsageException => "ALB1001",
        IniSyntaxException => "ALB1002",
        InterpolationException => "ALB1003",
        ConfigurationException => "ALB1004",
        TemplateException => "ALB1005",
        PostWriteHookException => "ALB1006",
        ConnectionException => "ALB1007",
        ModelMissingException => "ALB1008",
        UnknownDialectException => "ALB1009",
        RevisionException => OfGraph(exception),
        CompilationException => "ALB2101",
        NewerAssemblyNeededException => "ALB2103",
        MigrationFailedException { InnerException: LockTimeoutException locked } => Code(locked),
        MigrationException => OfRun(exception),
        UnreachableDatabaseException => "ALB3001",
        OfflineException => "ALB3008",
        UnscriptableException => "ALB3011",
        NoDryRunException => "ALB3012",
        NoScratchDatabaseException => "ALB3013",
        UnsupportedProductException => "ALB3014",
        IrreversibleOperationException => "ALB3009",
        DifferencesFoundException => "ALB4001",
        LintException => "ALB4005",
        ChecksFailedException => "ALB4006",
        HistoryException => "ALB4002",
        StalePlanException => "ALB4003",
        NotAtHeadsException => "ALB4004",
        OperationCanceledException => "ALB3004",
        AlembicException => General,
        DbException => "ALB3010",
        IOException or UnauthorizedAccessException => "ALB9002",
        _ => "ALB9003",
    };

    private static string OfGraph(Exception exception) => exception switch
    {
        RevisionNotFoundException => "ALB2002",
        MultipleHeadsException => "ALB2003",
        AmbiguousWalkException => "ALB2004",
        RelativeRevisionException => "ALB2005",
        AmbiguousUpgradeException => "ALB2006",
        OverlappingRevisionsException => "ALB2007",
        UnrelatedRevisionsException => "ALB2008",
        InvalidDowngradeException => "ALB2009",
        VersionRowException => "ALB2010",
        NotAHeadException => "ALB2011",
        IllegalRevisionIdException => "ALB2012",
        CycleException => "ALB2013",
        DuplicateBranchLabelException => "ALB2014",
        MissingRevisionException => "ALB2015",
        _ => "ALB2001",
    };

    private static string OfRun(Exception exception) => exception switch
    {
        LockTimeoutException => "ALB3002",
        MigrationFailedException => "ALB3003",
        MigrationCancelledException => "ALB3004",
        ReadOnlyDatabaseException => "ALB3005",
        _ => "ALB3006",
    };
}
