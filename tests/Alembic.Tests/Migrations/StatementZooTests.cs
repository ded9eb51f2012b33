using System.Data.Common;
using System.Text.RegularExpressions;
using Alembic.Databases.MySql;
using Alembic.Databases.PostgreSql;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Migrations;

/// <summary>
/// Each statement of a list is the first of two in a migration that is journaled. The second one is refused and then put right; or the
/// connection is lost before the statement was sent, or after it was carried out. The same command afterwards leaves what one clean run
/// leaves; or it stops and asks, and goes on from the answer.
/// </summary>
[TestClass]
public sealed class StatementZooTests
{
    private const string Second = "UPDATE account SET balance = balance + 1 WHERE id = 2";
    private const string Refused = "INSERT INTO no_such_table VALUES (1)";

    // In CI every so manyth statement, and always those that were once wrong.
    private const int Sample = 9;

    private static bool IsFull => Environment.GetEnvironmentVariable("ALEMBIC_FAULTS") == "full";

    [TestMethod]
    public void Nothing_is_done_twice_or_left_out_on_MariaDB() => Try("mariadb");

    [TestMethod]
    public void Nothing_is_done_twice_or_left_out_on_MySQL() => Try("mysql");

    [TestMethod]
    public void Nothing_is_done_twice_or_left_out_on_PostgreSQL() => Try("postgresql");

    [TestMethod]
    public void Nothing_is_done_twice_or_left_out_on_SQLite() => Try("sqlite");

    private static void Try(string kind)
    {
        var (setup, statements) = Read(kind);
        Assert.IsGreaterThanOrEqualTo(150, statements.Count);
        List<string> wrong = [];
        var (tried, asked) = (0, 0);
        foreach (var (index, (first, second)) in statements.Index())
        {
            if (!IsFull && index % Sample != 0)
                continue;
            if (Environment.GetEnvironmentVariable("ALEMBIC_ZOO_ONLY") is { Length: > 0 } only
                && !first.Contains(only, StringComparison.Ordinal))
                continue;
            string expected;
            using (var clean = Habitat.New(kind, setup))
            {
                try
                {
                    clean.Run(first, second ?? Second, null);
                }
                catch (AlembicException exception)
                {
                    wrong.Add($"no clean run: {first}\n{exception.Message}");
                    continue;
                }
                expected = clean.Dump();
            }
            foreach (var how in new[] { "refused", "lost before", "lost after" })
            {
                tried++;
                using var habitat = Habitat.New(kind, setup);
                var outcome = Outcome(habitat, first, second ?? Second, how, expected);
                asked += outcome == "asked" ? 1 : 0;
                if (outcome is not ("right" or "asked"))
                    wrong.Add($"{how}: {first}\n{outcome}");
            }
        }
        if (Environment.GetEnvironmentVariable("ALEMBIC_FAULTS_FIGURES") is { Length: > 0 } file)
            File.AppendAllText(file,
                $"| a statement of {statements.Count}, then one that is refused, or the connection lost before or after it, {kind}; asked "
                    + $"{asked} times | {tried} | {wrong.Count} |\n");
        Assert.IsEmpty(wrong, $"{wrong.Count} of {tried} (asked {asked} times)\n{string.Join("\n\n", wrong)}");
    }

    private static string Outcome(Habitat habitat, string first, string second, string how, string expected)
    {
        try
        {
            habitat.Run(first, how == "refused" ? Refused : second, how);
            return "the first run was to fail";
        }
        catch (Exception exception) when (exception is not AssertFailedException)
        {
            // As it has to.
        }
        var hasAsked = false;
        try
        {
            habitat.Run(first, second, null);
        }
        catch (AlembicException exception) when (Hint(exception) is { } hint && hint.Contains("repair", StringComparison.Ordinal))
        {
            hasAsked = true;
            // What cannot be had again is for a person to write into the file; there is nothing to answer.
            if (!hint.Contains("repair --done", StringComparison.Ordinal))
                return how == "lost before" ? $"asked for nothing: {exception.Message}" : "asked";
            try
            {
                habitat.Repair(how == "lost before" ? Repair.Retry : Repair.Done);
                habitat.Run(first, second, null);
            }
            catch (AlembicException after) when (Hint(after) is { } again && again.Contains("repair --forget", StringComparison.Ordinal)
                && how != "lost before")
            {
                return "asked";
            }
            catch (Exception after)
            {
                return $"asked ({exception.Message}), and after the answer: {after.Message}";
            }
        }
        catch (Exception exception)
        {
            return $"stuck: {exception.Message}";
        }
        var found = habitat.Dump();
        return found == expected ? hasAsked
            ? "asked"
            : "right" : $"{(hasAsked ? "asked, and then " : "")}other than a clean run:\n{Difference(expected, found)}";
    }

