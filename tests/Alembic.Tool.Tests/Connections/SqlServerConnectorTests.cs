using Alembic.Migrations;
using Alembic.SqlServer;
using System.Data;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Alembic.Tool.Connections;
using Alembic.Tool.Tests.Commands;
using Microsoft.Data.SqlClient;

namespace Alembic.Tool.Tests.Connections;

/// <summary>There is no SQL Server here: what is tested is what becomes of a URL, and what is said where nobody answers.</summary>
[TestClass]
public sealed class SqlServerConnectorTests
{
    private const string Fixed =
        ";Application Name=dotnet-alembic;Pooling=False;Enlist=False;Connect Retry Count=0;Multiple Active Result Sets=False;Command "
            + "Timeout=0;Persist Security Info=False";

    [TestMethod]
    [DataRow("mssql+pyodbc://sa:p%40ss%2F%3A@db:1444/my%20shop?driver=ODBC+Driver+18+for+SQL+Server",
        "Data Source=db,1444;User ID=sa;Password=p@ss/:;Initial Catalog=my shop")]
    [DataRow("mssql://sa:p@[::1]/shop", "Data Source=::1;User ID=sa;Password=p;Initial Catalog=shop")]
    [DataRow("mssql://sa:p@db\\SQLEXPRESS/shop", "Data Source=db\\SQLEXPRESS;User ID=sa;Password=p;Initial Catalog=shop")]
    [DataRow("mssql://sa:p@/shop?port=1444&host=db", "Data Source=db,1444;User ID=sa;Password=p;Initial Catalog=shop")]
    [DataRow("mssql://db/shop", "Data Source=db;Initial Catalog=shop;Integrated Security=True")]
    [DataRow("mssql://sa:p@db/shop?TrustServerCertificate=yes&Encrypt=strict",
        "Data Source=db;User ID=sa;Password=p;Initial Catalog=shop;Trust Server Certificate=True;Encrypt=Strict")]
    [DataRow("mssql://sa:p@db/shop?trust_server_certificate=no&encrypt=no",
        "Data Source=db;User ID=sa;Password=p;Initial Catalog=shop;Trust Server Certificate=False;Encrypt=Optional")]
    [DataRow("mssql://sa:p@db/shop?encrypt=yes&host_name_in_certificate=x",
        "Data Source=db;User ID=sa;Password=p;Initial Catalog=shop;Encrypt=Mandatory;Host Name In Certificate=x")]
    [DataRow("mssql+pymssql://sa:p@db/shop?charset=utf8&appname=deploy%3B&login_timeout=7",
        "Data Source=db;User ID=sa;Password=p;Initial Catalog=shop;Application Name=\"deploy;\";Connect Timeout=7")]
    [DataRow("mssql://sa:p@db/shop?authentication=SqlPassword&application_intent=readonly&multi_subnet_failover=yes",
        "Data Source=db;User ID=sa;Password=p;Initial Catalog=shop;Authentication=SqlPassword;Application Intent=ReadOnly;Multi Subnet "
            + "Failover=True")]
    [DataRow(
        "mssql+pyodbc:///?odbc_connect=DRIVER%3D%7BODBC%20Driver%2018%20for%20SQL%20Server%7D%3BSERVER%3Dtcp%3Adb%2C1433%3BDATABASE%3Dshop%3BUID%3Dsa%3BPWD%3D%7Bp%7D%7D%3Bw%7D%3BEncrypt%3Dyes%3BConnection%20Timeout%3D30",
        "Data Source=tcp:db,1433;User ID=sa;Password=\"p};w\";Initial Catalog=shop;Encrypt=Mandatory;Connect Timeout=30")]
    public void A_URL_becomes_what_the_driver_understands(string url, string expected)
    {
        var settings = SqlServerConnector.Connect(DatabaseUrl.Parse(url)).Settings;
        var wanted = new SqlConnectionStringBuilder(Fixed + ";" + expected);
        foreach (string key in wanted.Keys)
            Assert.AreEqual(wanted[key], settings[key], key);
    }

