using Alembic.Tool.Connections;

namespace Alembic.Tool.Tests.Connections;

[TestClass]
public sealed class PostgreSqlUrlTests
{
    private const string Fixed = ";Application Name=dotnet-alembic;Pooling=False;Enlist=False;TCP Keepalive=True;TCP Keepalive Time=15;Command Timeout=0";

    [TestMethod]
    [DataRow("postgresql+psycopg2://me:p%40ss%2F%3A@db:5433/my%20shop", "Host=db;Port=5433;Username=me;Password=p@ss/:;Database=my shop")]
    [DataRow("postgresql://me@[::1]/shop", "Host=::1;Username=me;Database=shop")]
    [DataRow("postgresql://me@/shop?host=/var/run/postgresql&port=5433", "Host=/var/run/postgresql;Port=5433;Username=me;Database=shop")]
    [DataRow("postgresql://db/shop?user=me&password=secret&dbname=other", "Host=db;Username=me;Password=secret;Database=other")]
    [DataRow("postgresql://db/shop?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem&channel_binding=require",
        "Host=db;Database=shop;SSL Mode=VerifyFull;Root Certificate=/ca.pem;SSL Certificate=/c.pem;SSL Key=/k.pem;Channel Binding=Require")]
    [DataRow("postgresql://db/shop?application_name=deploy%3B+now&connect_timeout=7&options=-c%20search_path%3Dx&target_session_attrs=read-write",
        "Host=db;Database=shop;Application Name=\"deploy; now\";Timeout=7;Options=\"-c search_path=x\";Target Session Attributes=read-write")]
    [DataRow("postgresql://db/shop?keepalives=0&keepalives_idle=30&keepalives_interval=5&client_encoding=utf8&gssencmode=disable",
        "Host=db;Database=shop;TCP Keepalive=False;TCP Keepalive Time=30;TCP Keepalive Interval=5;Client Encoding=utf8;GSS Encryption Mode=Disable")]
    public void A_URL_becomes_what_the_driver_understands(string url, string expected)
    {
        var settings = PostgreSqlConnector.Settings(DatabaseUrl.Parse(url));
        var wanted = new Npgsql.NpgsqlConnectionStringBuilder(Fixed + ";" + expected);
        foreach (var key in wanted.Keys)
            Assert.AreEqual(wanted[key], settings[key], key);
        Assert.IsFalse(settings.IncludeErrorDetail || settings.LogParameters || settings.PersistSecurityInfo);
    }

    [TestMethod]
    [DataRow("colour=red", "colour")]
    [DataRow("sslmode=maybe", "sslmode")]
    [DataRow("sslmode=1", "sslmode")]
    [DataRow("connect_timeout=soon", "connect_timeout")]
    [DataRow("target_session_attrs=best", "target_session_attrs")]
    public void A_parameter_that_is_not_known_is_named(string query, string name)
    {
        var exception = Assert.ThrowsExactly<ConnectionException>(() => PostgreSqlConnector.Connect(DatabaseUrl.Parse($"postgresql://me:topsecret@db/shop?{query}")));
        Assert.StartsWith($"unsupported database URL 'postgresql://me:***@db/shop': PostgreSQL has no parameter '{name}' with such a value; it knows host,", exception.Message);
    }

    [TestMethod]
    public void A_server_that_is_not_there_is_one_line_without_the_password()
    {
        var exception = Assert.ThrowsExactly<AlembicException>(() => PostgreSqlConnector.Connect(DatabaseUrl.Parse("postgresql://me:topsecret@127.0.0.1:1/shop?connect_timeout=2")).Open());
        Assert.AreEqual("unable to connect to 'postgresql://me:***@127.0.0.1:1/shop': Failed to connect to 127.0.0.1:1", exception.Message);
        Assert.AreEqual("is the server running, and are host and port right?", exception.Hint);
    }
}
