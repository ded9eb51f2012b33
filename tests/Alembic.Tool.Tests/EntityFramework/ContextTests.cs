namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>How the context of an EF Core model is found and created, and what is said where it can't be.</summary>
[TestClass]
public sealed class ContextTests
{
    private const string Library = "Microsoft.NET.Sdk";
    private const string Web = "Microsoft.NET.Sdk.Web";

    private const string Usings =
        "using Microsoft.EntityFrameworkCore;\nusing Microsoft.EntityFrameworkCore.Design;\n"
        + "public class Item { public int Id { get; set; } public string Name { get; set; } = \"\"; }\n";

    private const string WithOptions =
        "public class Shop(DbContextOptions<Shop> options) : DbContext(options) { public DbSet<Item> Items => Set<Item>(); }\n";

    private const string Main =
        "var builder = WebApplication.CreateBuilder(args);\n"
        + "builder.Services.AddDbContext<Shop>(o => o.UseSqlite(\"Data Source=x\"));\nbuilder.Build().Run();\n";

    [TestMethod]
    [DataRow("", WithOptions, DisplayName = "options")]
    [DataRow(
        "", "public class Shop : DbContext { public DbSet<Item> Items => Set<Item>(); "
        + "protected override void OnConfiguring(DbContextOptionsBuilder o) => o.UseSqlite(\"Data Source=x\"); }",
        DisplayName = "OnConfiguring")]
    [DataRow(
        "", "public class Shop(DbContextOptions o, int n) : DbContext(o) { public int N => n; public DbSet<Item> Items => Set<Item>(); }\n"
        + "public class Factory : IDesignTimeDbContextFactory<Shop> { public Shop CreateDbContext(string[] args) => "
        + "new(new DbContextOptionsBuilder().UseSqlite(\"Data Source=x\").Options, 1); }",
        DisplayName = "factory")]
    [DataRow(
        "", "public class Shop : DbContext { public Shop() => throw new System.InvalidOperationException(\"no license\"); "
        + "public Shop(DbContextOptions<Shop> o) : base(o) { } public DbSet<Item> Items => Set<Item>(); }",
        DisplayName = "a constructor that throws, and one with options")]
    [DataRow("<TargetFrameworks>net9.0;net10.0</TargetFrameworks><TargetFramework></TargetFramework>", WithOptions,
        DisplayName = "several frameworks")]
    [DataRow("<UseArtifactsOutput>true</UseArtifactsOutput>", WithOptions, DisplayName = "artifacts")]
    public void A_library_is_read_without_a_startup_project(string properties, string code)
    {
        using var project = EfProject.Of(Library, properties, ("Shop.cs", Usings + code));
        Generate(project);
    }

    [TestMethod]
    public void A_file_based_application_is_read()
    {
        using var project = EfProject.Bare();
        project.Write("Shop.cs", "#:package Microsoft.EntityFrameworkCore.Sqlite\n"
            + Usings.Replace("public class", "System.Console.WriteLine(\"Main runs\");\npublic class", StringComparison.Ordinal)
            + WithOptions);
        Assert.Contains("model = ef:%(here)s/Shop.cs", project.Run("init").Ok().Out);
        Assert.DoesNotContain("Main runs", Generate(project).Error);
    }

    [TestMethod]
    public void The_host_is_asked_only_where_that_is_allowed()
    {
        using var project =
            EfProject.Of(Web, "", ("Shop.cs", Usings + WithOptions.Replace("options)", "options, string name)", StringComparison.Ordinal)
            .Replace("DbContext(options, string name)", "DbContext(options)", StringComparison.Ordinal)
            .Replace("{ public DbSet", "{ public string Name => name.Trim(); public int Length { get; } = name.Length; public DbSet",
                StringComparison.Ordinal)),
            ("Program.cs", "using Microsoft.EntityFrameworkCore;\nSystem.Console.WriteLine(\"Main runs\");\n"
                + Main.Replace("builder.Build()", "builder.Services.AddSingleton(\"shop\");\nbuilder.Build()", StringComparison.Ordinal)));
        var failed = project.Fails(1, ["revision", "--autogenerate", "-m", "first"],
            "creating Shop with options for sqlite, and null for String name: NullReferenceException", "--use-host");
        Assert.DoesNotContain("Main runs", failed.Error);
        Assert.Contains("Main runs", Generate(project, "--use-host").Error);
    }

