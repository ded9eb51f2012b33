using Alembic.Autogenerate;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Compares a model with a database, by the environment's options.</summary>
internal static class Autogeneration
{
    public static Comparison Compare(
        OnlineSession session, MetaData model, EnvironmentOptions environment, Func<ComparisonOptions, ComparisonOptions>? configure, ILoggerFactory logging)
    {
        var (dialect, options) = (session.Dialect, Options(environment));
        return Logged(
            Autogenerate.Compare.Schemas(
                model,
                dialect.Inspect(session, environment.IncludeSchemas),
                dialect,
                configure?.Invoke(options) ?? options,
                tables => dialect.RoundTrip(session, tables)),
            logging);
    }

    public static Comparison Baseline(OnlineSession session, EnvironmentOptions environment, ILoggerFactory logging)
    {
        var database = session.Dialect.Inspect(session, environment.IncludeSchemas);
        var unmapped = session.Dialect.UnmappedObjects(session, database, environment.IncludeSchemas);
        return Logged(Autogenerate.Baseline.Of(database, unmapped, session.Dialect, Options(environment)), logging);
    }

    private static ComparisonOptions Options(EnvironmentOptions options) => new()
    {
        CompareType = options.CompareType,
        CompareServerDefault = options.CompareServerDefault,
        CompareComments = options.CompareComments,
        IncludeObject = options.IncludeObject,
        IncludeName = options.IncludeName,
        RenderAsBatch = options.RenderAsBatch,
        VersionTable = options.VersionTable,
        JournalTable = options.JournalTable,
        LockTable = options.LockTable,
        HistoryTable = options.KeepsHistory ? options.HistoryTable : null,
        VersionTableSchema = options.VersionTableSchema,
    };

    private static Comparison Logged(Comparison comparison, ILoggerFactory logging)
    {
        foreach (var line in comparison.Log)
            logging.CreateLogger(line.Category).Write(line.Level, line.Message);
        return comparison;
    }
}
