using Alembic.Databases.MySql;
using Alembic.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Databases.MySql;

/// <summary>Products that speak the language of MySQL: none is here, but a connection says that it leads to one.</summary>
[TestClass]
public sealed class MySqlProductTests
{
    [TestMethod]
    [DataRow("8.0.11-TiDB-v8.5.1", "TiDB")]
    [DataRow("5.7.25-TiDB-v6.1.0", "TiDB")]
    [DataRow("8.0.30-Vitess", "Vitess")]
    [DataRow("5.7.9-vitess-12.0.0", "Vitess")]
    [DataRow("9.7.1", null)]
    [DataRow("8.0.36-28 Percona Server (GPL)", null)]
    [DataRow("11.8.3-MariaDB-ubu2404", null)]
    public void A_product_is_known_by_its_version(string version, string? name)
    {
        using var session = new OnlineSession(
            new TestDatabase(new MySqlDialect(isMariaDb: false), () => new Server(version), "mysql://"), NullLogger.Instance);
        var product = session.Dialect.Product(session);
        Assert.AreEqual((name, false), (product?.Name, product?.IsRefused ?? false));
    }

    private sealed class Server(string version) : FakeConnection
    {
        public override string ServerVersion => version;
    }
}
