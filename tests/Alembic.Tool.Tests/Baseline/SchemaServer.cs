using System.Diagnostics;
using System.Text.RegularExpressions;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Alembic.Tests.Databases.SqlServer;
using Alembic.Tool.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace Alembic.Tool.Tests.Baseline;

/// <summary>An empty database of one kind, its URL, and what its own tools say it looks like.</summary>
internal sealed class SchemaServer : IDisposable
{
    private readonly string _kind;
    private readonly string _native;

    public SchemaServer(string kind)
    {
        _kind = kind;
        _native = kind switch
        {
            "postgresql" => PostgreSqlServer.NewDatabase(),
            "postgresql18" => PostgreSqlServer.NewDatabase(18),
            "mariadb" or "mariadb-11.8" or "mysql" => MySqlServer.Of(kind).NewDatabase(),
            "mssql" => SqlServerServer.NewDatabase(SqlServerServer.Usual),
            _ => Path.Combine(Directory.CreateTempSubdirectory("alembic-schema-").FullName, "test.db"),
        };
    }

    /// <summary>The folder of the samples that it takes.</summary>
    public static string SamplesOf(string kind) => kind switch
    {
        "postgresql18" => "postgresql",
        "mariadb-11.8" => "mariadb",
        _ => kind,
    };

    public string Url => SamplesOf(_kind) switch
    {
        "postgresql" => _native,
        "mariadb" or "mysql" =>
            $"mysql+pymysql://{Settings.UserID}{(Settings.Password.Length > 0 ? ":" + Uri.EscapeDataString(Settings.Password) : "")}@"
                + $"{Settings.Server}:{Settings.Port}/{Settings.Database}?charset=utf8mb4",
        "mssql" => SqlServerServer.Url(_native),
        _ => $"sqlite:///{_native}",
    };

    /// <summary>The name of a database of MySQL or MariaDB.</summary>
    public string Database => Settings.Database;

    private MySqlConnectionStringBuilder Settings => new(_native);

    public void Execute(string sql)
    {
        if (sql.Length == 0)
            return;
        if (_kind == "mssql")
        {
            SqlServerServer.Execute(_native, SqlServerServer.Batches(sql));
            return;
        }
        using var connection = Connector.Connect(new DatabaseAddress(Url, null, "/")).Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string sql)
    {
        using var session = new OnlineSession(Connector.Connect(new DatabaseAddress(Url, null, "/")), NullLogger.Instance);
        return session.Query(new Statement(sql));
    }

    /// <summary>Runs a file as the server's own client does, which goes on after an error.</summary>
    /// <returns>The errors.</returns>
    public IReadOnlyList<string> Load(string file)
    {
        var (_, error, _) = SamplesOf(_kind) switch
        {
            "mariadb" or "mysql" => Start(
                "mariadb", ["--no-defaults", "--force", .. MariaDbOptions, "-e", $"source {file}", Settings.Database]),
            // As most programs do that keep their data in SQLite.
            "sqlite" => Start("sqlite3", [_native, ".dbconfig dqs_ddl on", $".read {file}"]),
            _ => Start(PostgreSqlServer.Program("psql"), ["-q", "-X", "-d", _native, "-f", file]),
        };
        return [.. error.Split('\n').Where(line => line.Contains("ERROR", StringComparison.OrdinalIgnoreCase))];
    }

    public MetaData Inspect(bool allSchemas = false)
    {
        var database = Connector.Connect(new DatabaseAddress(Url, null, "/"));
        using var session = new OnlineSession(database, NullLogger.Instance);
        var all = database.Dialect.Inspect(session, allSchemas);
        return all with
        {
            Tables = [.. all.Tables.Where(t => t.Name is not ("alembic_version" or "alembic_journal" or "alembic_history"))
                .OrderBy(t => t.Name, StringComparer.Ordinal)]
        };
    }

