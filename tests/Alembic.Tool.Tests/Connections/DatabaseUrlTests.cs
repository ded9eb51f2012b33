using Alembic.Migrations;
using Alembic.Tool.Connections;
using CsCheck;

namespace Alembic.Tool.Tests.Connections;

[TestClass]
public sealed class DatabaseUrlTests
{
    [TestMethod]
    [DataRow("sqlite:///app.db", "sqlite", null, null, null, null, "app.db", "sqlite:///app.db")]
    [DataRow("sqlite:////var/app.db", "sqlite", null, null, null, null, "/var/app.db", "sqlite:////var/app.db")]
    [DataRow("sqlite://", "sqlite", null, null, null, null, "", "sqlite://")]
    [DataRow("sqlite:///C:\\data\\app.db", "sqlite", null, null, null, null, "C:\\data\\app.db", "sqlite:///C:\\data\\app.db")]
    [DataRow("postgresql+psycopg2://me:s%40crt@db:5433/shop", "postgresql", "me", "s@crt", "db", 5433, "shop",
        "postgresql://me:***@db:5433/shop")]
    [DataRow("postgres://me@db/shop", "postgresql", "me", null, "db", null, "shop", "postgresql://me@db/shop")]
    [DataRow("mysql+pymysql://me@[::1]:3306/shop", "mysql", "me", null, "::1", 3306, "shop", "mysql://me@[::1]:3306/shop")]
    [DataRow("postgresql://me:p@ss@db/shop?password=x", "postgresql", "me", "p@ss", "db", null, "shop", "postgresql://me:***@db/shop")]
    [DataRow("postgresql://us%40er%3A:p%2F%3F%23%40%3A%25@db/my%20sh%2Fop%3F", "postgresql", "us@er:", "p/?#@:%", "db", null, "my sh/op?",
        "postgresql://us%40er%3A:***@db/my sh/op?")]
    [DataRow("postgresql://me:pa/ss?word@db:1/shop", "postgresql", "me", "pa/ss?word", "db", 1, "shop", "postgresql://me:***@db:1/shop")]
    [DataRow("postgresql://me:@db/shop", "postgresql", "me", "", "db", null, "shop", "postgresql://me:***@db/shop")]
    [DataRow("postgresql://me@[fe80::1%25eth0]:6/shop", "postgresql", "me", null, "fe80::1%eth0", 6, "shop",
        "postgresql://me@[fe80::1%eth0]:6/shop")]
    [DataRow("postgresql://%2Frun%2Fpostgresql/shop", "postgresql", null, null, "/run/postgresql", null, "shop",
        "postgresql:///run/postgresql/shop")]
    [DataRow("postgresql:///shop", "postgresql", null, null, null, null, "shop", "postgresql:///shop")]
    [DataRow("postgresql://db?user=me", "postgresql", null, null, "db", null, "", "postgresql://db")]
    [DataRow("mssql+pyodbc://me@db:/shop", "mssql", "me", null, "db", null, "shop", "mssql://me@db/shop")]
    [DataRow("mysql://db/shop?user=me@server", "mysql", null, null, "db", null, "shop", "mysql://db/shop")]
    [DataRow("sqlite:///a%20b@c.db?mode=ro", "sqlite", null, null, null, null, "a b@c.db", "sqlite:///a b@c.db")]
    public void A_url_is_taken_apart_and_shown_without_its_secrets(
        string url, string dialect, string? user, string? password, string? host, int? port, string database, string display)
    {
        var parsed = DatabaseUrl.Parse(url);
        Assert.AreEqual((dialect, user, password, host, port, database),
            (parsed.Dialect, parsed.User, parsed.Password, parsed.Host, parsed.Port, parsed.Database));
        Assert.AreEqual(display, parsed.Display);
    }

    [TestMethod]
    [DataRow("me:topsecret@host")]
    [DataRow("://me:topsecret@host")]
    [DataRow("postgresql://me:topsecret@host:port/db")]
    [DataRow("Server=x;Password=topsecret")]
    [DataRow("postgresql://me:a@/topsecret@host/db")]
    [DataRow("postgresql://me:1/topsecret@host/db")]
    [DataRow("postgresql://me:a@b?topsecret=1@host/db")]
    [DataRow("postgresql://me:a@b/c?d=topsecret&e@host/db")]
    [DataRow("postgresql://me:a@b/c?topsecret=d@host/db")]
    [DataRow("postgresql://[::1/topsecret")]
    [DataRow("postgresql://[::1]topsecret:1/db")]
    public void What_is_no_url_is_refused_without_showing_the_password(string url)
    {
        var exception = Assert.ThrowsExactly<ConnectionException>(() => DatabaseUrl.Parse(url));
        Assert.StartsWith("unsupported database URL '", exception.Message);
        Assert.DoesNotContain("topsecret", exception.Message);
    }

    [TestMethod]
    public void What_is_said_again_about_a_parameter_is_a_list() =>
        Assert.AreEqual("a:1,b:2 c", DatabaseUrl.Parse("postgresql:///shop?host=a:1&host=b:2+c").Query["host"]);

    [TestMethod]
    public void A_url_made_of_any_parts_gives_them_back() => Parts.Check(100, part =>
    {
        var (user, password, database, value) = part;
        var url = DatabaseUrl.Parse(
            $"postgresql://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@[::1]:5432/{Uri.EscapeDataString(database)}?k="
                + $"{Uri.EscapeDataString(value)}");
        Assert.AreEqual((user, password, "::1", 5432, database, value),
            (url.User, url.Password, url.Host, url.Port, url.Database, url.Query["k"]));
    });

    [TestMethod]
    public void A_password_that_nobody_escaped_is_never_shown() => Gen.Select(Noise, Noise, Noise).Check(100_000, noise =>
    {
        var (before, after, database) = noise;
        var text = $"mysql://me:{before}TOPSECRET{after}@host/{database}?charset=utf8";
        try
        {
            var url = DatabaseUrl.Parse(text);
            Assert.DoesNotContain("TOPSECRET", url.Display, text);
            MariaDbConnector.Connect(url);
        }
        catch (AlembicException exception)
        {
            Assert.DoesNotContain("TOPSECRET", exception.Message + exception.Hint, text);
        }
    });

    // What gives URLs their structure, and a little of what does not.
    private static readonly Gen<string> Noise = Gen.String[Gen.Char["@:/?&=#%[]; +,1a"], 0, 5];

    private static readonly Gen<(string, string, string, string)> Parts = Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String)
        .Where(p => new[] { p.Item1, p.Item2, p.Item3, p.Item4 }.All(text => !text.Any(char.IsSurrogate)));
}
