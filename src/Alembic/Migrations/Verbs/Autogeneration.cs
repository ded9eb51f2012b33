using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Compares a model with a database, using the environment's options.</summary>
internal static class Autogeneration
{
    public static Comparison Compare(
        OnlineSession session, MetaData model, EnvironmentOptions environment, Func<ComparisonOptions, ComparisonOptions>? configure,
        ILoggerFactory logging)
    {
        using var span = Spans.Begin(Spans.Compare);
        var (dialect, options) = (session.Dialect, Options(environment));
        options = configure?.Invoke(options) ?? options;
        var database = Database(session, model, environment);
        var comparison = ColumnUsers.Of(
            Restored(Autogenerate.Compare.Schemas(model, database, dialect, options, tables => dialect.RoundTrip(session, tables)),
                session, environment),
            columns => dialect.UsersOf(session, columns));
        var (rows, inserted) = options.Skips(ComparisonKind.Row) ? ([], []) : (model.Rows, options.InsertedRows);
        var (before, after, log) = new RowComparison(session, dialect, database,
            [.. comparison.UpgradeOperations.SelectMany(o => o is BatchAlterTable batch ? batch.Operations : [o])]).Compare(rows, inserted);
        var needed = Needed(model, database, session, options).ToList();
        var own = new SchemaComparison(model, database, dialect, session);
        foreach (var compare in environment.Comparers)
            compare(own);
        comparison = HeldNames.Of(
            comparison with
            {
                Upgrade = [.. before, .. SequenceDiff.With(comparison.Upgrade, needed.Select(n => n.Operation)), .. after],
                Log = [.. needed.Select(n => new LogEvent("alembic.autogenerate.compare.schema", LogLevel.Information, n.Text)),
                    .. comparison.Log, .. log],
            },
            database, dialect, () => dialect.NameHolders(session));
        return Logged(own.Around(comparison), logging);
    }

    // Objects that the model's tables need and that are missing or different in the database.
    private static IEnumerable<(PlannedOperation Operation, string Text)> Needed(MetaData model, MetaData database, OnlineSession session,
        ComparisonOptions options) =>
    [
        .. model.Extensions.Where(e => !options.Skips(ComparisonKind.Extension) && !session.Dialect.HasExtension(session, e.Name))
            .Select(e => (new PlannedOperation(new CreateExtension(e.Name, e.Schema)), $"Detected added extension '{e.Name}'")),
        .. model.NeededObjects.Where(n => !session.Dialect.Has(session, n)).Select(n => (
            new PlannedOperation(new Execute(n.Create) { Undo = new Execute(n.Drop) }), $"Detected added {n.Kind} '{n.Name}'")),
        .. options.Skips(ComparisonKind.Sequence) ? [] : SequenceDiff.Of(model.Sequences, session.Dialect, s =>
            session.Dialect.FindSequence(session,
                NameAlignment.IsOwnSchema(s.Schema, database, session.Dialect) ? null : s.Schema, s.Name)),
    ];

    public static Comparison Baseline(OnlineSession session, EnvironmentOptions environment, ILoggerFactory logging)
    {
        var database = session.Dialect.Inspect(session, environment.IncludeSchemas);
        var unmapped = session.Dialect.UnmappedObjects(session, database, environment.IncludeSchemas);
        return Logged(Autogenerate.Baseline.Of(database, unmapped, session.Dialect, Options(environment)), logging);
    }

    // The schemas that the model names are always read.
    private static MetaData Database(OnlineSession session, MetaData model, EnvironmentOptions options)
    {
        var named = model.Tables.Select(t => t.Schema).OfType<string>().ToHashSet();
        var database = session.Dialect.Inspect(session, options.IncludeSchemas || named.Count > 0);
        if (options.IncludeSchemas)
            return database;
        if (database.IgnoresTableCase)
            named = new(named, StringComparer.OrdinalIgnoreCase);
        return database with { Tables = [.. database.Tables.Where(t => t.Schema is null || named.Contains(t.Schema))] };
    }

    // The downgrade recreates dropped tables completely, or says what is missing.
    private static Comparison Restored(Comparison comparison, OnlineSession session, EnvironmentOptions environment) =>
        Restoration.Named(Restoration.Dropped(comparison) is not { Count: > 0 } dropped ? comparison : Restoration.Of(
            comparison,
            session.Dialect.UnmappedObjects(session, new MetaData(dropped),
                environment.IncludeSchemas || dropped.Any(t => t.Schema is not null)),
            session.Dialect), session.Dialect, session);

    private static ComparisonOptions Options(EnvironmentOptions options) => new()
    {
        CompareType = options.CompareType,
        CompareServerDefault = options.CompareServerDefault,
        IsTypeChanged = options.IsTypeChanged,
        IsServerDefaultChanged = options.IsServerDefaultChanged,
        SkipComparisons = options.SkipComparisons,
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
