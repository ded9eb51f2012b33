using Alembic.Migrations;
using Alembic.PostgreSql;
using Alembic.Tool.Connections;

namespace Alembic.Tool.Tests.Connections;

[TestClass]
public sealed class PostgreSqlUrlTests
{
    private const string Fixed =
        ";Application Name=dotnet-alembic;Pooling=False;Enlist=False;TCP Keepalive=True;TCP Keepalive Time=15;Command Timeout=0";

    [TestMethod]
    [DataRow("postgresql+psycopg2://me:p%40ss%2F%3A@db:5433/my%20shop", "Host=db;Port=5433;Username=me;Password=p@ss/:;Database=my shop")]
    [DataRow("postgresql://me@[::1]/shop", "Host=::1;Username=me;Database=shop")]
    [DataRow("postgresql://me@/shop?host=/var/run/postgresql&port=5433",
        "Host=/var/run/postgresql;Port=5433;Username=me;Database=shop;TCP Keepalive=False;TCP Keepalive Time=0")]
    [DataRow("postgresql://db/shop?user=me&password=secret&dbname=other", "Host=db;Username=me;Password=secret;Database=other")]
    [DataRow("postgresql://db/shop?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem&channel_binding=require",
        "Host=db;Database=shop;SSL Mode=VerifyFull;Root Certificate=/ca.pem;SSL Certificate=/c.pem;SSL Key=/k.pem;Channel Binding=Require")]
    [DataRow(
        "postgresql://db/shop?application_name=deploy%3B+now&connect_timeout=7&options=-c%20search_path%3Dx&target_session_attrs=read-write",
        "Host=db;Database=shop;Application Name=\"deploy; now\";Timeout=7;Options=\"-c search_path=x\";Target Session "
            + "Attributes=read-write")]
    [DataRow("postgresql://db/shop?keepalives=0&keepalives_idle=30&keepalives_interval=5&client_encoding=utf8&gssencmode=disable",
        "Host=db;Database=shop;TCP Keepalive=False;TCP Keepalive Time=30;TCP Keepalive Interval=5;Client Encoding=utf8;GSS Encryption "
            + "Mode=Disable")]
    [DataRow("postgresql+asyncpg://db/shop?ssl=require&command_timeout=60&prepared_statement_cache_size=0",
        "Host=db;Database=shop;SSL Mode=Require;Command Timeout=60")]
    [DataRow("postgresql://%2Frun%2Fpg/shop", "Host=/run/pg;Database=shop;TCP Keepalive=False;TCP Keepalive Time=0")]
    [DataRow("postgresql+pg8000://me@/shop?unix_sock=/run/pg/.s.PGSQL.5499",
        "Host=/run/pg;Port=5499;Username=me;Database=shop;TCP Keepalive=False;TCP Keepalive Time=0")]
    [DataRow("postgresql://me@/shop?host=a:1&host=b:2&load_balance_hosts=random",
        "Host=\"a:1,b:2\";Username=me;Database=shop;Load Balance Hosts=True")]
    [DataRow("postgresql://db/shop?sslnegotiation=direct&require_auth=scram-sha-256&krbsrvname=pg&passfile=/p&sslpassword=x",
        "Host=db;Database=shop;SSL Negotiation=Direct;Require Auth=ScramSHA256;Kerberos Service Name=pg;Passfile=/p;SSL Password=x")]
    [DataRow("postgresql://db/shop?ApplicationName=me&Search-Path=a,b&timezone=UTC&SslMode=VerifyFull",
        "Host=db;Database=shop;Application Name=me;Search Path=\"a,b\";Timezone=UTC;SSL Mode=VerifyFull")]
    public void A_URL_becomes_what_the_driver_understands(string url, string expected)
    {
        var settings = PostgreSqlConnector.Connect(DatabaseUrl.Parse(url)).Settings;
        var wanted = new Npgsql.NpgsqlConnectionStringBuilder(Fixed + ";" + expected);
        foreach (var key in wanted.Keys)
            Assert.AreEqual(wanted[key], settings[key], key);
        Assert.IsFalse(settings.LogParameters || settings.PersistSecurityInfo || settings.Multiplexing
            || settings.IncludeFailedBatchedCommand);
    }

    [TestMethod]
    [DataRow("colour=red", "'colour'")]
    [DataRow("conect_timeout=1", "'conect_timeout'; did you mean 'connect_timeout'?")]
    [DataRow("sslmod=require", "'sslmod'; did you mean 'sslmode'")]
    [DataRow("a%20b=1", "of such a name")]
    public void A_parameter_that_is_not_known_is_named_with_those_that_are_near(string query, string problem)
    {
        var exception = Refused(query);
        Assert.StartsWith($"unsupported database URL 'postgresql://me:***@db/shop': PostgreSQL has no parameter {problem}",
            exception.Message);
        Assert.StartsWith("the parameters of PostgreSQL are host, port, unix_sock, user,", exception.Hint!);
    }

