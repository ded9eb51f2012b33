using Alembic.Autogenerate;
using Alembic.Revisions;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Compares an environment's model with its database.</summary>
public static class Autogeneration
{
    /// <summary>Reads the database and compares.</summary>
    /// <param name="context">The database and the model.</param>
    /// <param name="map">The graph: a database that is behind it is not compared.</param>
    /// <param name="rows">What is applied.</param>
    /// <param name="environmentFile">The file that gives the model, for the message where it does not.</param>
    /// <param name="logging">Where the findings are logged.</param>
    /// <param name="configure">Adds what the command line says to what the environment does.</param>
    /// <exception cref="AlembicException">The database is not at the heads, or there is no model.</exception>
    public static Comparison Compare(MigrationContext context, RevisionMap map, IReadOnlyList<string> rows, string environmentFile, ILoggerFactory logging, Func<ComparisonOptions, ComparisonOptions>? configure = null)
    {
        if (!map.Resolve(rows).Select(r => r.Id).ToHashSet().SetEquals(map.RealHeads.Select(r => r.Id)))
        {
            throw new AlembicException("Target database is not up to date.")
            {
                Hint = "dotnet alembic upgrade head; or, if the database has those changes already, dotnet alembic stamp head",
            };
        }
        if (context.Model is not { } model)
        {
            throw new AlembicException(
                $"Can't proceed with --autogenerate option; environment script {environmentFile} does not provide a MetaData object or sequence of objects to the context.")
            {
                Hint = "override TargetMetadata in env.cs",
            };
        }
        var options = Options(context.Options);
        return Logged(
            Autogenerate.Compare.Schemas(
                model,
                context.Dialect.Inspect(context.Session, context.Options.IncludeSchemas),
                context.Dialect,
                configure?.Invoke(options) ?? options,
                tables => context.Dialect.RoundTrip(context.Session, tables)),
            logging);
    }

    /// <summary>Reads the database and plans the revision that makes it.</summary>
    /// <param name="context">The database.</param>
    /// <param name="logging">Where the findings are logged.</param>
    public static Comparison Baseline(MigrationContext context, ILoggerFactory logging)
    {
        var database = context.Dialect.Inspect(context.Session, context.Options.IncludeSchemas);
        return Logged(
            Autogenerate.Baseline.Of(database, context.Dialect.UnmappedObjects(context.Session, database, context.Options.IncludeSchemas), context.Dialect, Options(context.Options)), logging);
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
            logging.CreateLogger(line.Category).Log(line.Level, 0, line.Message, null, static (text, _) => text);
        return comparison;
    }
}
