using Alembic.MySql;
using Alembic.PostgreSql;
using Npgsql;

namespace Alembic.Tool.Tests.Connections;

/// <summary>Errors that pass by themselves, after which the same work is tried again: on servers and clusters that are not here too.</summary>
[TestClass]
public sealed class PassingErrorTests
{
    [TestMethod]
    [DataRow(1205, "", true, DisplayName = "a lock that was not free in time")]
    [DataRow(1213, "", true, DisplayName = "a deadlock; Galera: a conflict between nodes")]
    [DataRow(1047, "", true, DisplayName = "Galera: a node that is cut off")]
    [DataRow(3101, "", true, DisplayName = "group replication: a conflict between nodes")]
    [DataRow(1180, "Got error 149 'Lock deadlock; Retry transaction' during COMMIT", true, DisplayName = "a deadlock at the commit")]
    [DataRow(1180, "Got error 28 'No space left on device' during COMMIT", false, DisplayName = "another error at the commit")]
    [DataRow(8028, "", true, DisplayName = "TiDB: the schema was changed meanwhile")]
    [DataRow(9007, "", true, DisplayName = "TiDB: two writes conflict")]
    [DataRow(1142, "", false, DisplayName = "no permission")]
    public void On_MySQL(int error, string message, bool isPassing) =>
        Assert.AreEqual(isPassing, MySqlDatabase.IsPassing(error, message));

    [TestMethod]
    [DataRow("55P03", true, DisplayName = "a lock that was not free in time")]
    [DataRow("40P01", true, DisplayName = "a deadlock")]
    [DataRow("40001", true, DisplayName = "CockroachDB, YugabyteDB: two transactions conflict")]
    [DataRow("42501", false, DisplayName = "no permission")]
    public void On_PostgreSQL(string state, bool isPassing) => Assert.AreEqual(isPassing,
        new PostgreSqlDatabase("Host=db;Database=shop").IsBusy(new PostgresException("", "ERROR", "ERROR", state)));
}
