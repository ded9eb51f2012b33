using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
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

    private sealed class Server(string version) : DbConnection
    {
        [AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => "shop";

        public override string DataSource => "here";

        public override string ServerVersion => version;

        public override ConnectionState State => ConnectionState.Open;

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        public override void Close()
        {
        }

        public override void Open()
        {
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => new Command();
    }

    // Whatever a new session sets is accepted.
    private sealed class Command : DbCommand
    {
        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override int ExecuteNonQuery() => 0;

        public override object? ExecuteScalar() => null;

        public override void Prepare()
        {
        }

        protected override DbParameter CreateDbParameter() => throw new NotSupportedException();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();
    }
}
