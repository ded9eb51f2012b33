using System.Data.Common;

namespace Alembic.Operations;

/// <summary>The scope of a migration lock, and what the lock works with.</summary>
/// <param name="Session">The connection that migrates.</param>
/// <param name="Schema">The schema of the version table, or null.</param>
/// <param name="Table">The version table: runs with another one are not excluded.</param>
internal sealed record LockScope(IMigrationSession Session, string? Schema, string Table)
{
    /// <summary>Gets the id of the connection's server process from the driver; null if the driver does not know it.</summary>
    public Func<int?> Process { get; init; } = () => null;

    /// <summary>Opens a second connection, for work while the first one is busy; null if none can be opened.</summary>
    public Func<DbConnection>? Connect { get; init; }

    /// <summary>The clock for pauses and renewals.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
