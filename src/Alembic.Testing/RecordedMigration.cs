using System.Data.Common;
using Alembic.Databases;
using Alembic.Migrations;
using Alembic.Operations;

namespace Alembic.Testing;

/// <summary>The operations of one direction of a migration, recorded without a database.</summary>
public sealed class RecordedMigration
{
    private readonly Dialect _dialect;

    private RecordedMigration(string dialect, Action<Op> run, EnvironmentContext? context)
    {
        _dialect = Dialects.Named(dialect);
        List<Operation> operations = [];
        run(new Op(_dialect, new Recorder(operations), Offline.Instance) { Context = context ?? EnvironmentContext.Empty });
        Operations = operations;
    }

    /// <summary>The operations, in their order.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The statements of the operations for the dialect, in their order.</summary>
    /// <exception cref="OfflineException">An operation depends on what is in the database, as a table rebuild on SQLite does.</exception>
    public IReadOnlyList<Statement> Statements => [.. Operations.SelectMany(operation => _dialect.Compile(operation, Offline.Instance))];

    /// <summary>The text of those statements, with line breaks between them.</summary>
    /// <exception cref="OfflineException">An operation depends on what is in the database, as a table rebuild on SQLite does.</exception>
    public string Sql => string.Join('\n', Statements.Select(statement => statement.Text));

    /// <summary>Records what a revision's upgrade does.</summary>
    /// <param name="migrations">The migrations.</param>
    /// <param name="revision">The revision's id.</param>
    /// <param name="dialect">"sqlite", "postgresql", "mysql", "mariadb" or "mssql".</param>
    /// <param name="context">What the migration sees of a command, for example its <c>-x</c> arguments; null for nothing.</param>
    /// <exception cref="OfflineException">The migration queries the database. <c>if (!op.IsOffline)</c> can skip the query.</exception>
    public static RecordedMigration Upgrade(MigrationSet migrations, string revision, string dialect, EnvironmentContext? context = null) =>
        new(dialect, migrations.Create(revision).Upgrade, context);

    /// <summary>Records what a revision's downgrade does.</summary>
    /// <param name="migrations">The migrations.</param>
    /// <param name="revision">The revision's id.</param>
    /// <param name="dialect">"sqlite", "postgresql", "mysql", "mariadb" or "mssql".</param>
    /// <param name="context">What the migration sees of a command, for example its <c>-x</c> arguments; null for nothing.</param>
    /// <exception cref="OfflineException">The migration queries the database. <c>if (!op.IsOffline)</c> can skip the query.</exception>
    public static RecordedMigration Downgrade(MigrationSet migrations, string revision, string dialect,
        EnvironmentContext? context = null) =>
        new(dialect, migrations.Create(revision).Downgrade, context);

    private sealed class Recorder(List<Operation> operations) : IOperationSink
    {
        public void Accept(Operation operation) => operations.Add(operation);
    }

    private sealed class Offline : IMigrationSession
    {
        public static Offline Instance { get; } = new();

        public bool IsOffline => true;

        public DbConnection Connection => throw new OfflineException("op.Connection");

        public DbTransaction? Transaction => throw new OfflineException("op.Transaction");

        public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => throw new OfflineException("op.Query");

        public void Autocommit(Action block) => block();

        public void BeforeCommit(string name, Func<Action> guard)
        {
        }
    }
}
