using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>
/// A database that the tool migrates is the one that EF Core would create of the same model, at first and after each change of the model.
/// </summary>
[TestClass]
public sealed class ShopTests
{
    [TestMethod]
    [DataRow(8)]
    [DataRow(9)]
    [DataRow(10)]
    public void The_database_is_the_one_that_EF_Core_would_create(int entityFramework)
    {
        using var shop = EfProject.Shop(entityFramework, "sqlite:///%(here)s/app.db");
        Migrate(shop, "first");
        Assert.AreEqual(Created(shop), Dump(shop));
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(10)]
    public void On_PostgreSQL_it_is_too(int entityFramework)
    {
        var (migrated, created) = (PostgreSqlServer.NewDatabase(), PostgreSqlServer.NewDatabase());
        try
        {
            using var shop = EfProject.Shop(entityFramework, migrated);
            Migrate(shop, "first");
            // The options come last: one of them would be taken for the value of --script.
            Columns(created, shop.RunApplication("--Dialect", "postgresql", "--Database", "Host=localhost", "--script"));
            CollectionAssert.AreEqual(Columns(created), Columns(migrated));
            // Our own eyes see no difference either.
            shop.Replace("alembic.ini", migrated, created);
            shop.Run("stamp", "head").Ok();
            Assert.AreEqual("No new upgrade operations detected.\n", shop.Run("check").Ok().Out);
        }
        finally
        {
            PostgreSqlServer.Drop(migrated);
            PostgreSqlServer.Drop(created);
        }
    }

    [TestMethod]
    public void Each_change_of_the_model_is_migrated_and_taken_back()
    {
        using var shop = EfProject.Shop(10, "sqlite:///%(here)s/app.db");
        Migrate(shop, "first");
        (string File, string From, string To, string[] Options)[] changes =
        [
            ("Product.cs", "public double Weight", "public double Mass", ["--rename", "Products.Weight:Mass"]),
            ("Order.cs", "status.Property(s => s.Name)",
                "status.Property<int>(\"Rank\").HasDefaultValue(5);\n        status.Property(s => s.Name)", []),
            ("Order.cs", "public int Quantity", "public string Quantity", []),
            ("Customer.cs", "public CustomerNotes? Notes { get; set; }",
                "public CustomerNotes? Notes { get; set; }\n\n    public Product? Favourite { get; set; }", []),
            ("Order.cs", "Id = 3, Name = \"shipped\"", "Id = 4, Name = \"sent\"", []),
        ];
        foreach (var (file, from, to, options) in changes)
        {
            var before = Dump(shop);
            shop.Replace(file, from, to);
            shop.Fails(2, ["check", .. options], "New upgrade operations detected");
            Migrate(shop, from, options);
            var after = Dump(shop);
            Assert.AreNotEqual(before, after);
            shop.Run("downgrade", "-1").Ok();
            Assert.AreEqual(before, Dump(shop));
            shop.Run("upgrade", "head").Ok();
            Assert.AreEqual(after, Dump(shop));
        }
    }

    [TestMethod]
    public void An_unchanged_model_costs_no_process_and_a_stale_assembly_is_told()
    {
        using var shop = EfProject.Shop(10, "sqlite:///%(here)s/app.db");
        Migrate(shop, "first");
        var again = shop.Run("check").Ok();
        Assert.DoesNotContain("Building", again.Error);
        File.SetLastWriteTimeUtc(shop.Path("Order.cs"), DateTime.UtcNow.AddMinutes(1));
        shop.Fails(1, ["check", "--no-build"], "Shop.dll is older than", "Order.cs");
        // What only moves along the graph does not look at the model.
        File.Delete(shop.Path("Program.cs"));
        shop.Run("downgrade", "base").Ok();
        shop.Run("upgrade", "head", "--sql").Ok();
        shop.Run("upgrade", "head").Ok();
    }

    private static void Migrate(EfProject shop, string message, params string[] options)
    {
        shop.Run(["revision", "--autogenerate", "-m", message, .. options]).Ok();
        shop.Run("upgrade", "head").Ok();
        Assert.AreEqual("No new upgrade operations detected.\n", shop.Run("check").Ok().Out);
    }

    private static List<string> Columns(string url, string script = "")
    {
        using var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(url));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = script + """
            SELECT concat_ws(' ', table_schema, table_name, ordinal_position, column_name, udt_name, is_nullable, column_default,
                identity_generation, generation_expression)
            FROM information_schema.columns WHERE table_schema IN ('public', 'audit') AND table_name NOT LIKE 'alembic%'
            ORDER BY table_schema, table_name, ordinal_position
            """;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(0), null)!);
        return rows;
    }

    private static string Created(EfProject shop)
    {
        using var connection = new SqliteConnection($"Data Source={shop.Path("created.db")};Pooling=False");
        connection.Open();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = shop.RunApplication("--script");
            command.ExecuteNonQuery();
        }
        return Dump(connection);
    }

    private static string Dump(EfProject shop)
    {
        using var connection = new SqliteConnection($"Data Source={shop.Path("app.db")};Pooling=False");
        connection.Open();
        return Dump(connection);
    }

    // The texts of CREATE TABLE differ in where a constraint is written; what they say does not.
    private static string Dump(SqliteConnection connection)
    {
        var lines = new List<string>();
        foreach (var table in Rows(connection,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'alembic_%' ORDER BY name"))
        {
            lines.Add(table);
            lines.AddRange(Rows(connection, $"SELECT * FROM pragma_table_xinfo('{table}') ORDER BY cid"));
            lines.AddRange(Rows(connection,
                $"SELECT \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list('{table}') ORDER BY 1, 2"));
            lines.AddRange(
                Rows(connection,
                    $"SELECT l.name, l.\"unique\", l.partial, i.seqno, i.name, i.desc "
                    + $"FROM pragma_index_list('{table}') l, pragma_index_xinfo(l.name) i WHERE i.key ORDER BY l.name, i.seqno"));
            lines.AddRange(
                Rows(connection, $"SELECT 'autoincrement' FROM sqlite_schema WHERE name = '{table}' AND sql LIKE '%AUTOINCREMENT%'"));
            lines.AddRange(Rows(connection, $"SELECT * FROM \"{table}\" ORDER BY 1"));
        }
        return string.Join('\n', lines);
    }

    private static List<string> Rows(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), null))));
        return rows;
    }
}