    private static string? Hint(Exception? exception) =>
        exception is null ? null : (exception as AlembicException)?.Hint is { } hint
            && hint.Contains("repair", StringComparison.Ordinal) ? hint : Hint(exception.InnerException);

    private static string Difference(string expected, string found)
    {
        var (was, now) = (expected.Split('\n'), found.Split('\n'));
        return string.Join('\n', was.Except(now).Select(line => $"- {line}").Concat(now.Except(was).Select(line => $"+ {line}")));
    }

    private static (IReadOnlyList<string> Setup, IReadOnlyList<(string First, string? Second)> Statements) Read(string kind)
    {
        List<string> setup = [], statements = [];
        string[] lists = kind is "mariadb" or "mysql" ? ["mysql-and-mariadb", kind] : [kind];
        foreach (var list in lists)
        {
            var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Zoo", $"{list}.sql"))
                .Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)).ToList();
            var end = lines.IndexOf("----");
            setup.AddRange(lines.Take(end));
            statements.AddRange(lines.Skip(end + 1));
        }
        return (setup, [.. statements.Select(line => line.Split(" ||| ")).Select(parts => (parts[0], parts.ElementAtOrDefault(1)))]);
    }
}

/// <summary>A database that one migration of two statements is run on, with a connection that can be lost.</summary>
internal abstract partial class Habitat : IDisposable
{
    private readonly List<DbConnection> _connections = [];

    public static Habitat New(string kind, IReadOnlyList<string> setup)
    {
        Habitat habitat = kind switch
        {
            "mariadb" => new OnMySql(MySqlServer.MariaDb),
            "mysql" => new OnMySql(MySqlServer.MySql),
            "postgresql" => new OnPostgreSql(),
            _ => new OnSqlite(),
        };
        habitat.Execute(setup);
        return habitat;
    }

    /// <summary>All that is in it but the tool's own tables.</summary>
    public abstract string Dump();

    public void Run(string first, string second, string? fault)
    {
        var hasSent = false;
        using var story = NewStory().Then("s1", op => op.Execute("SELECT 1")).Then("s2", op => Around(op, () =>
        {
            op.Execute(first);
            op.Execute(second);
        }));
        if (fault?.StartsWith("lost", StringComparison.Ordinal) == true)
        {
            story.OnLog = line =>
            {
                if (fault == "lost before" ? line == first : hasSent)
                    Lose();
                hasSent |= line == first;
            };
        }
        story.Upgrade();
    }

    public void Repair(Repair repair)
    {
        using var story = NewStory().Then("s1", op => op.Execute("SELECT 1")).Then("s2", op => op.Execute("SELECT 1"));
        try
        {
            story.With(migrator => migrator.Repair(repair));
        }
        // The server may still have held the lock of a connection that was lost.
        catch (AlembicException exception) when (exception.Message.EndsWith("nothing was changed", StringComparison.Ordinal))
        {
            story.With(migrator => migrator.Repair(repair));
        }
    }

    public abstract void Dispose();

    protected abstract Database Database();

    protected abstract DbConnection Open();

    protected virtual void Around(Op op, Action block) => op.AutocommitBlock(block);

    protected DbConnection Noted()
    {
        var connection = Open();
        _connections.Add(connection);
        return connection;
    }

