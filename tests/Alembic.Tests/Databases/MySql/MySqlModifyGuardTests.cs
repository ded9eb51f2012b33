using Alembic.Operations;
using Alembic.Schema;
using MySqlConnector;

namespace Alembic.Tests.Databases.MySql;

/// <summary>A script for MySQL and MariaDB takes nothing from a column that the migration does not mention.</summary>
[TestClass]
public sealed class MySqlModifyGuardTests
{
    [TestMethod]
    [DataRow("int GENERATED ALWAYS AS (a + 1) STORED", "its expression")]
    [DataRow("int GENERATED ALWAYS AS (a + 1) VIRTUAL", "its expression")]
    [DataRow("int NOT NULL", "NOT NULL")]
    [DataRow("int DEFAULT 5", "its DEFAULT")]
    [DataRow("int DEFAULT (1 + 1)", "its DEFAULT")]
    [DataRow("timestamp NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()", "its DEFAULT, ON UPDATE")]
    [DataRow("timestamp NULL ON UPDATE current_timestamp()", "ON UPDATE")]
    [DataRow("int AUTO_INCREMENT, UNIQUE (c)", "NOT NULL, AUTO_INCREMENT")]
    [DataRow("int COMMENT 'it''s'", "its comment")]
    [DataRow("varchar(9) COLLATE latin1_bin", "its collation")]
    [DataRow("int INVISIBLE", "INVISIBLE")]
    [DataRow("int CHECK (c > 0)", "its CHECK")]
    [DataRow("text COMPRESSED", "COMPRESSED")]
    public void What_is_not_mentioned_stops_the_script(string definition, string lost)
    {
        using var database = new MariaDbDatabase();
        database.Op.Execute($"CREATE TABLE t (a int, c {definition})");
        database.Op.Execute("INSERT IGNORE INTO t (a) VALUES (1)");
        var before = database.Definition("t");
        var type = definition.Split(' ')[0];
        foreach (var asMySql in new[] { false, true })
        {
            var refused = Assert.ThrowsExactly<MySqlException>(
                () => Run(database, asMySql,
                    new AlterColumn("t", "c")
                    {
                        NewName = "d", ExistingType = SqlType.Raw(type == "varchar(9)" ? type : type.ToUpperInvariant())
                    }));
            Assert.AreEqual($"The script would remove from t.c: {lost}", refused.Message);
            Assert.AreEqual(before, database.Definition("t"));
        }
    }

    [TestMethod]
    [DataRow("int")]
    [DataRow("int GENERATED ALWAYS AS (a + 1) STORED")]
    [DataRow("int GENERATED ALWAYS AS (a + 1) VIRTUAL")]
    [DataRow("int NOT NULL DEFAULT 5")]
    [DataRow("varchar(9) NOT NULL DEFAULT 'NULL'")]
    [DataRow("timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()")]
    [DataRow("int AUTO_INCREMENT PRIMARY KEY")]
    [DataRow("varchar(9) CHARACTER SET latin1 COLLATE latin1_bin")]
    [DataRow("json")]
    public void What_autogenerate_writes_passes_and_keeps_the_column(string definition)
    {
        using var database = new MariaDbDatabase();
        database.Op.Execute($"CREATE TABLE t (a int, c {definition})");
        var model = database.Inspect();
        var commented = new MetaData(
            [.. model.Tables
                .Select(t => t with { Items = [.. t.Items.Select(i => i is Column { Name: "c" } c ? c with { Comment = "it's" } : i)] })]);
        var before = database.Definition("t");
        var comparison = database.Compare(commented);
        Run(database, false, [.. comparison.UpgradeOperations.Cast<AlterColumn>()]);
        MariaDbDatabase.Nothing(database.Compare(commented));
        Run(database, false, [.. comparison.DowngradeOperations.Cast<AlterColumn>()]);
        Assert.AreEqual(before, database.Definition("t"));
    }

    private static void Run(MariaDbDatabase database, bool asMySql, params AlterColumn[] alters)
    {
        var script = Scripts.Of(new Alembic.Databases.MySql.MySqlDialect(!asMySql), op => Array.ForEach(alters, op.Invoke));
        using var connection = new MySqlConnection(database.ConnectionString + ";Allow User Variables=true");
        connection.Open();
        using var command = new MySqlCommand(script, connection);
        command.ExecuteNonQuery();
    }
}
