using System.Data.Common;
using Alembic.Migrations;
using Alembic.Operations;

namespace Alembic.Tests;

/// <summary>A database that a test opens as it likes, with no driver's facts but those that it states.</summary>
internal sealed class TestDatabase(Dialect dialect, Func<DbConnection> open, string url) : Database(dialect, url)
{
    public Func<bool> IsThere { get; init; } = () => true;

    public Func<DbException, bool> Busy { get; init; } = _ => false;

    public Func<DbConnection, DbTransaction>? Beginning { get; init; }

    public Action<DbParameter> Adapting { get; init; } = _ => { };

    public Action<DbConnection> Learn { get; init; } = _ => { };

    public Func<DbConnection, IDisposable?> Reading { get; init; } = _ => null;

    public override IDisposable? ReadStoredTexts(DbConnection connection) => Reading(connection);

    public override bool Exists() => IsThere();

    public override bool IsBusy(DbException exception) => Busy(exception);

    public override void Adapt(DbParameter parameter) => Adapting(parameter);

    public override void LearnTypes(DbConnection connection) => Learn(connection);

    protected override DbConnection Connect() => open();

    protected override DbTransaction BeginTransaction(DbConnection connection) =>
        Beginning?.Invoke(connection) ?? base.BeginTransaction(connection);
}