    [TestMethod]
    [DataRow("colour=red", "SQL Server has no parameter 'colour'")]
    [DataRow("odbc_connect=Colour%3Dred", "SQL Server has no parameter 'colour'")]
    [DataRow("aplication_name=x", "SQL Server has no parameter 'aplication_name'; did you mean 'application_name'?")]
    [DataRow("encrypt=maybe",
        "the parameter 'encrypt' of SQL Server does not take this value; it takes yes, no, strict, true, false, mandatory, optional")]
    [DataRow("trust_server_certificate=perhaps",
        "the parameter 'trust_server_certificate' of SQL Server does not take this value; it takes true or false")]
    [DataRow("connect_timeout=soon",
        "the parameter 'connect_timeout' of SQL Server does not take this value; it takes a number of seconds")]
    [DataRow("port=70000", "the parameter 'port' of SQL Server does not take this value; it takes a number")]
    public void A_parameter_that_is_not_known_is_named(string query, string reason)
    {
        var exception = Assert.ThrowsExactly<ConnectionException>(
            () => SqlServerConnector.Connect(DatabaseUrl.Parse($"mssql://sa:topsecret@db/shop?{query}")));
        Assert.AreEqual($"unsupported database URL 'mssql://sa:***@db/shop': {reason}", exception.Message);
        if (reason.StartsWith("SQL Server has no", StringComparison.Ordinal))
            Assert.StartsWith("the parameters of SQL Server are host, port, user, ", exception.Hint);
    }

    [TestMethod]
    public void What_the_tool_cannot_do_is_said_with_the_way_out()
    {
        var exception = Assert.ThrowsExactly<ConnectionException>(
            () => SqlServerConnector.Connect(DatabaseUrl.Parse("mssql://sa:topsecret@db/shop?authentication=ActiveDirectoryDefault")));
        Assert.AreEqual(
            "unsupported database URL 'mssql://sa:***@db/shop': authentication=ActiveDirectoryDefault needs Azure's libraries, which are "
                + "not part of the tool", exception.Message);
        Assert.AreEqual("use a login with a password, or print the script with --sql and run it with sqlcmd", exception.Hint);
        var text = Assert.ThrowsExactly<ConnectionException>(
            () => SqlServerConnector.Connect(DatabaseUrl.Parse("mssql:///?odbc_connect=topsecret"))).Message;
        Assert.AreEqual("unsupported database URL 'mssql://': the value of 'odbc_connect' is not a connection string; percent-encode it",
            text);
    }

    [TestMethod]
    public void A_server_that_is_not_there_is_one_line_without_the_password()
    {
        var (code, error) = Current("");
        Assert.AreEqual(1, code, error);
        Assert.Contains("FAILED: unable to connect to 'mssql://sa:***@127.0.0.1:1/shop': no server answers there", error);
        Assert.Contains("hint: is the server running, and are host and port right?", error);
        Assert.DoesNotContain("topsecret", error);
        Assert.DoesNotContain("   at ", error);
    }

    [TestMethod]
    public void A_system_without_globalization_data_is_told_what_the_driver_needs()
    {
        var (code, error) = Current("1");
        Assert.AreEqual(1, code, error);
        Assert.Contains("FAILED: unable to connect to 'mssql://sa:***@127.0.0.1:1/shop': Globalization Invariant Mode is not supported.",
            error);
        Assert.Contains(
            "hint: the driver needs the globalization data of the system: install libicu, and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
            error);
    }

    public static IEnumerable<object?[]> Values =>
    [
        ["x", SqlDbType.NVarChar], ['x', SqlDbType.NVarChar], [true, SqlDbType.Bit], [(sbyte)-1, SqlDbType.SmallInt],
        [(byte)1, SqlDbType.TinyInt], [(ushort)1, SqlDbType.Int], [1u, SqlDbType.BigInt], [1ul, SqlDbType.Decimal],
        [DayOfWeek.Friday, SqlDbType.BigInt], [1.5, SqlDbType.Float], [1.5m, SqlDbType.Decimal], [new byte[] { 1 }, SqlDbType.VarBinary],
        [Guid.Empty, SqlDbType.UniqueIdentifier], [null, SqlDbType.NVarChar],
        [new DateOnly(1, 1, 1), SqlDbType.Date], [new TimeOnly(1, 2, 3), SqlDbType.Time],
        [DateTimeOffset.UnixEpoch, SqlDbType.DateTimeOffset],
        [new DateTime(2026, 11, 22), SqlDbType.DateTime], [new DateTime(2026, 11, 22).AddMilliseconds(990), SqlDbType.DateTime],
        [new DateTime(2026, 11, 22).AddMilliseconds(7), SqlDbType.DateTime2],
        [new DateTime(2026, 11, 22).AddMilliseconds(1), SqlDbType.DateTime2],
        [new DateTime(2026, 11, 22).AddTicks(1), SqlDbType.DateTime2], [new DateTime(1066, 10, 14), SqlDbType.DateTime2],
    ];

