using Alembic.Autogenerate;
using Alembic.Databases.MySql;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;
using MySqlConnector;

namespace Alembic.Tests.Databases.MySql;

/// <summary>A database of one test's own, with the directives on it.</summary>
internal sealed class MariaDbDatabase : IDisposable
{
    private readonly bool _isGuest;
    private readonly MySqlDialect _dialect;

    public MariaDbDatabase(bool asMySql = false)
        : this(new MySqlDialect(isMariaDb: !asMySql), MySqlServer.MariaDb.NewDatabase())
    {
    }

    public MariaDbDatabase(MySqlServer server, bool isPlain = false)
        : this(new MySqlDialect(server.IsMariaDb), server.NewDatabase(isPlain))
    {
    }

    public MariaDbDatabase(MySqlDialect dialect, string connectionString, bool isGuest = false)
    {
        (_dialect, ConnectionString, _isGuest) = (dialect, connectionString, isGuest);
        Session = new OnlineSession(
            new TestDatabase(_dialect, Open, "mariadb://"), new PostgreSqlDatabase.Recorder(Log));
        Session.Begin();
        Op = new Op(_dialect, new OperationCompiler(_dialect, Session, Session), Session);
    }

    public string ConnectionString { get; }

    public OnlineSession Session { get; }

    /// <summary>The statements that were run.</summary>
    public List<string> Log { get; } = [];

    public Op Op { get; }

    public MySqlConnection Open()
    {
        var connection = new MySqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    public MySqlDialect Dialect => _dialect;

    /// <summary>Another connection to it, to be closed before this one.</summary>
    public MariaDbDatabase Another() => new(_dialect, ConnectionString, isGuest: true);

    public void Run(IEnumerable<Operation> operations)
    {
        foreach (var operation in operations)
        {
            try
            {
                Op.Invoke(operation);
            }
            catch (MySqlException e)
            {
                throw new InvalidOperationException($"{new CodeWriter().Write(operation)}: {e.Message}", e);
            }
        }
    }

    public MetaData Inspect(bool allSchemas = false) => _dialect.Inspect(Session, allSchemas);

    public Column Column(string table, string name) => Inspect().Tables.Single(t => t.Name == table).Columns.Single(c => c.Name == name);

    /// <summary>The rows of a query, their values joined by bars.</summary>
    public string Rows(string sql) => string.Join("; ", Op.Query(sql).Select(row => string.Join("|", row.Values.Select(v => v ?? "∅"))));

    public string Definition(string table) => (string)Op.Query($"SHOW CREATE TABLE {_dialect.Quote(table)}")[0]["Create Table"]!;

    public Comparison Compare(MetaData model, bool allSchemas = false) =>
        Alembic.Autogenerate.Compare.Schemas(model, Inspect(allSchemas), _dialect, new ComparisonOptions { CompareServerDefault = true },
            tables => _dialect.RoundTrip(Session, tables));

    public static void Nothing(Comparison comparison)
    {
        Assert.AreEqual("", string.Join('\n', comparison.Log.Select(e => e.Message)));
        Assert.IsTrue(comparison.IsEmpty, string.Join('\n', comparison.UpgradeOperations.Select(o => new CodeWriter().Write(o))));
    }

    public void DropTables()
    {
        foreach (var row in Op.Query("SELECT TABLE_NAME AS name FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()"))
            Op.Query($"DROP VIEW {_dialect.Quote((string)row["name"]!)}");
        var names = Op.Query("SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()")
            .Select(row => _dialect.Quote((string)row["name"]!)).ToList();
        if (names.Count > 0)
            Op.Query($"SELECT 1; SET FOREIGN_KEY_CHECKS = 0; DROP TABLE {string.Join(", ", names)}; SET FOREIGN_KEY_CHECKS = 1");
    }

    public void Dispose()
    {
        Session.Dispose();
        if (!_isGuest)
            MySqlServer.Drop(ConnectionString);
    }
}
