using System.Data.Common;
using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic;

/// <summary>Model and database for a project's own comparison; see <see cref="EnvironmentOptions.Comparers"/>.</summary>
public sealed class SchemaComparison
{
    private readonly IMigrationSession _session;
    private readonly List<PlannedOperation> _first = [];
    private readonly List<PlannedOperation> _last = [];
    private readonly List<LogEvent> _log = [];

    internal SchemaComparison(MetaData model, MetaData database, Dialect dialect, IMigrationSession session) =>
        (Model, Database, Dialect, _session) = (model, database, dialect, session);

    /// <summary>The model, complete: filters such as <see cref="EnvironmentOptions.IncludeObject"/> are not applied.</summary>
    public MetaData Model { get; }

    /// <summary>The tables that the database has.</summary>
    public MetaData Database { get; }

    /// <summary>The database's dialect.</summary>
    public Dialect Dialect { get; }

    /// <summary>The open connection to the database.</summary>
    public DbConnection Connection => _session.Connection;

    /// <summary>Returns the rows of a query, each as a dictionary by column name; NULL is null.</summary>
    /// <param name="sql">The query; parameters are written <c>@name</c>.</param>
    /// <param name="parameters">An object with a property for each parameter, or a dictionary; or null.</param>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string sql, object? parameters = null) =>
        _session.Query(new Statement(sql) { Parameters = Parameter.From(parameters) });

    /// <summary>Adds a difference whose operation runs after all others: for what depends on tables, such as a new view.</summary>
    /// <param name="difference">The difference for the log and for <c>check</c>: "added view 'v'".</param>
    /// <param name="operation">The operation for the upgrade; its reverse is for the downgrade.</param>
    /// <param name="remark">A comment above the operation, or null.</param>
    public void Add(string difference, Operation operation, string? remark = null) => Add(_last, difference, operation, remark);

    /// <summary>Adds a difference whose operation runs before all others: for what blocks them, such as an old view.</summary>
    /// <inheritdoc cref="Add(string, Operation, string?)"/>
    public void AddFirst(string difference, Operation operation, string? remark = null) => Add(_first, difference, operation, remark);

    /// <summary>Gets a comparison with the project's own differences around it.</summary>
    internal Comparison Around(Comparison comparison) =>
        comparison with { Upgrade = [.. _first, .. comparison.Upgrade, .. _last], Log = [.. comparison.Log, .. _log] };

    private void Add(List<PlannedOperation> operations, string difference, Operation operation, string? remark)
    {
        operations.Add(new PlannedOperation(operation, remark));
        _log.Add(new LogEvent("alembic.autogenerate.compare", LogLevel.Information, $"Detected {difference}"));
    }
}
