namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>
/// A database that the tool migrates is the one that EF Core would create of the same model, at first and after each change of the model.
/// </summary>
[TestClass]
public sealed class ShopTests
{
    [TestMethod]
    [DataRow("sqlite", 8)]
    [DataRow("sqlite", 9)]
    [DataRow("sqlite", 10)]
    [DataRow("postgresql", 8)]
    [DataRow("postgresql", 9)]
    [DataRow("postgresql", 10)]
    public void The_database_is_the_one_that_EF_Core_would_create(string dialect, int entityFramework)
    {
        using var migrated = new EfDatabase(dialect);
        using var created = new EfDatabase(dialect);
        using var shop = EfProject.Shop(entityFramework, migrated.Url);
        Migrate(shop, "first");
        // The options come last: one of them would be taken for the value of --script.
        created.Execute(shop.RunApplication("--Dialect", dialect, "--Database", created.ConnectionString, "--script"));
        Assert.AreEqual(created.Dump(), migrated.Dump());
        // Our own eyes see no difference either.
        shop.Replace("alembic.ini", migrated.Url, created.Url);
        shop.Run("stamp", "head").Ok();
        Assert.AreEqual("No new upgrade operations detected.\n", shop.Run("check").Ok().Out);
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    public void A_replay_needs_no_database_that_has_the_revisions(string dialect)
    {
        using var database = new EfDatabase(dialect);
        using var empty = new EfDatabase(dialect);
        using var shop = EfProject.Shop(10, database.Url);
        Migrate(shop, "first");
        shop.Replace("alembic.ini", database.Url, empty.Url);
        var before = empty.Dump();
        foreach (var model in new[] { "Shop.csproj", "bin/Debug/net10.0/Shop.dll" })
        {
            shop.Replace("alembic.ini", "model = ef:%(here)s/Shop.csproj", $"model = ef:%(here)s/{model}");
            Assert.AreEqual("No new upgrade operations detected.\n", shop.Run("check", "--replay").Ok().Out);
            shop.Replace("alembic.ini", $"model = ef:%(here)s/{model}", "model = ef:%(here)s/Shop.csproj");
        }
        shop.Replace("Product.cs", "public double Weight", "public double Mass");
        shop.Fails(2, ["check", "--replay"], "New upgrade operations detected", "Mass");
        Assert.AreEqual(before, empty.Dump());
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    public void Each_change_of_the_model_is_migrated_and_taken_back(string dialect)
    {
        using var database = new EfDatabase(dialect);
        using var shop = EfProject.Shop(10, database.Url);
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
            var before = database.Dump();
            shop.Replace(file, from, to);
            shop.Fails(2, ["check", .. options], "New upgrade operations detected");
            Migrate(shop, from, options);
            var after = database.Dump();
            Assert.AreNotEqual(before, after);
            shop.Run("downgrade", "-1").Ok();
            Assert.AreEqual(before, database.Dump());
            shop.Run("upgrade", "head").Ok();
            Assert.AreEqual(after, database.Dump());
        }
    }

    [TestMethod]
    public void An_unchanged_model_costs_no_process_and_a_stale_assembly_is_told()
    {
        using var shop = EfProject.Shop(10, "sqlite:///%(here)s/app.db");
        Migrate(shop, "first");
        var again = shop.Run("check", "--timings").Ok();
        Assert.DoesNotContain("Building", again.Error);
        Assert.DoesNotContain("build project", again.Error);
        File.SetLastWriteTimeUtc(shop.Path("Order.cs"), DateTime.UtcNow.AddMinutes(1));
        shop.Fails(1, ["check", "--no-build"], "Shop.dll is older than", "Order.cs");
        Assert.Contains("s  build project\n", shop.Run("check", "--timings").Ok().Error);
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
}