    [TestMethod]
    [DynamicData(nameof(Values))]
    public void A_value_has_the_type_that_keeps_it_whole(object? value, SqlDbType type)
    {
        var database = SqlServerConnector.Connect(DatabaseUrl.Parse("mssql://db/shop"));
        var parameter = new SqlParameter();
        database.Dialect.Bind(parameter, value);
        database.Adapt(parameter);
        Assert.AreEqual(type, parameter.SqlDbType);
    }

    [TestMethod]
    [DataRow(1222, true, DisplayName = "a lock that was not free in time")]
    [DataRow(1205, true, DisplayName = "a deadlock")]
    [DataRow(40501, true, DisplayName = "Azure: the service is busy")]
    [DataRow(10928, true, DisplayName = "Azure: too many workers")]
    [DataRow(49918, true, DisplayName = "Azure: too few resources")]
    [DataRow(229, false, DisplayName = "no permission")]
    public void An_error_that_passes_is_worth_another_try(int error, bool isPassing) =>
        Assert.AreEqual(isPassing, SqlServerDatabase.IsPassing(error));

    [TestMethod]
    public void The_driver_is_loaded_for_its_own_URLs_only()
    {
        CollectionAssert.DoesNotContain(LoadedFor("sqlite:///x.db"), "Microsoft.Data.SqlClient");
        CollectionAssert.Contains(LoadedFor("mssql://sa:p@db/shop"), "Microsoft.Data.SqlClient");
    }

    // As its users run it: in a process with its own settings of the runtime.
    private static (int Code, string Error) Current(string invariant)
    {
        using var project = new Project();
        var ini = File.ReadAllText(project.Path("alembic.ini"));
        File.WriteAllText(project.Path("alembic.ini"),
            ini.Replace("sqlite:///%(here)s/test.db", "mssql+pyodbc://sa:topsecret@127.0.0.1:1/shop?connect_timeout=3",
                StringComparison.Ordinal));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dotnet-alembic.dll"), "current"])
        {
            WorkingDirectory = project.Folder, RedirectStandardError = true
        };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = invariant.Length == 0 ? null : invariant;
        using var tool = Process.Start(start)!;
        var error = tool.StandardError.ReadToEnd();
        tool.WaitForExit();
        return (tool.ExitCode, error);
    }

    private static List<string> LoadedFor(string url)
    {
        var context = new RecordingContext();
        var tool = context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "dotnet-alembic.dll"));
        var address = Activator.CreateInstance(tool.GetType(typeof(DatabaseAddress).FullName!)!, url, null, "/");
        tool.GetType(typeof(Connector).FullName!)!.GetMethod(nameof(Connector.Connect), BindingFlags.Static | BindingFlags.Public)!.Invoke(
            null, [address]);
        return context.Loaded;
    }

    /// <summary>Takes what the default context has, and writes down what it was asked for.</summary>
    private sealed class RecordingContext() : AssemblyLoadContext("recording")
    {
        public List<string> Loaded { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Loaded.Add(assemblyName.Name!);
            return null;
        }
    }
    [TestMethod]
    public void A_connection_string_keeps_what_a_migration_can_do_with()
    {
        var settings =
            new SqlServerDatabase(
                "Server=db,1434;User Id=me;Password=\"p;w\";Initial "
                    + "Catalog=shop;Pooling=true;Enlist=true;ConnectRetryCount=3;MultipleActiveResultSets=true;Persist Security "
                    + "Info=true;TrustServerCertificate=true").Settings;
        Assert.AreEqual(("db,1434", "me", "p;w", "shop", true),
            (settings.DataSource, settings.UserID, settings.Password, settings.InitialCatalog, settings.TrustServerCertificate));
        Assert.AreEqual((false, false, 0, false, false, 0, false), (settings.Pooling, settings.Enlist, settings.ConnectRetryCount,
            settings.MultipleActiveResultSets, settings.PersistSecurityInfo, settings.CommandTimeout, settings.IntegratedSecurity));
        Assert.AreEqual("mssql://me:***@db,1434/shop",
            new SqlServerDatabase("Server=db,1434;User Id=me;Password=topsecret;Initial Catalog=shop").DisplayUrl);
        Assert.IsTrue(new SqlServerDatabase("Server=db").Settings.IntegratedSecurity);
    }

    [TestMethod]
    public void A_connection_string_that_can_not_be_read_is_not_shown()
    {
        var error = Assert.ThrowsExactly<ConnectionException>(() => new SqlServerDatabase("Server=db;Password=top;secret=1"));
        Assert.AreEqual("unsupported connection string for SQL Server: keyword number 3 is unknown", error.Message);
        Assert.DoesNotContain("secret", error.ToString());
    }

}
