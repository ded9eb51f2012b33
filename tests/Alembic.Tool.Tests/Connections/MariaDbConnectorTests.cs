using Alembic.Tool.Connections;
using MySqlConnector;

namespace Alembic.Tool.Tests.Connections;

[TestClass]
public sealed class MariaDbConnectorTests
{
    [TestMethod]
    public void A_url_is_taken_apart()
    {
        var settings = Settings("mysql+pymysql://us%40er:p%2Fw%3Ad@[::1]:3307/my%20db");
        Assert.AreEqual(("us@er", "p/w:d", "::1", 3307u, "my db"), (settings.UserID, settings.Password, settings.Server, settings.Port, settings.Database));
    }

    [TestMethod]
    public void One_connection_is_held_and_rows_that_matched_are_counted()
    {
        var settings = Settings("mariadb://localhost/x");
        Assert.AreEqual((false, false, false, 0u), (settings.Pooling, settings.AutoEnlist, settings.UseAffectedRows, settings.DefaultCommandTimeout));
    }

    [TestMethod]
    [DataRow("charset=utf8mb4", "SslMode", "Preferred")]
    [DataRow("unix_socket=/run/mysqld/mysqld.sock", "Server", "/run/mysqld/mysqld.sock")]
    [DataRow("unix_socket=/run/x", "ConnectionProtocol", "UnixSocket")]
    [DataRow("connect_timeout=7", "ConnectionTimeout", "7")]
    [DataRow("ssl=true", "SslMode", "Required")]
    [DataRow("ssl_mode=VERIFY_IDENTITY", "SslMode", "VerifyFull")]
    [DataRow("ssl_ca=/etc/ca.pem", "SslMode", "VerifyCA")]
    [DataRow("ssl_ca=/etc/ca.pem&ssl_verify_identity=true", "SslMode", "VerifyFull")]
    [DataRow("ssl_verify_identity=true&ssl_ca=/etc/ca.pem", "SslMode", "VerifyFull")]
    [DataRow("ssl_cert=/c&ssl_key=/k", "SslCert", "/c")]
    [DataRow("allow_public_key_retrieval=true", "AllowPublicKeyRetrieval", "True")]
    [DataRow("compress=1", "UseCompression", "True")]
    [DataRow("program_name=me", "ApplicationName", "me")]
    public void Parameters_become_the_drivers_keywords(string query, string property, string value) =>
        Assert.AreEqual(value, typeof(MySqlConnectionStringBuilder).GetProperty(property)!.GetValue(Settings($"mysql://localhost/x?{query}"))!.ToString());

    [TestMethod]
    [DataRow("frobnicate=1", "frobnicate")]
    [DataRow("charset=latin1", "charset")]
    [DataRow("connect_timeout=soon", "connect_timeout")]
    [DataRow("ssl_mode=perhaps", "ssl_mode")]
    public void An_unknown_parameter_is_named_and_no_password(string query, string name)
    {
        var error = Assert.ThrowsExactly<ConnectionException>(() => Settings($"mysql://u:secret@localhost/x?{query}"));
        Assert.StartsWith($"unsupported database URL 'mysql://u:***@localhost/x': MySQL has no parameter '{name}' with such a value; it knows host, ", error.Message);
    }

    [TestMethod]
    public void A_server_that_is_not_there_is_an_error_with_a_hint_and_no_password()
    {
        var error = Assert.ThrowsExactly<AlembicException>(() => MariaDbConnector.Connect(DatabaseUrl.Parse("mysql://u:secret@127.0.0.1:1/x?connect_timeout=2")).Open());
        Assert.StartsWith("unable to connect to 'mysql://u:***@127.0.0.1:1/x': ", error.Message);
        Assert.DoesNotContain("secret", error.Message);
        Assert.IsNotNull(error.Hint);
    }

    private static MySqlConnectionStringBuilder Settings(string url) => MariaDbConnector.Settings(DatabaseUrl.Parse(url));
}
