using Alembic.Dialects;
using Alembic.Runtime;

namespace Alembic;

/// <summary>Runs what a command asks for on a database; handed to <see cref="MigrationEnvironment.Run"/>.</summary>
/// <param name="environment">The environment.</param>
/// <param name="task">What the command asks for.</param>
public sealed class MigrationRunner(MigrationEnvironment environment, MigrationTask task)
{
    /// <summary>Runs on the environment's own database.</summary>
    public void Run() => Run(null, null);

    /// <summary>Runs on a database: call it once for each of several.</summary>
    /// <param name="url">The database's URL; null for <see cref="MigrationEnvironment.Url"/>.</param>
    /// <param name="databaseName">
    /// The name by which <see cref="EnvironmentOptions.DatabaseName"/> and <see cref="Op.DatabaseName"/> tell it apart; null where there is just one.
    /// </param>
    public void Run(string? url, string? databaseName = null)
    {
        var options = new EnvironmentOptions { DatabaseName = databaseName };
        environment.Configure(options);
        var migrator = new Migrator(task, options, environment.TargetMetadata);
        if (task.Script is not null)
        {
            var dialect = options.DialectName is { } name
                ? Known.Find(name) ?? throw new AlembicException($"The dialect '{name}' is not known; known are {string.Join(", ", Known.Dialects.Select(d => d.Name))}")
                : task.DialectOf(url ?? environment.Url);
            migrator.Script(dialect, task.Script);
            return;
        }
        if (options.StartingRevision is not null)
            throw new AlembicException("Can't specify current_rev to context when using a database connection");
        migrator.Run(task.Connect(url ?? environment.Url));
    }
}
