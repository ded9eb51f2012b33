using System.Text.RegularExpressions;

namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>
/// The page for those who come from <c>dotnet ef</c>: its commands are taken out of it, and run on a new web application.
/// </summary>
[TestClass]
public sealed partial class PageTests
{
    private const string Context = """
        using Microsoft.EntityFrameworkCore;

        public class Post
        {
            public int Id { get; set; }
            public required string Title { get; set; }
        }

        public class BlogContext(DbContextOptions<BlogContext> options) : DbContext(options)
        {
            public DbSet<Post> Posts => Set<Post>();
        }
        """;

    [TestMethod]
    public void The_first_afternoon_runs_in_a_new_application()
    {
        using var project = NewApplication();
        Run(project, "## The first afternoon, with a new database");
        // "Then change an entity, and repeat the last three commands."
        project.Replace(
            "Blog.cs", "public required string Title", "public string? Subtitle { get; set; }\n    public required string Title");
        foreach (var command in Commands("## The first afternoon, with a new database").TakeLast(3))
            Run(project, command);
        Assert.Contains("op.AddColumn(\"Posts\", new Column(\"Subtitle\"", project.Revision());
    }

    [TestMethod]
    public void A_database_that_dotnet_ef_made_goes_on()
    {
        using var project = NewApplication();
        project.Dotnet("tool", "install", "dotnet-ef", "--tool-path", "tools", "--version", "10.0.15");
        project.Write("Program.cs", File.ReadAllText(project.Path("Program.cs"))
            .Replace("var app =",
                "builder.Services.AddDbContext<BlogContext>(o => o.UseSqlite(\"Data Source=app.db\"));\nvar app =",
                StringComparison.Ordinal)
            .Insert(0, "using Microsoft.EntityFrameworkCore;\n"));
        project.Start(project.Path("tools/dotnet-ef"), "migrations", "add", "First");
        project.Start(project.Path("tools/dotnet-ef"), "database", "update");
        Run(project, "## With a database that dotnet ef made");
        Assert.Contains("op.CreateTable(\"Posts\"", project.Revision());
    }

    private static EfProject NewApplication()
    {
        var project = EfProject.Bare();
        project.Dotnet("new", "webapi", "-n", "Blog", "-o", ".", "--no-restore");
        project.Replace(
            "Blog.csproj", "</PropertyGroup>", "<ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally></PropertyGroup>");
        project.Dotnet("add", "package", "Microsoft.EntityFrameworkCore.Sqlite", "-v", "10.0.15");
        project.Dotnet("add", "package", "Microsoft.EntityFrameworkCore.Design", "-v", "10.0.15");
        project.Write("Blog.cs", Context);
        return project;
    }

    private static void Run(EfProject project, string heading)
    {
        foreach (var command in heading.StartsWith('#') ? Commands(heading) : [heading])
            project.Run([.. Arguments().Matches(command).Select(match => match.Value.Trim('"')).Skip(2)]).Ok();
    }

    private static string[] Commands(string heading)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "coming-from-dotnet-ef.md")).ReplaceLineEndings("\n");
        var section = page[page.IndexOf($"{heading}\n", StringComparison.Ordinal)..];
        var block = section.Split("```")[1];
        return [.. block.Split('\n').Where(line => line.StartsWith("dotnet alembic ", StringComparison.Ordinal))];
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Arguments();
}
