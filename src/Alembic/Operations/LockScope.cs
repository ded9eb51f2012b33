using System.Data.Common;

namespace Alembic.Operations;

/// <summary>The runs that a migration lock keeps apart, and what it works with.</summary>
/// <param name="Session">The connection that migrates.</param>
/// <param name="Schema">The schema of the version table, or null.</param>
/// <param name="Table">The version table: a run that uses another one is not in the way.</param>
internal sealed record LockScope(IMigrationSession Session, string? Schema, string Table)
{
    /// <summary>Gives the server's process as the driver knows it; null where the driver does not say.</summary>
    public Func<int?> Process { get; init; } = () => null;

    /// <summary>Opens another connection, for what has to go on while the first one is busy; null where there is none to be had.</summary>
    public Func<DbConnection>? Connect { get; init; }

    /// <summary>The clock that pauses and renewals go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
