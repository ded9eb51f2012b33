using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Migrations;

/// <summary>The options of a <see cref="Migrator"/>. Everything has a default.</summary>
public sealed record MigratorOptions
{
    /// <summary>The options of runs and comparisons.</summary>
    public EnvironmentOptions Environment { get; init; } = new();

    /// <summary>The part of the command that migrations see: <see cref="Op.Config"/> and <see cref="Op.XArguments"/>. Default:
    /// nothing.</summary>
    public EnvironmentContext Context { get; init; } = EnvironmentContext.Empty;

    /// <summary>Takes the log lines. Default: they are dropped.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The longest wait for another run or for a table lock; zero not to wait. Default: five minutes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Asks to stop; the running statement is cancelled.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>The version of the program, for the history.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>The user who runs it, for the history.</summary>
    public string User { get; init; } = "";

    // Facts learned about one database must not be used for another.
    internal MigratorOptions ForOneDatabase() => this with { Environment = Environment.Copy() };
}

/// <summary>The options for applying a plan.</summary>
public sealed record ApplyOptions
{
    /// <summary>Replaces <see cref="MigratorOptions.LockTimeout"/>, unless null.</summary>
    public TimeSpan? LockTimeout { get; init; }

    /// <summary>Asks the run to stop, as <see cref="MigratorOptions.Cancelled"/> also does.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>The backup of a database that is a file; null for none.</summary>
    public BackupOptions? Backup { get; init; }
}

/// <summary>The backup of a database that is a file, taken once in a run before the first change that may lose rows.</summary>
/// <param name="FileFor">Maps the database's path and current revision to a free path.</param>
public sealed record BackupOptions(Func<string, string, string> FileFor)
{
    /// <summary>Tells whether it is always taken, before the first change.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Takes the backup's path once it is written and checked.</summary>
    public Action<string> Saved { get; init; } = _ => { };
}
