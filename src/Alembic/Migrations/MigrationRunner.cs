using System.ComponentModel;

namespace Alembic;

/// <summary>Runs a command on a database; the argument of <see cref="MigrationEnvironment.Run"/>.</summary>
public sealed class MigrationRunner
{
    private readonly MigrationEnvironment _environment;
    private readonly Action<string?, string, string?> _run;

    /// <summary>Creates the runner of a command.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="run">Runs the command on a database: its name or null, its URL or connection string, the file for a script or
    /// null.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public MigrationRunner(MigrationEnvironment environment, Action<string?, string, string?> run) =>
        (_environment, _run) = (environment, run);

    /// <summary>Runs on the environment's own database, or on the one given to the command.</summary>
    public void Run() => Run(null, _environment.Context.Url ?? _environment.Url);

    /// <summary>Runs on one of several databases: call it once for each.</summary>
    /// <param name="name">The name for <see cref="EnvironmentOptions.EngineName"/> and <see cref="Op.EngineName"/>; null if there is only
    /// one database.</param>
    /// <param name="url">The database's URL, or a connection string; see <see cref="MigrationEnvironment.Url"/>.</param>
    /// <param name="scriptFile">The file that a script (<c>--sql</c>) is written to, relative to the working directory; null for
    /// stdout.</param>
    public void Run(string? name, string url, string? scriptFile = null) => _run(name, url, scriptFile);
}
