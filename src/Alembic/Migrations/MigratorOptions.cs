using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Migrations;

/// <summary>The options of a <see cref="Migrator"/>. Everything has a default.</summary>
public sealed record MigratorOptions
{
    /// <summary>The options of runs and comparisons.</summary>
    public EnvironmentOptions Environment { get; init; } = new();

    /// <summary>The part that migrations see of the command: <see cref="Op.Config"/> and <see cref="Op.XArguments"/>. Default:
    /// nothing.</summary>
    public EnvironmentContext Context { get; init; } = EnvironmentContext.Empty;

    /// <summary>Takes the log lines. Default: nothing does.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The longest wait for another run, or for a lock on a table; zero not to wait. Default: five minutes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Asks to stop: the statement at work is broken off.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>The version of the program, for the history.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>The user who runs it, for the history.</summary>
    public string User { get; init; } = "";

    // What is found out about one database must not be taken for true of another.
    internal MigratorOptions ForOneDatabase() => this with { Environment = Environment.Copy() };
}

/// <summary>The options of carrying out a plan.</summary>
public sealed record ApplyOptions
{
    /// <summary>In place of <see cref="MigratorOptions.LockTimeout"/>, or null.</summary>
    public TimeSpan? LockTimeout { get; init; }

    /// <summary>Asks the run to stop, besides <see cref="MigratorOptions.Cancelled"/>.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>The copy that is made of a database that is a file; null for none.</summary>
    public BackupOptions? Backup { get; init; }
}

/// <summary>The copy of a database that is a file, made once in a run before the first change that may cost rows.</summary>
/// <param name="FileFor">From the database's path and the revision that it is at to a path that is free.</param>
public sealed record BackupOptions(Func<string, string, string> FileFor)
{
    /// <summary>Tells whether it is made in any case, before the first change.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Takes the copy's path once it is made and checked.</summary>
    public Action<string> Saved { get; init; } = _ => { };
}
