using Alembic.Migrations;
using Alembic.MySql;
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
        Assert.AreEqual(("us@er", "p/w:d", "::1", 3307u, "my db"),
            (settings.UserID, settings.Password, settings.Server, settings.Port, settings.Database));
    }

    [TestMethod]
    public void One_connection_is_held_and_rows_that_matched_are_counted()
    {
        var settings = Settings("mariadb://localhost/x");
        Assert.AreEqual((false, false, false, 0u),
            (settings.Pooling, settings.AutoEnlist, settings.UseAffectedRows, settings.DefaultCommandTimeout));
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
    [DataRow("ssl_disabled=true", "SslMode", "None")]
    [DataRow("ssl_mode=VERIFY_CA", "SslMode", "VerifyCA")]
    [DataRow("ssl_verify_cert=false", "SslMode", "Required")]
    [DataRow("tls_versions=TLS%201.3", "TlsVersion", "TLS 1.3")]
    [DataRow("read_timeout=60", "DefaultCommandTimeout", "60")]
    [DataRow("ConnectionTimeout=7", "ConnectionTimeout", "7")]
    [DataRow("server_public_key_path=/k", "ServerRsaPublicKeyFile", "/k")]
    [DataRow("user=me&passwd=x&db=other&port=4", "Database", "other")]
    [DataRow("use_unicode=1&local_infile=1", "AllowLoadLocalInfile", "False")]
    public void Parameters_become_the_drivers_keywords(string query, string property, string value) =>
        Assert.AreEqual(value,
            typeof(MySqlConnectionStringBuilder).GetProperty(property)!.GetValue(Settings($"mysql://localhost/x?{query}"))!.ToString());

    [TestMethod]
    [DataRow("frobnicate=1", "MySQL has no parameter 'frobnicate'")]
    [DataRow("chraset=utf8", "MySQL has no parameter 'chraset'; did you mean 'charset'?")]
    [DataRow("charset=latin1", "the parameter 'charset' of MySQL does not take this value; it takes utf8mb4, utf8mb3, utf8")]
    [DataRow("connect_timeout=soon", "the parameter 'connect_timeout' of MySQL does not take this value; it takes a number of seconds")]
    [DataRow("ssl_mode=perhaps", "the parameter 'ssl_mode' of MySQL does not take this value; it takes DISABLED, PREFERRED,")]
    public void An_unknown_parameter_is_named_and_no_password(string query, string problem)
    {
        var error = Assert.ThrowsExactly<ConnectionException>(() => Settings($"mysql://u:secret@localhost/x?{query}"));
        Assert.StartsWith($"unsupported database URL 'mysql://u:***@localhost/x': {problem}", error.Message);
    }

    [TestMethod]
    public void A_connection_string_keeps_what_a_migration_can_do_with()
    {
        var settings =
            new MySqlDatabase(
                "server=db;uid=me;pwd=\"p;w\";database=shop;pooling=true;auto enlist=true;use affected rows=true;allow user "
                    + "variables=false;persist security info=true;connection timeout=3").Settings;
        Assert.AreEqual(("db", "me", "p;w", "shop", 3u),
            (settings.Server, settings.UserID, settings.Password, settings.Database, settings.ConnectionTimeout));
        Assert.AreEqual((false, false, false, true, false, 0u), (settings.Pooling, settings.AutoEnlist, settings.UseAffectedRows,
            settings.AllowUserVariables, settings.PersistSecurityInfo, settings.DefaultCommandTimeout));
        Assert.AreEqual("mariadb://me:***@db:3306/shop",
            new MySqlDatabase("server=db;uid=me;pwd=topsecret;database=shop", isMariaDb: true).DisplayUrl);
    }

    [TestMethod]
    [DataRow("Server=db;Password=top;secret=1", "keyword number 3 is unknown")]
    [DataRow("Server=db;Port=secret", "Port does not take this value")]
    public void A_connection_string_that_can_not_be_read_is_not_shown(string text, string problem)
    {
        var error = Assert.ThrowsExactly<ConnectionException>(() => new MySqlDatabase(text));
        Assert.AreEqual($"unsupported connection string for MySQL: {problem}", error.Message);
        Assert.DoesNotContain("secret", error.ToString());
    }

    [TestMethod]
    public void A_server_that_is_not_there_is_an_error_with_a_hint_and_no_password()
    {
        var error = Assert.ThrowsExactly<UnreachableDatabaseException>(
            () => MariaDbConnector.Connect(DatabaseUrl.Parse("mysql://u:secret@127.0.0.1:1/x?connect_timeout=2")).Open());
        Assert.StartsWith("unable to connect to 'mysql://u:***@127.0.0.1:1/x': ", error.Message);
        Assert.DoesNotContain("secret", error.Message);
        Assert.IsNotNull(error.Hint);
    }

    private static MySqlConnectionStringBuilder Settings(string url) => MariaDbConnector.Connect(DatabaseUrl.Parse(url)).Settings;
}
