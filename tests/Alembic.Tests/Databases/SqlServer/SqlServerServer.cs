using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>
/// The server that <c>ALEMBIC_TEST_MSSQL_URL</c> names: none can be installed by the tests. Those that need it are of the category
/// <see cref="Category"/>, which <c>tests/run</c> leaves out where no server is named.
/// </summary>
internal static partial class SqlServerServer
{
    public const string Category = "SqlServer";

    /// <summary>Keeps every letter, and tells all of them from each other.</summary>
    public const string Exact = "Latin1_General_100_BIN2_UTF8";

    /// <summary>Keeps every letter, and compares them as most databases do.</summary>
    public const string Usual = "Latin1_General_100_CI_AS_SC_UTF8";

    /// <summary>Drops all that tests create in a database, so that the next one finds it empty.</summary>
    public const string Emptying =
        """
        DECLARE @drop nvarchar(max) = N''
        SELECT @drop += CONCAT(N'ALTER TABLE ', QUOTENAME(OBJECT_SCHEMA_NAME(parent_object_id)), N'.',
          QUOTENAME(OBJECT_NAME(parent_object_id)), N' DROP CONSTRAINT ', QUOTENAME(name), N';') FROM sys.foreign_keys
        SELECT @drop += CONCAT(N'DROP VIEW ', QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name), N';') FROM sys.views
        SELECT @drop += CONCAT(N'DROP TABLE ', QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name), N';') FROM sys.tables
        SELECT @drop += CONCAT(N'DROP SEQUENCE ', QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name), N';')
          FROM sys.sequences
        SELECT @drop += CONCAT(N'DROP SCHEMA ', QUOTENAME(name), N';') FROM sys.schemas WHERE schema_id BETWEEN 5 AND 16383
        EXEC(@drop)
        """;

    /// <summary>What a database says that it holds, by the names that are not the server's own.</summary>
    public const string Definitions =
        """
        SELECT text FROM (
          SELECT CONCAT('check ', OBJECT_NAME(parent_object_id), ' ', CASE is_system_named WHEN 0 THEN name END, ' ', definition,
            is_disabled, is_not_trusted) AS text FROM sys.check_constraints
          UNION ALL SELECT CONCAT('default ', OBJECT_NAME(parent_object_id), '.', COL_NAME(parent_object_id, parent_column_id), ' ',
            definition) FROM sys.default_constraints
          UNION ALL SELECT CONCAT('key ', OBJECT_NAME(parent_object_id), ' ', CASE is_system_named WHEN 0 THEN name END, ' ',
            OBJECT_NAME(referenced_object_id), delete_referential_action, update_referential_action, is_disabled, is_not_trusted)
            FROM sys.foreign_keys
          UNION ALL SELECT CONCAT('index ', t.name, ' ', CASE WHEN COALESCE(k.is_system_named, 0) = 0 THEN i.name END, ' ', i.type,
            i.is_unique, i.is_primary_key, i.is_disabled, ' ', i.filter_definition, ' ', COL_NAME(c.object_id, c.column_id), ' ',
            c.key_ordinal, c.is_descending_key, c.is_included_column)
            FROM sys.tables t JOIN sys.indexes i ON i.object_id = t.object_id
            JOIN sys.index_columns c ON c.object_id = i.object_id AND c.index_id = i.index_id
            LEFT JOIN sys.key_constraints k ON k.parent_object_id = i.object_id AND k.unique_index_id = i.index_id
          UNION ALL SELECT CONCAT('column ', t.name, '.', c.name, ' ', TYPE_NAME(c.user_type_id), ' ', c.max_length, ' ', c.precision, ' ',
            c.scale, ' ', c.is_nullable, c.is_identity, c.is_computed)
            FROM sys.tables t JOIN sys.columns c ON c.object_id = t.object_id
          UNION ALL SELECT CONCAT('module ', OBJECT_NAME(object_id), ' ', definition) FROM sys.sql_modules) AS definitions
        WHERE text NOT LIKE '%[_]journal%'
        ORDER BY text
        """;

    /// <summary>What is beside the tables.</summary>
    public const string Surroundings =
        """
        SELECT CONCAT('principal ', name) AS what FROM sys.database_principals
        UNION ALL SELECT CONCAT('schema ', name) FROM sys.schemas
        UNION ALL SELECT CONCAT('trigger ', name) FROM sys.triggers
        UNION ALL SELECT CONCAT('object ', name) FROM sys.objects
          WHERE is_ms_shipped = 0 AND type NOT IN ('U', 'PK', 'UQ', 'C', 'D', 'F')
        """;

    private const string Variable = "ALEMBIC_TEST_MSSQL_URL";

    private static readonly Lazy<(string? ConnectionString, string Reason)> Running = new(Connect);

