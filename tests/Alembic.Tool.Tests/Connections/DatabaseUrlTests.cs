using Alembic.Tool.Connections;

namespace Alembic.Tool.Tests.Connections;

[TestClass]
public sealed class DatabaseUrlTests
{
    [TestMethod]
    [DataRow("sqlite:///app.db", "sqlite", null, null, null, null, "app.db", "sqlite:///app.db")]
    [DataRow("sqlite:////var/app.db", "sqlite", null, null, null, null, "/var/app.db", "sqlite:////var/app.db")]
    [DataRow("sqlite://", "sqlite", null, null, null, null, "", "sqlite://")]
    [DataRow("sqlite:///C:\\data\\app.db", "sqlite", null, null, null, null, "C:\\data\\app.db", "sqlite:///C:\\data\\app.db")]
    [DataRow("postgresql+psycopg2://me:s%40crt@db:5433/shop", "postgresql", "me", "s@crt", "db", 5433, "shop", "postgresql://me:***@db:5433/shop")]
    [DataRow("postgres://me@db/shop", "postgresql", "me", null, "db", null, "shop", "postgresql://me@db/shop")]
    [DataRow("mysql+pymysql://me@[::1]:3306/shop", "mysql", "me", null, "::1", 3306, "shop", "mysql://me@[::1]:3306/shop")]
    [DataRow("postgresql://me:p@ss@db/shop?password=x", "postgresql", "me", "p@ss", "db", null, "shop", "postgresql://me:***@db/shop")]
    public void A_url_is_taken_apart_and_shown_without_its_secrets(
        string url, string dialect, string? user, string? password, string? host, int? port, string database, string display)
    {
        var parsed = DatabaseUrl.Parse(url);
        Assert.AreEqual((dialect, user, password, host, port, database), (parsed.Dialect, parsed.User, parsed.Password, parsed.Host, parsed.Port, parsed.Database));
        Assert.AreEqual(display, parsed.Display);
    }

    [TestMethod]
    [DataRow("me:topsecret@host")]
    [DataRow("://me:topsecret@host")]
    [DataRow("postgresql://me:topsecret@host:port/db")]
    [DataRow("Server=x;Password=topsecret")]
    public void What_is_no_url_is_refused_without_showing_the_password(string url)
    {
        var exception = Assert.ThrowsExactly<ConnectionException>(() => DatabaseUrl.Parse(url));
        Assert.StartsWith("unsupported database URL '", exception.Message);
        Assert.DoesNotContain("topsecret", exception.Message);
    }
}
