using Alembic.Autogenerate;
using Alembic.Revisions;
using Alembic.Migrations;
using Alembic.Tool.Commands;
using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;
using Alembic.Tool.Output;
using Alembic.Tool.Scripts;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool;

/// <summary>What commands work with, each part made when it is first needed: the composition root.</summary>
internal sealed class Workspace(GlobalOptionsBox globals, Terminal terminal, Secrets secrets)
{
    public Terminal Terminal => terminal;

    public GlobalOptions Options => globals.Value;

    public Settings Settings => field ??= new Settings(
        IniFile.Read(Path.GetFullPath(Settings.FileName(Options.Config, terminal.Environment), terminal.WorkingDirectory), terminal.Environment),
        Options.Name ?? Settings.DefaultSection,
        terminal.WorkingDirectory);

    public ScriptDirectory Scripts => field ??= new ScriptDirectory(Settings, Code.ReadHeaders, Warn);

    public RevisionMap Map => Scripts.Map;

    public UserCode Code => field ??= new UserCode(Settings, terminal, Preparation);

    public Preparation Preparation { get; } = new();

    public ProgramFinder Programs => field ??= new ProgramFinder(terminal.Environment);

    public Status Status => field ??= new Status(terminal.Out, Options.Quiet);

    public ILoggerFactory Logging => field ??= new LogWriters(LogConfiguration.Read(Settings.Ini), terminal.Out, terminal.Error, terminal.Clock, secrets.LearnText);

    public void Print(string line)
    {
        if (!Options.Quiet)
            terminal.Out.WriteLine(line);
    }

    /// <summary>A way that a user may want to go on from here.</summary>
    public void Hint(string text)
    {
        if (!Options.Quiet)
            terminal.Error.WriteLine($"hint: {text}");
    }

    public void Warn(string text) => terminal.Error.WriteLine($"warning: {text}");

    /// <summary>A target, and with --sql what comes before it: "from:to".</summary>
    public static (string? Start, string Target) Range(string argument, bool sql)
    {
        var parts = argument.Split(':');
        if (parts.Length == 1)
            return (null, argument);
        if (!sql)
            throw new UsageException("Range revision not allowed") { Hint = "a range is for --sql" };
        return parts is [{ Length: > 0 } start, { Length: > 0 } target]
            ? (start, target)
            : throw new UsageException($"'{argument}' is not a range of the form from:to");
    }

    /// <summary>The revisions that "show" and "edit" mean: "current" asks the database.</summary>
    public IReadOnlyList<RevisionNode> Find(string identifier)
    {
        if (identifier != "current")
            return Map.Resolve(identifier);
        IReadOnlyList<RevisionNode> found = [];
        Run(new EnvironmentRun { CreatesVersionTable = true }, (_, rows) =>
        {
            found = [.. found.Union(Map.Resolve(rows))];
            return [];
        });
        return found;
    }

    /// <summary>What autogenerate finds on a database.</summary>
    public Comparison Compare(MigrationContext context, IReadOnlyList<string> rows, IReadOnlyList<Rename> renames, Func<RenameQuestion, string?>? askRename = null) =>
        Autogeneration.Compare(context, Map, rows, Scripts.EnvironmentFile, Logging, options => options with { Renames = renames, AskRename = askRename });

    /// <summary>What makes an empty database what this one is.</summary>
    public Comparison Baseline(MigrationContext context) => Autogeneration.Baseline(context, Logging);

    /// <summary>Called before code of the project is run: the user may have said that none shall be.</summary>
    public void RefuseCode(string what)
    {
        if (Options.NoCode)
            throw new UsageException($"--no-code: {what}; nothing was run") { Hint = "without --no-code it is run: only where you trust this project" };
    }

    /// <summary>Says what does not fit between files and history, and goes on if that is allowed.</summary>
    public void Tell(IReadOnlyList<RunLogFinding> findings, bool strict)
    {
        var log = Logging.CreateLogger("alembic.runtime.migration");
        foreach (var finding in findings)
            log.Log(LogLevel.Warning, 0, finding.Text, null, static (text, _) => text);
        if (strict && findings.Count > 0)
            throw new HistoryException(findings.Count);
    }

    private void Tell(IEnumerable<string> findings, bool strict)
    {
        foreach (var finding in findings)
        {
            if (strict)
                throw new ConfigurationException($"{finding}: nothing was run") { Hint = "put that right, or go without --strict and 'strict = true'" };
            Warn(finding);
        }
    }