    [TestMethod]
    public void A_constructor_that_throws_is_named_with_its_line()
    {
        using var project = EfProject.Of(Library, "", ("Shop.cs", Usings
            + "public class Shop : DbContext { public Shop() => throw new System.InvalidOperationException(\"no license\"); }"));
        project.Fails(1, ["revision", "--autogenerate", "-m", "first"],
            "creating Shop without arguments: InvalidOperationException: no license", "IDesignTimeDbContextFactory<Shop>");
    }

    [TestMethod]
    public void A_model_that_needs_what_only_the_application_has_names_the_way_out()
    {
        using var project = EfProject.Of(Library, "", ("Shop.cs", Usings
            + "public class Shop(DbContextOptions<Shop> options, string table) : DbContext(options) "
            + "{ protected override void OnModelCreating(ModelBuilder b) => b.Entity<Item>().ToTable(table.Trim()); }"));
        project.Fails(1, ["revision", "--autogenerate", "-m", "first"],
            "reading the model of Shop, created with null for String table: NullReferenceException", "--use-host");
    }

    [TestMethod]
    public void Of_two_contexts_one_has_to_be_named()
    {
        using var project =
            EfProject.Of(Library, "", ("Shop.cs", Usings + WithOptions + WithOptions.Replace("Shop", "Blog", StringComparison.Ordinal)));
        project.Fails(1, ["revision", "--autogenerate", "-m", "first"], "has several contexts: Blog, Shop", "model_context = ");
        project.Replace("alembic.ini", "model = ef:%(here)s/Shop.csproj", "model = ef:%(here)s/Shop.csproj\nmodel_context = Blog");
        Generate(project);
    }

    [TestMethod]
    public void The_schema_of_ASP_NET_Core_Identity_is_migrated()
    {
        using var project = EfProject.Of(Web, "", ("Shop.cs", Usings
            + "public class Shop(DbContextOptions<Shop> options) : "
            + "Microsoft.AspNetCore.Identity.EntityFrameworkCore.IdentityDbContext(options) { public DbSet<Item> Items => Set<Item>(); }"),
            ("Program.cs", "using Microsoft.EntityFrameworkCore;\n" + Main));
        Generate(project);
        Assert.Contains(
            "op.CreateTable(\"AspNetUserTokens\"",
            string.Concat(Directory.EnumerateFiles(project.Path("alembic/versions")).Select(File.ReadAllText)));
    }

    [TestMethod]
    [DataRow("\"Microsoft.AspNetCore.App\"", "\"Contoso.App\"", "Shop.dll runs on Contoso.App 10.0.0, and ", " has none",
        DisplayName = "a framework that nobody has")]
    [DataRow("10.0.0", "99.0.0", "Shop.dll runs on Microsoft.NETCore.App 99.0.0, and ", " has only ", DisplayName = "a version to come")]
    public void A_framework_that_is_not_installed_is_named_with_the_way_out(string from, string to, string what, string found)
    {
        using var project =
            EfProject.Of(Web, "", ("Shop.cs", Usings + WithOptions), ("Program.cs", "using Microsoft.EntityFrameworkCore;\n" + Main));
        project.Dotnet("build");
        project.Replace("bin/Debug/net10.0/Shop.runtimeconfig.json", from, to);
        var failed = project.Fails(1, ["revision", "--autogenerate", "-m", "first", "--no-build"],
            $"FAILED: The model can't be read: {what}", found, "hint: install it (https://aka.ms/dotnet-core-applaunch?framework=",
            "'model_framework'");
        // In one line, not in those of the host.
        Assert.DoesNotContain("You must install", failed.Error);
    }

    [TestMethod]
    public void A_project_that_does_not_build_says_why()
    {
        using var project = EfProject.Of(Library, "", ("Shop.cs", Usings + "public class Shop : Nothing;"));
        project.Fails(1, ["revision", "--autogenerate", "-m", "first"], "Shop.csproj does not build", "error CS0246");
    }

    // A first revision, and all that follows from it: what "dotnet ef" would be asked for.
    private static Result Generate(EfProject project, params string[] options)
    {
        var result = project.Run(["revision", "--autogenerate", "-m", "first", .. options]).Ok();
        Assert.Contains("op.CreateTable(\"Items\"", project.Revision());
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("No new upgrade operations detected.\n", project.Run(["check", .. options]).Ok().Out);
        project.Replace("Shop.cs", "public string Name { get; set; } = \"\";", "public string? Title { get; set; }");
        project.Fails(2, ["check", .. options], "New upgrade operations detected");
        project.Run(["revision", "--autogenerate", "-m", "second", "--rename", "Items.Name:Title", .. options]).Ok();
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("No new upgrade operations detected.\n", project.Run(["check", .. options]).Ok().Out);
        project.Run("downgrade", "base").Ok();
        return result;
    }
}