    [TestMethod]
    [DataRow("sslmode=topsecret", "sslmode", "disable, allow, prefer, require, verify-ca, verify-full")]
    [DataRow("sslmode=1", "sslmode", "disable, allow,")]
    [DataRow("connect_timeout=soon", "connect_timeout", "a number of seconds")]
    [DataRow("connect_timeout=99999", "connect_timeout", "a number of seconds")]
    [DataRow("keepalives=perhaps", "keepalives", "true or false")]
    [DataRow("target_session_attrs=best", "target_session_attrs", "any, read-write")]
    [DataRow("client_encoding=latin1", "client_encoding", "utf8")]
    [DataRow("unix_sock=/run/pg", "unix_sock", "a text")]
    public void A_value_that_is_not_taken_is_answered_with_those_that_are(string query, string name, string values) =>
        Assert.StartsWith(
            $"unsupported database URL 'postgresql://me:***@db/shop': the parameter '{name}' of PostgreSQL does not take this value; it "
                + $"takes {values}", Refused(query).Message);

    [TestMethod]
    [DataRow("Server=db;Port=6;User Id=me;Password=\"p;w\";Database=shop", "Host=db;Port=6;Username=me;Password=\"p;w\";Database=shop")]
    [DataRow(
        "Host=db;Pooling=true;Multiplexing=true;Enlist=true;Include Error Detail=false;Log Parameters=true;Persist Security "
            + "Info=true;Application Name=shop;Timeout=3",
        "Host=db;Pooling=False;Multiplexing=False;Enlist=False;Include Error Detail=True;Log Parameters=False;Persist Security "
            + "Info=False;Application Name=shop;Timeout=3;Command Timeout=0")]
    [DataRow("Database=shop;Command Timeout=60",
        "Host=localhost;Database=shop;Command Timeout=60;Application Name=dotnet-alembic;TCP Keepalive=True")]
    public void A_connection_string_keeps_what_a_migration_can_do_with(string text, string expected)
    {
        var settings = new PostgreSqlDatabase(text).Settings;
        var wanted = new Npgsql.NpgsqlConnectionStringBuilder(expected);
        foreach (var key in wanted.Keys)
            Assert.AreEqual(wanted[key], settings[key], key);
    }

    [TestMethod]
    [DataRow("Host=db;Password=top;secret=1", "keyword number 3 is unknown")]
    [DataRow("Host=db;Password=top;secret", "expected Keyword=value;")]
    [DataRow("Host=db;Password=x;Port=secret", "Port does not take this value")]
    [DataRow("Hots=db;Password=topsecret", "keyword number 1 is unknown")]
    public void A_connection_string_that_can_not_be_read_is_not_shown(string text, string problem)
    {
        var exception = Assert.ThrowsExactly<ConnectionException>(() => new PostgreSqlDatabase(text));
        Assert.StartsWith($"unsupported connection string for PostgreSQL: {problem}", exception.Message);
        Assert.DoesNotContain("secret", exception.ToString());
    }

    [TestMethod]
    public void A_connection_string_is_shown_as_a_URL_without_the_password() =>
        Assert.AreEqual("postgresql://me:***@db:5433/shop",
            new PostgreSqlDatabase("Host=db;Port=5433;Username=me;Password=topsecret;Database=shop").DisplayUrl);

    private static ConnectionException Refused(string query)
    {
        var exception = Assert.ThrowsExactly<ConnectionException>(
            () => PostgreSqlConnector.Connect(DatabaseUrl.Parse($"postgresql://me:topsecret@db/shop?{query}")));
        Assert.DoesNotContain("topsecret", exception.ToString());
        return exception;
    }

    [TestMethod]
    public void A_server_that_is_not_there_is_one_line_without_the_password()
    {
        var exception = Assert.ThrowsExactly<UnreachableDatabaseException>(
            () => PostgreSqlConnector.Connect(DatabaseUrl.Parse("postgresql://me:topsecret@127.0.0.1:1/shop?connect_timeout=2")).Open());
        Assert.AreEqual("unable to connect to 'postgresql://me:***@127.0.0.1:1/shop': Failed to connect to 127.0.0.1:1", exception.Message);
        Assert.AreEqual("is the server running, and are host and port right?", exception.Hint);
    }
}