    /// <summary>Runs the environment: on each of its databases the plan is made and carried out.</summary>
    public void Run(EnvironmentRun run, Func<MigrationContext, IReadOnlyList<string>, IReadOnlyList<Step>> plan)
    {
        RefuseCode("this command runs env.cs, and revisions if there are any to run");
        var settings = Settings;
        var environmentFile = ScriptFolder.Open(settings).EnvironmentFile;
        if (!run.Sql)
            Preparation.Driver(() => settings.Url);
        Code.Prepare(environmentFile, run.UsesModel);
        if (run.UsesModel)
            Preparation.Comparison();
        LearnSecrets();
        var provenance = new Provenance(settings);
        Tell(provenance.OfPlaces(environmentFile), run.IsStrict);
        // The graph is looked at first: what is wrong with it must not cost a connection.
        var map = Map;
        // User code must find the console as it will be.
        terminal.Open();
        var environment = Code.LoadEnvironment(Scripts.EnvironmentFile);
        environment.Attach(new EnvironmentContext(new AlembicConfig(Settings.Option, Settings.Ini.Section, text => terminal.Raw.WriteLine(text)))
        {
            XArguments = Options.X,
            Tag = run.Tag,
            IsOffline = run.Sql,
            HeadRevisions = [.. map.Heads.Select(h => h.Id)],
            Destination = run.Destination,
            StartingRevision = run.Start,
        });
        using var cancelling = new CancellationTokenSource();
        using var interrupts = terminal.OnInterrupt(cancelling.Cancel);
        environment.Run(new MigrationRunner(environment, new MigrationTask
        {
            Cancelled = cancelling.Token,
            Map = map,
            Plan = plan,
            Load = steps =>
            {
                Tell(provenance.OfFiles(steps.Select(step => step.Revision!.Path).OfType<string>().Concat(Scripts.Helpers)), run.IsStrict);
                return Code.LoadMigrations(steps, Scripts.Helpers);
            },
            CreatesVersionTable = run.CreatesVersionTable,
            Repair = run.Repair,
            Restore = run.Restore,
            BackupFile = run.Backup is { IsOn: true } choice ? Backups(choice.Path).Next : null,
            OnBackup = file => Hint($"the database as it was is in {file}; dotnet alembic restore brings it back"),
            BacksUpFirst = run.Backup is { IsFirst: true },
            KeepsHistory = Settings.HistoryTable,
            Verify = run.Verify,
            MayBeBehind = run.MayBeBehind,
            Accepts = run.Accepts,
            ToolVersion = ToolVersion.Text,
            User = $"{System.Environment.UserName}@{System.Environment.MachineName}",
            LockTimeout = TimeSpan.FromSeconds(run.LockTimeout ?? Settings.LockTimeout),
            Purges = run.Purges,
            Script = run.Sql ? terminal.Raw : null,
            // A guard wants all that the database is at, which may be several revisions that are no heads.
            ScriptStart = start => (start ?? run.Start) is { } from ? [.. (run.Guarded ? from.Split(',') : [from]).SelectMany(map.Resolve).Select(r => r.Id)] : [],
            Guards = run.Guarded,
            WriteScript = (name, text) =>
            {
                var file = Path.GetFullPath(name, terminal.WorkingDirectory);
                Say($"Writing output to {name}");
                NewFile.Replace(file, text);
            },
            Connect = Connect,
            DialectOf = (text, options) => DialectName(options) is { } dialect && AppSettings.NameIn(text) is not null
                ? Connector.DialectOf(new DatabaseAddress(text, dialect, ""))
                : Connector.DialectOf(Address(text, options)),
            Logging = Logging,
        }));
    }

    /// <summary>The files of copies: where the command or else the ini file wants them.</summary>
    public BackupFiles Backups(string? path) => new(path ?? Settings.Backup.Folder, terminal.Clock);

    public string FullPath(string path) => Path.GetFullPath(path, terminal.WorkingDirectory);

    private Database Connect(string text, EnvironmentOptions options)
    {
        var database = Connector.Connect(Address(text, options));
        if (AppSettings.NameIn(text) is { } name)
            Say($"Connection string {name} of environment {new AppSettings(Settings, terminal.Environment).Environment}: {database.DisplayUrl}");
        return database;
    }

    // What env.cs or the ini file says of a database: a URL, a connection string, or the name of one among the application's.
    private DatabaseAddress Address(string text, EnvironmentOptions options)
    {
        if (Settings.Ini.Raw(Settings.Section, "connection_string") is not null && Settings.Url == text)
        {
            throw new ConfigurationException($"{Settings.Ini.Path}, section [{Settings.Section}]: both 'sqlalchemy.url' and 'connection_string' are set")
            {
                Hint = "remove one of them",
            };
        }
        secrets.LearnAddress(text);
        if (AppSettings.NameIn(text) is not { } name)
            return new DatabaseAddress(text, DialectName(options), terminal.WorkingDirectory);
        // A file's path in there starts where the application does.
        var application = new AppSettings(Settings, terminal.Environment);
        var found = application.ConnectionString(name);
        secrets.LearnAddress(found);
        return new DatabaseAddress(found, DialectName(options), application.Folder);
    }

    // Before the user's code runs, which may say in an error what it read here.
    private void LearnSecrets()
    {
        foreach (var key in new[] { "sqlalchemy.url", "connection_string" })
        {
            secrets.LearnAddress(Settings.Ini.Raw(Settings.Section, key));
            try
            {
                secrets.LearnAddress(Settings.Ini.Value(Settings.Section, key));
            }
            catch (InterpolationException)
            {
                // Told when it is needed, if it is.
            }
        }
    }

    private string? DialectName(EnvironmentOptions options) =>
        options.DialectName ?? (options.EngineName is { } engine ? Settings.Ini.Value(engine, "dialect") : null) ?? Settings.Dialect;

    private void Say(string text) => Logging.CreateLogger("alembic.env").Log(LogLevel.Information, 0, text, null, static (line, _) => line);
}

/// <summary>How a command runs the environment.</summary>
internal sealed record EnvironmentRun
{
    public bool CreatesVersionTable { get; init; }

    public bool UsesModel { get; init; }

    public bool Purges { get; init; }

    /// <summary>Whether code from where others may have put it is refused.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether a database that is ahead of the files is no error.</summary>
    public bool MayBeBehind { get; init; }

    public int? LockTimeout { get; init; }

    public Repair? Repair { get; init; }

    public Action<Database, EnvironmentOptions>? Restore { get; init; }

    public BackupChoice? Backup { get; init; }

    public Action<IReadOnlyList<RunLogFinding>>? Verify { get; init; }

    public IReadOnlyList<string> Accepts { get; init; } = [];

    public bool Sql { get; init; }

    public bool Guarded { get; init; }

    public string? Tag { get; init; }

    public string? Destination { get; init; }

    public string? Start { get; init; }
}

/// <summary>What a command says of copies: whether any are made, whether in any case, and where.</summary>
internal sealed record BackupChoice(bool IsOn, bool IsFirst, string? Path);