    protected string Rows(params IEnumerable<string> queries)
    {
        using var connection = Open();
        List<string> rows = [];
        foreach (var sql in queries)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            try
            {
                using var reader = command.ExecuteReader();
                while (reader.Read())
                    rows.Add(string.Join('|',
                        Enumerable.Range(0, reader.FieldCount)
                            .Select(i => reader.IsDBNull(i)
                                ? "∅"
                                : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
            }
            // A view of what is gone.
            catch (DbException exception)
            {
                rows.Add(exception.Message);
            }
        }
        return string.Join('\n', rows);
    }

    protected void Execute(params IEnumerable<string> statements)
    {
        using var connection = Open();
        foreach (var sql in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private Story NewStory() => new() { Database = Database, LockTimeout = TimeSpan.FromSeconds(20) };

    private void Lose()
    {
        _connections.ForEach(connection => connection.Close());
        throw new InvalidOperationException("The connection is lost.");
    }

    private sealed partial class OnMySql(MySqlServer server) : Habitat
    {
        private readonly string _connection = server.NewDatabase();

        private bool IsMariaDb => server == MySqlServer.MariaDb;

        public override string Dump()
        {
            // Of the whole server what a list makes there.
            List<string> queries =
            [
                "SELECT schema_name, default_character_set_name FROM information_schema.schemata WHERE schema_name LIKE 'zoo%' OR "
                    + "schema_name = DATABASE() ORDER BY 1",
                // MySQL stores a password in another way each time.
                $"SELECT user, plugin, {(IsMariaDb ? "authentication_string, is_role" : "account_locked")} FROM mysql.user "
                    + "WHERE user LIKE 'zoo%' ORDER BY 1",
                "SELECT server_name, host FROM mysql.servers",
                "SELECT user, table_name, table_priv FROM mysql.tables_priv WHERE user LIKE 'zoo%' AND db = DATABASE()",
                "SELECT event_name, event_definition, status FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY 1",
                "SELECT routine_name, routine_type, routine_definition, routine_comment, security_type FROM information_schema.routines "
                    + "WHERE routine_schema = DATABASE() ORDER BY 1",
                "SELECT trigger_name, event_object_table, action_timing, event_manipulation, action_statement FROM "
                    + "information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1",
                "SELECT version_num FROM alembic_version",
                "SELECT 'journal', revision FROM alembic_journal",
            ];
            foreach (var table in Rows(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%' "
                    + "ORDER BY 1").Split('\n'))
                queries.AddRange($"SHOW CREATE TABLE `{table}`", table == "counted"
                    ? "SELECT n FROM counted ORDER BY 1"
                    : $"SELECT '{table}' AS of_table, t.* FROM `{table}` t ORDER BY 2");
            // A number that was given to a row that was taken back is not given again.
            return Counter().Replace(Rows(queries), "")
                .Replace(new MySqlConnector.MySqlConnectionStringBuilder(_connection).Database, "here", StringComparison.Ordinal);
        }

        public override void Dispose()
        {
            Execute("DROP DATABASE IF EXISTS zoo_made", "DROP USER IF EXISTS zoo_old", "DROP USER IF EXISTS zoo_made",
                "DROP ROLE IF EXISTS zoo_made", "DROP SERVER IF EXISTS zoo_made");
            MySqlServer.Drop(_connection);
        }

        protected override Database Database() =>
            new TestDatabase(new MySqlDialect(IsMariaDb), Noted, IsMariaDb ? "mariadb://" : "mysql://");

        protected override DbConnection Open()
        {
            var connection = new MySqlConnector.MySqlConnection(_connection);
            connection.Open();
            return connection;
        }

        [GeneratedRegex(@" AUTO_INCREMENT=[3-9]\b")]
        private static partial Regex Counter();

        // Its DDL commits by itself.
        protected override void Around(Op op, Action block) => block();
    }

    private sealed partial class OnPostgreSql : Habitat
    {
        [GeneratedRegex(@"^(SELECT pg_catalog.setval\('public.counted_id_seq', \d+, true\);|\d+(?=\t(7|8|15|16)$))",
            RegexOptions.Multiline)]
        private static partial Regex Counter();

        private readonly string _url = Databases.PostgreSql.PostgreSqlServer.NewDatabase();

        public override string Dump()
        {
            var dump =
                System.Diagnostics.Process.Start(
                    new System.Diagnostics.ProcessStartInfo(PostgreSqlServer.Program("pg_dump"),
                        ["-d", _url, "-T", "alembic_*", "--no-comments"])
                    {
                        RedirectStandardOutput = true
                    })!;
            var text = dump.StandardOutput.ReadToEnd();
            // A number that was given to a row that was taken back is not given again. Then what a dump leaves out.
            return Counter()
                .Replace(string.Join('\n',
                    text.Split('\n')
                        .Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal)
                            && !line.StartsWith("\\restrict", StringComparison.Ordinal)
                            && !line.StartsWith("\\unrestrict", StringComparison.Ordinal))), "") + '\n' + Rows(
                "SELECT rolname, rolcanlogin, rolcreatedb, rolconfig::text FROM pg_roles WHERE rolname LIKE 'zoo%' ORDER BY 1",
                "SELECT datname FROM pg_database WHERE datname LIKE 'zoo%' ORDER BY 1",
                "SELECT subname FROM pg_subscription ORDER BY 1",
                "SELECT indexrelid::regclass::text, indisvalid FROM pg_index WHERE NOT indisvalid",
                "SELECT objoid::regclass::text, description FROM pg_description WHERE classoid = 'pg_class'::regclass AND objoid > 16384 "
                    + "ORDER BY 1, 2",
                "SELECT version_num FROM alembic_version",
                "SELECT setdatabase::text <> '0', setconfig::text FROM pg_db_role_setting WHERE setrole = 0 ORDER BY 1, 2",
                "SELECT 'journal', count(*) FROM pg_class WHERE relname = 'alembic_journal'");
        }

        public override void Dispose()
        {
            // A subscription keeps its database.
            if (Rows(
                "SELECT 1 FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database()").Length > 0)
                Execute("ALTER SUBSCRIPTION made SET (slot_name = NONE)", "DROP SUBSCRIPTION made");
            Databases.PostgreSql.PostgreSqlServer.Drop(_url);
            using var postgres = new Npgsql.NpgsqlConnection(
                Databases.PostgreSql.PostgreSqlServer.ConnectionString(new UriBuilder(_url) { Path = "postgres" }.Uri.AbsoluteUri));
            postgres.Open();
            foreach (var sql in new[]
            {
                "DROP DATABASE IF EXISTS zoo_made", "DROP ROLE IF EXISTS zoo_old", "DROP ROLE IF EXISTS zoo_made",
                "DROP TABLESPACE IF EXISTS zoo_made"
            })
            {
                using var command = new Npgsql.NpgsqlCommand(sql, postgres);
                command.ExecuteNonQuery();
            }
        }

        protected override Database Database() => new TestDatabase(new PostgreSqlDialect(), Noted, _url);

        protected override DbConnection Open()
        {
            var connection = new Npgsql.NpgsqlConnection(Databases.PostgreSql.PostgreSqlServer.ConnectionString(_url));
            connection.Open();
            return connection;
        }
    }

    private sealed class OnSqlite : Habitat
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("alembic-zoo-").FullName;

        public override string Dump()
        {
            List<string> queries = [
                "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite_autoindex_alembic%' "
                    + "ORDER BY 1, 2", "SELECT version_num FROM alembic_version"];
            queries.AddRange("PRAGMA user_version", "PRAGMA application_id", "PRAGMA journal_mode", "PRAGMA auto_vacuum",
                "SELECT 'journal' FROM sqlite_schema WHERE name = 'alembic_journal'");
            foreach (var table in Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'alembic%' ORDER BY name")
                .Split('\n'))
                queries.Add($"SELECT '{table}', * FROM \"{table}\" ORDER BY 2");
            return Rows(queries) + string.Join('\n',
                Directory.GetFiles(_folder).Select(Path.GetFileName).Where(name => name!.StartsWith("other", StringComparison.Ordinal)));
        }

        public override void Dispose() => Directory.Delete(_folder, recursive: true);

        protected override Database Database() => new TestDatabase(new SqliteDialect(), Noted, "sqlite://");

        protected override DbConnection Open()
        {
            var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder}/zoo.db;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA temp_store_directory = '{_folder}'";
            command.ExecuteNonQuery();
            return connection;
        }
    }
}
