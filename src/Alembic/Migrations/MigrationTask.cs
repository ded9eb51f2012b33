using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>What a command wants done on each database that the environment runs it on.</summary>
public sealed record MigrationTask
{
    /// <summary>The graph that the plan is made with.</summary>
    public required RevisionMap Map { get; init; }

    /// <summary>Makes the plan: the steps from the revisions that are applied. A command that only looks does so here and plans nothing.</summary>
    public required Func<MigrationContext, IReadOnlyList<string>, IReadOnlyList<Step>> Plan { get; init; }

    /// <summary>Makes the migrations of a plan ready before anything is changed, and gives them one by one.</summary>
    public Func<IReadOnlyList<Step>, Func<Revision, Migration>> Load { get; init; } = _ => throw new InvalidOperationException("This task has no migrations.");

    /// <summary>Whether the version table is made where it is missing, even with nothing to do.</summary>
    public bool CreatesVersionTable { get; init; }

    /// <summary>Whether all rows of the version table are deleted first.</summary>
    public bool Purges { get; init; }

    /// <summary>What is to be said of a migration that was broken off, in place of going on with it; or null.</summary>
    public Repair? Repair { get; init; }

    /// <summary>
    /// Where a database that is a file is copied to before what may cost rows: from its path and the revision that it is at to a path that is free. Null for no copies.
    /// </summary>
    public Func<string, string, string>? BackupFile { get; init; }

    /// <summary>Told of a copy's file once it is made and checked.</summary>
    public Action<string> OnBackup { get; init; } = _ => { };

    /// <summary>Whether the copy is made in any case, before the first change.</summary>
    public bool BacksUpFirst { get; init; }

    /// <summary>In place of a plan: makes each database what a copy of it is.</summary>
    public Action<Database, EnvironmentOptions>? Restore { get; init; }

    /// <summary>Whether each step is noted in the history table, unless the environment says otherwise.</summary>
    public bool KeepsHistory { get; init; }

    /// <summary>Is told, before anything is planned, what does not fit between files and history; null not to look. Where there is no history yet it is not called.</summary>
    public Action<IReadOnlyList<RunLogFinding>>? Verify { get; init; }

    /// <summary>The revisions of which the findings are accepted, in place of anything else; "all" for all.</summary>
    public IReadOnlyList<string> Accepts { get; init; } = [];

    /// <summary>Whether a database that the history proves to be ahead of all files is left as it is, in place of an error.</summary>
    public bool MayBeBehind { get; init; }

    /// <summary>The version of the program, for the history.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>Who runs it, for the history.</summary>
    public string User { get; init; } = "";

    /// <summary>How long to wait for another run, or for a lock on a table; zero not to wait. Default: five minutes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Asks the run to stop: the statement at work is broken off.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>Where a script goes; null to run on the database.</summary>
    public TextWriter? Script { get; init; }

    /// <summary>The revisions that a script starts from, given the options' own starting revision or null.</summary>
    public Func<string?, IReadOnlyList<string>> ScriptStart { get; init; } = _ => [];

    /// <summary>Whether a script begins with a guard: it runs only on a database that is where the script starts.</summary>
    public bool Guards { get; init; }

    /// <summary>Writes a script into a file of that name, in place of one that is there.</summary>
    public Action<string, string> WriteScript { get; init; } = (_, _) => throw new InvalidOperationException("This task writes no files.");

    /// <summary>From a URL or connection string, and the options that go with it, to a database.</summary>
    public required Func<string, EnvironmentOptions, Database> Connect { get; init; }

    /// <summary>From the same to the dialect of a script, with nothing to connect to.</summary>
    public required Func<string, EnvironmentOptions, Dialect> DialectOf { get; init; }

    /// <summary>Where log lines go.</summary>
    public required ILoggerFactory Logging { get; init; }
}

/// <summary>What a person says of a migration that was broken off.</summary>
public enum Repair
{
    /// <summary>The statement that was under way was carried out.</summary>
    Done,

    /// <summary>The statement that was under way was not carried out.</summary>
    Retry,

    /// <summary>What the migration did has been undone by hand: it begins anew.</summary>
    Forget,
}

/// <summary>The database that a task runs on.</summary>
/// <param name="Dialect">Its dialect.</param>
/// <param name="Options">The environment's options.</param>
/// <param name="Session">The connection, or what stands in for it.</param>
/// <param name="DisplayUrl">Its URL for the eyes.</param>
/// <param name="Model">The environment's model, or null.</param>
/// <param name="Lock">What keeps other runs away; null where a script is written, or where there is no database yet.</param>
public sealed record MigrationContext(Dialect Dialect, EnvironmentOptions Options, IMigrationSession Session, string DisplayUrl, MetaData? Model, MigrationLock? Lock = null);