    private static int _databases;
    private static string _name = "SQL Server";

    /// <summary>Whether there is one.</summary>
    public static bool IsNamed => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The connection string of a new, empty database.</summary>
    public static string NewDatabase(string collation)
    {
        var name = $"alembic_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        Execute(Server(), $"CREATE DATABASE {name} COLLATE {collation}");
        return new SqlConnectionStringBuilder(Server()) { InitialCatalog = name }.ConnectionString;
    }

    public static void Drop(string connectionString)
    {
        var name = new SqlConnectionStringBuilder(connectionString).InitialCatalog;
        Execute(Server(), $"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE", $"DROP DATABASE {name}");
    }

    /// <summary>Sends batches one after the other, on a connection of their own.</summary>
    public static void Execute(string connectionString, params IEnumerable<string> batches)
    {
        var (code, errors) = Run(connectionString, batches, stops: true);
        Assert.AreEqual(0, code, errors);
    }

    /// <summary>Does what sqlcmd does with a script; it knows no quotation marks when it looks for lines of its own.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="batches">The batches of the script.</param>
    /// <param name="stops">Whether it stops at an error (<c>-b</c>).</param>
    /// <returns>1 if there was an error, and the errors.</returns>
    public static (int Code, string Errors) Run(string connectionString, IEnumerable<string> batches, bool stops)
    {
        using var connection = new SqlConnection(connectionString);
        connection.Open();
        List<string> errors = [];
        foreach (var batch in batches)
        {
            try
            {
                using var command = new SqlCommand(batch, connection);
                command.ExecuteNonQuery();
            }
            catch (SqlException exception)
            {
                errors.Add(exception.Message);
                if (stops)
                    break;
            }
        }
        return (errors.Count > 0 ? 1 : 0, string.Join('\n', errors));
    }

    /// <summary>The batches of a script, as sqlcmd reads it.</summary>
    public static IEnumerable<string> Batches(string script) =>
        EndOfBatch().Split(script).Where(batch => !string.IsNullOrWhiteSpace(batch));

    /// <summary>Without pooling: what a test leaves behind must not hold a database. A server for tests has its own certificate.</summary>
    public static string ConnectionString(Uri url)
    {
        var login = url.UserInfo.Split(':', 2);
        var settings = new SqlConnectionStringBuilder
        {
            DataSource = url.Port > 0 ? $"{url.Host},{url.Port}" : url.Host, InitialCatalog = url.AbsolutePath.Trim('/'), Pooling = false,
            TrustServerCertificate = true, ConnectRetryCount = 0, CommandTimeout = 120,
        };
        if (login is [{ Length: > 0 } user, var password])
            (settings.UserID, settings.Password) = (Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        else
            settings.IntegratedSecurity = true;
        return settings.ConnectionString;
    }

    /// <summary>The URL of a database that has a connection string.</summary>
    public static string Url(string connectionString)
    {
        var settings = new SqlConnectionStringBuilder(connectionString);
        var login = settings.IntegratedSecurity
            ? ""
            : $"{Uri.EscapeDataString(settings.UserID)}:{Uri.EscapeDataString(settings.Password)}@";
        return $"mssql://{login}{settings.DataSource.Replace(',', ':')}/{settings.InitialCatalog}?trust_server_certificate=yes";
    }

    // A server that is named and does not answer is a failure, not a server that is missing.
    private static string Server()
    {
        var (server, reason) = Running.Value;
        Servers.Use(_name);
        if (server is null && IsNamed && Servers.LeftOut is null)
            Assert.Fail(reason);
        if (server is null)
            Servers.AreMissing(reason);
        return server;
    }

    private static (string? ConnectionString, string Reason) Connect()
    {
        if (Servers.LeftOut is { } leftOut)
            return (null, leftOut);
        if (!IsNamed)
            return (null, $"{Variable} names no SQL Server");
        try
        {
            var server = ConnectionString(new Uri(Environment.GetEnvironmentVariable(Variable)!));
            using var connection = new SqlConnection(server);
            connection.Open();
            using var command = new SqlCommand("SELECT @@VERSION", connection);
            // "Microsoft SQL Server 2022 (RTM) - 16.0…"
            _name = ((string)command.ExecuteScalar()).Split('(')[0].Replace("Microsoft ", "", StringComparison.Ordinal).Trim();
            return (server, "");
        }
        catch (Exception exception) when (exception is SqlException or UriFormatException or ArgumentException or NotSupportedException)
        {
            return (null, $"The server that {Variable} names does not answer: {exception.Message}");
        }
    }

    [GeneratedRegex(@"^[ \t]*GO(?:[ \t]+\d+)?[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex EndOfBatch();
}
