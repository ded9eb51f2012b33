using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>Rows of <c>HasData</c> stay where their table or its key is called otherwise, and still go with the model's.</summary>
[TestClass]
public sealed class SeedTests
{
    private const string Code =
        """
        using Microsoft.EntityFrameworkCore;
        public class Mood { public string Area { get; set; } = ""; public string Code { get; set; } = ""; public int Rank { get; set; } }
        public class Shop(DbContextOptions<Shop> options) : DbContext(options)
        {
            protected override void OnModelCreating(ModelBuilder model) => model.Entity<Mood>(mood =>
            {
                mood.ToTable("moods");
                mood.HasKey(m => new { m.Area, m.Code });
                mood.Property(m => m.Code).HasColumnName("code");
                mood.HasData(
                    new Mood { Area = "x", Code = "a", Rank = 1 },
                    new Mood { Area = "x", Code = "b", Rank = 2 });
            });
        }
        """;

    [TestMethod]
    public void They_stay_where_a_name_changes_and_go_with_the_models()
    {
        using var project = EfProject.Of("Microsoft.NET.Sdk", "", ("Shop.cs", Code));
        Migrate(project, "first");
        foreach (var (from, to, options) in new (string, string, string[])[]
        {
            ("ToTable(\"moods\")", "ToTable(\"tempers\")", ["--rename-table", "moods:tempers"]),
            ("HasColumnName(\"code\")", "HasColumnName(\"sign\")", ["--rename", "tempers.code:sign"]),
            ("m.Area, m.Code", "m.Code, m.Area", []),
        })
        {
            project.Replace("Shop.cs", from, to);
            Assert.DoesNotContain("row", Migrate(project, from, options));
        }
        project.Replace("Shop.cs", "new Mood { Area = \"x\", Code = \"a\", Rank = 1 },", "");
        Assert.Contains("Detected 1 removed row of 'tempers'", Migrate(project, "fewer"));
        // Who puts one in again owns it.
        using var connection = new SqliteConnection($"Data Source={project.Path("app.db")};Pooling=False");
        connection.Open();
        Assert.IsEmpty(connection.Rows("INSERT INTO tempers (Area, sign, Rank) VALUES ('x', 'a', 9)"));
        Assert.AreEqual("No new upgrade operations detected.\n", project.Run("check").Ok().Out);
        Assert.IsEmpty(connection.Rows("DELETE FROM tempers WHERE Rank = 9"));
        connection.Close();
        project.Run("downgrade", "base").Ok();
    }

    private static string Migrate(EfProject project, string message, params string[] options)
    {
        var written = project.Run(["revision", "--autogenerate", "-m", message, .. options]).Ok().Error;
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("No new upgrade operations detected.\n", project.Run("check").Ok().Out);
        return string.Join('\n', written.Split('\n').Where(line => line.Contains("Detected", StringComparison.Ordinal)));
    }
}
