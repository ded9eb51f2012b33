using Alembic.Schema;

namespace Alembic;

/// <summary>The settings that <c>env.cs</c> gives for a project: its model, its database and how migrations run. Everything has a
/// default.</summary>
public abstract class MigrationEnvironment
{
    private EnvironmentContext? _context;

    /// <summary>The model that autogenerate and <c>check</c> compare with the database; null if there is none.</summary>
    public virtual MetaData? TargetMetadata => null;

    /// <summary>
    /// The database's URL. If the configuration or the options name the dialect, also an ADO.NET connection string, or <c>Name=</c> with
    /// the name of one in the application's settings. Default: the URL given to the command, else <c>sqlalchemy.url</c> or
    /// <c>connection_string</c> of the configuration.
    /// </summary>
    public virtual string Url => Context.Url ?? Config.GetMainOption("sqlalchemy.url") ?? Config.GetMainOption("connection_string") ?? "";

    /// <summary>Changes the options.</summary>
    /// <param name="options">The defaults.</param>
    public virtual void Configure(EnvironmentOptions options)
    {
    }

    /// <summary>Runs the command; override it for several databases, schemas or tenants.</summary>
    /// <param name="runner">Runs the command on a database.</param>
    public virtual void Run(MigrationRunner runner) => runner.Run();

    /// <summary>The configuration file.</summary>
    protected AlembicConfig Config => Context.Config;

    /// <summary>The <c>-x key=value</c> arguments. A missing value is empty; if a key is repeated, the last one counts.</summary>
    protected IReadOnlyDictionary<string, string> XArguments => Context.NamedXArguments;

    /// <summary>The <c>-x</c> arguments as they were given.</summary>
    protected IReadOnlyList<string> XArgumentList => Context.XArguments;

    /// <summary>The <c>--tag</c> argument, or null.</summary>
    protected string? TagArgument => Context.Tag;

    /// <summary>Tells whether a script is written (<c>--sql</c>).</summary>
    protected bool IsOffline => Context.IsOffline;

    /// <summary>The heads of the revision files.</summary>
    protected IReadOnlyList<string> HeadRevisions => Context.HeadRevisions;

    /// <summary>The target revision of the command, as given; null if there is none.</summary>
    protected string? RevisionArgument => Context.Destination;

    /// <summary>The revision that a script starts from; null for none.</summary>
    protected string? StartingRevisionArgument => Context.StartingRevision;

    internal EnvironmentContext Context => _context ?? throw new InvalidOperationException("The environment is not attached to a command.");

    /// <summary>Attaches the environment to a command; called once, before anything else.</summary>
    /// <param name="context">The configuration and the command's arguments.</param>
    public void Attach(EnvironmentContext context) => _context = context;
}

/// <summary>The environment of a project without an <c>env.cs</c>: the defaults.</summary>
public sealed class DefaultEnvironment : MigrationEnvironment;
