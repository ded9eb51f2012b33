using System.Security.Cryptography;
using Alembic.Autogenerate;
using Alembic.Databases.Sqlite;
using Alembic.Schema;
using Alembic.Tool.Connections;
using Alembic.Tool.Scripts;

namespace Alembic.Tool;

/// <summary>
/// Loads and compiles, in parallel with the command, what it will need soon: that takes longer than the command's own work. One thing
/// after the other, in the order of need: a small machine has two cores, and the command needs one. An error here occurs again where the
/// thing is needed, and is told there.
/// </summary>
internal sealed class Preparation
{
    private readonly Queue<Action> _waiting = [];
    private bool _isRunning;

    public void Start(Action work)
    {
        // Code that was compiled ahead of time needs no preparation.
        if (NativeFront.IsThis)
            return;
        lock (_waiting)
        {
            _waiting.Enqueue(work);
            if (_isRunning)
                return;
            _isRunning = true;
        }
        new Thread(Work) { IsBackground = true }.Start();
    }

    /// <summary>Prepares the hashes of the cache's keys.</summary>
    public void Hashes() => Start(() =>
    {
        SHA256.HashData([]);
        HMACSHA256.HashData([], []);
    });

    /// <summary>Prepares the driver for the URL. If the environment chooses another one, this was in vain.</summary>
    public void Driver(Func<string?> url) => Start(() => Connector.Prepare(url()));

    /// <summary>Prepares the engine of the templates.</summary>
    public void Template() => Start(() =>
    {
        string[] words = ["a", ""];
        ScribanTemplate.Parse("", "{{ for word in words }}{{ if word != '' }}{{ word }}{{ else }}-{{ end }}{{ end }}\n")
            .Render(new Dictionary<string, object> { ["words"] = words });
    });

    /// <summary>
    /// Prepares comparisons: many of their generic types can only be compiled at run time. Compares two small schemas, each with
    /// something that the other one lacks.
    /// </summary>
    public void Comparison() => Start(() =>
    {
        var database = SqliteInspector.Read(
        [
            new("table", "a", "a",
                "CREATE TABLE a (id INTEGER NOT NULL, name VARCHAR(9), gone INTEGER, PRIMARY KEY (id), FOREIGN KEY(gone) REFERENCES b "
                    + "(id))"),
            new("table", "b", "b", "CREATE TABLE b (id INTEGER NOT NULL, PRIMARY KEY (id))"),
            new("index", "ix", "a", "CREATE INDEX ix ON a (name)"),
        ]);
        var model = new MetaData(
        [
            new Table("a", [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(10)),
                new Column("new", SqlType.Text)]),
            new Table("c", [new Column("id", SqlType.Integer, primaryKey: true), new Column("a", SqlType.Integer),
                new ForeignKeyConstraint(["a"], ["a.id"])]),
        ]);
        var comparison = Compare.Schemas(model, database, new SqliteDialect(), roundTrip: tables => tables);
        RevisionBody.Of(new RevisionDirective(null, comparison.UpgradeOperations), comparison);
    });

    private void Work()
    {
        while (Next() is { } work)
            Quietly(work);
    }

    private Action? Next()
    {
        lock (_waiting)
        {
            _isRunning = _waiting.TryDequeue(out var work);
            return work;
        }
    }

#pragma warning disable CA1031 // Every exception: what may not be needed must not end the program.
    private static void Quietly(Action work)
    {
        try
        {
            work();
        }
        catch (Exception)
        {
            // Ignored, as said above.
        }
    }
#pragma warning restore CA1031
}
