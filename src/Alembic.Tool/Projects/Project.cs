using Alembic.Migrations;
using Alembic.Revisions;
using Alembic.Tool.Bundles;
using Alembic.Tool.Commands;
using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;
using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using Alembic.Tool.Output;
using Alembic.Tool.Scripts;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool;

/// <summary>The composition root: creates each part that commands work with when it is first needed.</summary>
internal sealed class Project(
    GlobalOptionsBox globals, Terminal terminal, Secrets secrets, Results results,
    Func<Exception, string?, IEnumerable<Diagnostic>> diagnose, Func<string, bool> needsProject, Bundle? bundle = null)
{
    private readonly Dictionary<string, string> _overrides = [];
    private IUserCode? _code;

    public Terminal Terminal => terminal;

    public GlobalOptions Options => globals.Value;

    public Settings Settings => field ??= ReadSettings();

    public ScriptDirectory Scripts => field ??= ReadScripts();

    public RevisionMap Map => Scripts.Map;

    /// <summary>The bundle; null for a project.</summary>
    public Bundle? Bundle => bundle;

    public IUserCode Code => _code ??= NativeFront.IsThis ? new FrontCode(Settings, terminal)
        : bundle is null ? new UserCode(Settings, terminal, Preparation.Start)
        : new BundledCode(bundle, terminal.Environment, Preparation.Start);

    /// <summary>The database that the user named in place of the configured one; null for none.</summary>
    public string? Url => Options.Url ?? (terminal.Environment("ALEMBIC_URL") is { Length: > 0 } url ? url : null);

    public Preparation Preparation { get; } = new();

    public ProgramFinder Programs => field ??= new ProgramFinder(terminal.Environment);

    public Reporter Reporter => field ??= new Reporter(globals, terminal, secrets, results, Named, () => Settings);

    public Addresses Addresses =>
        field ??= new Addresses(this, secrets, text => Reporter.Log(LogLevel.Information, text, "alembic.env"));

    /// <summary>Sets a value of the command line in place of a setting.</summary>
    public void Override(string setting, string value) => _overrides[setting] = value;

    /// <summary>Gets the diagnostics of a failure. The last one is the failure itself.</summary>
    public IReadOnlyList<Diagnostic> Diagnose(Exception exception) =>
        [.. diagnose(exception, _code?.Explain(exception))
            .Select(found => found.Hint is { } hint ? found with { Hint = Named(hint) } : found)];

    /// <summary>Gets a text with the commands in it as they are called here.</summary>
    public string Named(string text) => bundle is null ? text : Bundle.Named(text, needsProject);

    /// <summary>Compiles all code of the project.</summary>
    public ProjectImages Compile() =>
        ((UserCode)Code).Compile(Scripts.EnvironmentFile, [.. Map.Revisions.Select(node => node.Revision)], Scripts.Helpers);

    /// <summary>Gets the EF Core model that the ini file names.</summary>
    /// <exception cref="AlembicException">It names none.</exception>
    public EntityFrameworkModel Model(ModelOptions options) => ModelSource.Of(Settings) is { } source
        ? new EntityFrameworkModel(source, Settings, terminal, options, Reporter.Logging.CreateLogger("alembic.model"))
        : throw new ModelMissingException(
            $"Can't proceed with --autogenerate option; environment script {Scripts.EnvironmentFile} does not provide a MetaData object "
                + "or sequence of objects to the context.")
        {
            Hint =
                $"write 'model = ef:path/to/Project.csproj' into {Settings.Ini.Path} for an EF Core model, or override TargetMetadata "
                    + "in env.cs",
        };

    /// <summary>Starts to read that model; null if there is none, or on an error. The error is told when the model is asked for.</summary>
    public EntityFrameworkModel? BeginModel(ModelOptions options, Operations.Dialect dialect)
    {
        try
        {
            if (ModelSource.Of(Settings) is null)
                return null;
            var model = Model(options);
            model.Begin(dialect);
            return model;
        }
        catch (AlembicException)
        {
            return null;
        }
    }

    /// <summary>Refuses to run code of the project if the user has forbidden it. It is called before such code runs.</summary>
    public void RefuseCode(string what)
    {
        if (Options.NoCode)
        {
            throw new UsageException($"--no-code: {what}; nothing was run")
            {
                Hint = "without --no-code it runs: only if you trust this project",
            };
        }
    }

    public string FullPath(string path) => Path.GetFullPath(path, terminal.WorkingDirectory);

    /// <summary>Gets the files of copies, in the folder that the command or else the ini file names.</summary>
    public BackupFiles Backups(string? path) => new(path ?? Settings.Backup.Folder, terminal.Clock);

    /// <summary>Runs the environment, and the given action on each of its databases.</summary>
    public void OnEachDatabase(RunOptions run, Action<DatabaseRun> work) => new ProjectEnvironment(this, run).OnEachDatabase(work);

    /// <summary>Finds the revisions that an argument of "show" and "edit" names. "current" asks the database.</summary>
    public IReadOnlyList<RevisionNode> Find(string identifier)
    {
        if (identifier != "current")
            return Map.Resolve(identifier);
        IReadOnlyList<RevisionNode> found = [];
        OnEachDatabase(new RunOptions(), database =>
        {
            found = [.. found.Union(Map.Resolve(database.Migrator.Revisions()))];
            database.CreateVersionTable();
        });
        return found;
    }

    private string Section => Options.Name ?? bundle?.Contents.Section ?? Settings.DefaultSection;

    private ScriptDirectory ReadScripts()
    {
        var settings = Settings;
        using var span = Spans.Begin(Spans.Revisions);
        return new(settings, Code.ReadHeaders, text => Reporter.Warn(DiagnosticCode.RevisionFiles, text));
    }

    private Settings ReadSettings()
    {
        using var span = Spans.Begin(Spans.Settings);
        var (file, folder) = Settings.Find(Options.Config, terminal.Environment, terminal.WorkingDirectory, bundle?.Configuration);
        if (folder != terminal.WorkingDirectory)
            Reporter.Inform($"using {file}");
        var settings = new Settings(IniFile.Read(file, terminal.Environment), Section, folder, _overrides, bundle?.Project);
        foreach (var misspelling in settings.Misspellings)
            Reporter.Warn(DiagnosticCode.MisspelledKey, misspelling);
        return settings;
    }
}

/// <summary>A command needs a model, and the project names none.</summary>
internal sealed class ModelMissingException(string message) : AlembicException(message);
