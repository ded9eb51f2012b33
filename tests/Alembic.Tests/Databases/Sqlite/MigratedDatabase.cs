using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>A real SQLite in memory that migrations are run on, and everything that is in it as text.</summary>
internal sealed class MigratedDatabase : IDisposable, ILogger
{
    private static readonly Alembic.Sqlite.SqliteDatabase Driver = new("Data Source=:memory:");

    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False");
    private readonly OnlineSession _session;

    public MigratedDatabase(params ReadOnlySpan<string> statements)
    {
        _connection.Open();
        _session = new OnlineSession(new TestDatabase(new SqliteDialect(), () => _connection, "sqlite://")
        {
            Reading = Driver.ReadStoredTexts,
        }, this);
        _ = _session.Connection;
        foreach (var statement in statements)
            Execute(statement);
    }

    /// <summary>Every statement that migrations sent.</summary>
    public List<string> Sent { get; } = [];

    public IEnumerable<string> Rebuilds =>
        Sent.Where(s => s.StartsWith("CREATE TABLE", StringComparison.Ordinal) && s.Contains("_alembic_tmp_", StringComparison.Ordinal));

    /// <summary>Runs what a migration's Upgrade would hold, in a transaction of its own.</summary>
    public void Migrate(Action<Op> upgrade)
    {
        Sent.Clear();
        var dialect = new SqliteDialect();
        var op = new Op(dialect, new OperationCompiler(dialect, _session, _session), _session);
        _session.Begin();
        try
        {
            upgrade(op);
            _session.Commit();
        }
        catch
        {
            _session.Rollback();
            throw;
        }
        Assert.AreEqual("ok", Scalar("PRAGMA integrity_check"));
    }

    /// <summary>The migration must fail with a message of ours, and leave everything as it was.</summary>
    public AlembicException Refuses(Action<Op> upgrade)
    {
        var before = Everything();
        var error = Assert.Throws<AlembicException>(() => Migrate(upgrade));
        AssertUnchanged(before, error);
        return error;
    }

    /// <summary>As <see cref="Refuses"/>, where the error may be any, but for one that is about our own doings.</summary>
    public Exception Fails(Action<Op> upgrade)
    {
        var before = Everything();
        var error = Assert.Throws<Exception>(() => Migrate(upgrade));
        Assert.IsTrue(error is AlembicException or SqliteException, error.ToString());
        AssertUnchanged(before, error);
        return error;
    }

    private void AssertUnchanged(string before, Exception error)
    {
        Assert.AreEqual(before, Everything(), error.Message);
        Assert.AreEqual("0", Scalar("PRAGMA legacy_alter_table"));
        Assert.DoesNotContain("_alembic_tmp_", error.Message);
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Does what another library would, which takes "text" for a string.</summary>
    public void Store(string sql)
    {
        using var reading = Driver.ReadStoredTexts(_connection);
        Execute(sql);
    }

    public string Scalar(string sql) => string.Join("\n", Rows(sql));

    /// <summary>Each row on a line, each value as SQLite would write it in a statement.</summary>
    public List<string> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join(" | ",
                Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.GetValue(i) switch { DBNull => "∅", byte[] bytes => Convert.ToHexString(bytes),
                    var v => Convert.ToString(v, System.Globalization.CultureInfo.InvariantCulture)! })));
        return rows;
    }

    public string Sql(string name) => Scalar($"SELECT sql FROM sqlite_schema WHERE name = {ScratchDatabase.Literal(name)}");

    /// <summary>What sqlite_schema says of everything, in the order of the names: a rebuild changes only the order in the file.</summary>
    public List<string> Schema() => Rows("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");

    /// <summary>The rows of all tables, with their numbers and the types of their values.</summary>
    public List<string> Contents()
    {
        List<string> contents = [];
        foreach (var table in Rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> 'sqlite_schema' ORDER BY name"))
            contents.AddRange(Contents(table).Select(row => $"{table}: {row}"));
        return contents;
    }

    public List<string> Contents(string table)
    {
        var columns = Rows($"SELECT name FROM pragma_table_xinfo({ScratchDatabase.Literal(table)}) ORDER BY cid");
        var number = Scalar($"SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = {ScratchDatabase.Literal(table)}") == "0"
            ? new[] { "rowid", "_rowid_", "oid" }.First(n => !columns.Contains(n))
            : "NULL";
        var names = columns.Select(DdlName.Quote).ToList();
        return Rows(
            $"SELECT {number}, {string.Join(", ", names.Select(n => $"quote({n})"))} FROM {DdlName.Quote(table)} ORDER BY "
                + $"{(number == "NULL" ? string.Join(", ", names) : number)}");
    }

    public string Everything() => string.Join('\n', Schema().Concat(Contents()));

    public void Dispose()
    {
        _session.Dispose();
        _connection.Dispose();
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Sent.Add(formatter(state, exception));
}