    /// <summary>The database's own dump, without what says when and by whom it was made, and without the tool's own tables.</summary>
    public string Dump()
    {
        foreach (var table in new[] { "alembic_version", "alembic_journal", "alembic_history" })
            Execute($"DROP TABLE IF EXISTS {table}");
        return _kind switch
        {
            // No client of version 18 is to be had here.
            "postgresql18" => Facts(),
            "postgresql" => string.Join('\n',
                Program(PostgreSqlServer.Program("pg_dump"), "-s", "-O", _native).Split('\n')
                    .Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal) && !line.StartsWith('\\'))),
            "mariadb" or "mariadb-11.8" or "mysql" => Sorted(Regex.Replace(
                _kind == "mysql" ? MySqlFacts() : Program("mariadb-dump", ["--no-defaults", "--no-data", "--routines", "--skip-dump-date",
                    "--skip-comments", .. MariaDbOptions, Settings.Database]),
                // The character set of a collation; the last number; what a client said, which the server does not mind; what a foreign key
                // does anyway.
                " CHARACTER SET [a-z0-9]+(?= COLLATE)| AUTO_INCREMENT=[0-9]+|^.*SET (character_set_client|character_set_results) .*$| ON (DELETE|UPDATE) (NO ACTION|RESTRICT)",
                "", RegexOptions.Multiline)).Replace($"`{Settings.Database}`.", "", StringComparison.Ordinal),
            "mssql" => string.Join('\n', Query(SqlServerServer.Definitions).Select(row => (string)row["text"]!)),
            _ => SqliteFacts.Of(_native),
        };
    }

    public void Dispose()
    {
        if (_kind == "sqlite")
            Directory.Delete(Path.GetDirectoryName(_native)!, recursive: true);
        else if (SamplesOf(_kind) == "postgresql")
            PostgreSqlServer.Drop(_native);
        else if (_kind == "mssql")
            SqlServerServer.Drop(_native);
        else
            MySqlServer.Drop(_native);
    }

    // The keys of a table stand in the order in which they were made, which says nothing.
    private static string Sorted(string dump)
    {
        var lines = dump.Split('\n').Select(line => line.TrimEnd(',')).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var count = lines.Skip(i)
                .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal) && !line.StartsWith("  `", StringComparison.Ordinal))
                .Count();
            lines.Sort(i, count, StringComparer.Ordinal);
            i += count;
        }
        return string.Join('\n', lines);
    }

    private string[] MariaDbOptions =>
        [$"--host={Settings.Server}", $"--port={Settings.Port}", $"--user={Settings.UserID}", $"--password={Settings.Password}",
            "--protocol=tcp"];

    private string Facts()
    {
        using var session = new OnlineSession(Connector.Connect(new DatabaseAddress(Url, null, "/")), NullLogger.Instance);
        return PostgreSqlFacts.Of(session);
    }

    // MariaDB's dump asks MySQL for what it has not, and MySQL's own is a package more.
    private string MySqlFacts()
    {
        using var session = new OnlineSession(Connector.Connect(new DatabaseAddress(Url, null, "/")), NullLogger.Instance);
        var names = session.Query(new Statement(
            """
            SELECT concat(if(table_type = 'VIEW', 'VIEW ', 'TABLE '), table_name) AS what FROM information_schema.tables WHERE table_schema = DATABASE()
            UNION ALL SELECT concat('TRIGGER ', trigger_name) FROM information_schema.triggers WHERE trigger_schema = DATABASE()
            UNION ALL SELECT concat(routine_type, ' ', routine_name) FROM information_schema.routines WHERE routine_schema = DATABASE()
            ORDER BY what
            """)).Select(row => ((string)row["what"]!).Split(' ', 2));
        return string.Join('\n', names.Select(name =>
            session.Query(new Statement($"SHOW CREATE {name[0]} `{name[1]}`"))[0].Values.OfType<string>()
                // MySQL keeps the semicolon that ends a body, where several statements come in one text.
                .First(value => value.StartsWith("CREATE", StringComparison.Ordinal)).TrimEnd(';')));
    }

    private static string Program(string program, params string[] arguments)
    {
        var (text, error, code) = Start(program, arguments);
        Assert.AreEqual(0, code, error);
        return text;
    }

    private static (string Out, string Error, int Code) Start(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (text, error.Result, process.ExitCode);
    }
}
