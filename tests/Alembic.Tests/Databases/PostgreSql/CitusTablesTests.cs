using Alembic.Databases.PostgreSql;
using Alembic.Operations;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>Distributed tables. Where Citus is not there, a view of its name stands for it.</summary>
[TestClass]
public sealed class CitusTablesTests
{
    [TestMethod]
    public void A_baseline_distributes_tables_again()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE TABLE \"Order\" (id int, tenant_id int); CREATE TABLE country (id int); CREATE TABLE plain (id int)");
        Assert.IsEmpty(Read(database));
        database.Op.Execute("""
            CREATE VIEW citus_tables AS SELECT * FROM (VALUES ('"Order"'::regclass, 'distributed', 'tenant_id'),
              ('country'::regclass, 'reference', '<none>'), ('plain'::regclass, 'local', '<none>'))
              t (table_name, citus_table_type, distribution_column)
            """);
        var found = Read(database);
        Assert.AreEqual("Order country", string.Join(' ', found.Select(t => t.Name)));
        Assert.AreEqual(
            "SELECT create_distributed_table('\"Order\"', 'tenant_id')\nSELECT create_reference_table('country')",
            string.Join('\n', found.SelectMany(t => t.Instead).OfType<Execute>().Select(e => e.Text)));
        Assert.AreEqual("SELECT undistribute_table('country')", ((Execute)((Execute)found[1].Instead[0]).Undo!).Text);
    }

    private static List<UnmappedObject> Read(PostgreSqlDatabase database) => [.. CitusTables.Read(database.Session, allSchemas: false)];
}
