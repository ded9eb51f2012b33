using Alembic.Databases;
using Alembic.Migrations;

namespace Alembic;

/// <summary>Runs what a command asks for on a database; handed to <see cref="MigrationEnvironment.Run"/>.</summary>
/// <param name="environment">The environment.</param>
/// <param name="task">What the command asks for.</param>
public sealed class MigrationRunner(MigrationEnvironment environment, MigrationTask task)
{
    /// <summary>Runs on the environment's own database.</summary>
    public void Run() => Run(null, environment.Url);

    /// <summary>Runs on one of several databases: call it once for each.</summary>
    /// <param name="name">What <see cref="EnvironmentOptions.EngineName"/> and <see cref="Op.EngineName"/> tell it apart by; null where there is just one.</param>
    /// <param name="url">The database's URL, or a connection string; see <see cref="MigrationEnvironment.Url"/>.</param>
    /// <param name="scriptFile">The file that a script (<c>--sql</c>) is written to, relative to the working directory; null for stdout.</param>
    public void Run(string? name, string url, string? scriptFile = null)
    {
        var options = new EnvironmentOptions { EngineName = name, KeepsHistory = task.KeepsHistory };
        environment.Configure(options);
        var migrator = new Migrator(task, options, environment.TargetMetadata);
        if (task.Script is not null)
        {
            var dialect = options.DialectName is { } dialectName
                ? Dialects.Find(dialectName) ?? throw new AlembicException($"The dialect '{dialectName}' is not known; known are {string.Join(", ", Dialects.All.Select(d => d.Name))}")
                : task.DialectOf(url, options);
            using var script = new StringWriter { NewLine = task.Script.NewLine };
            migrator.Script(dialect, scriptFile is null ? task.Script : script);
            if (scriptFile is not null)
                task.WriteScript(scriptFile, script.ToString());
            return;
        }
        if (options.StartingRevision is not null)
            throw new AlembicException("Can't specify current_rev to context when using a database connection");
        migrator.Run(task.Connect(url, options));
    }
}
