namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>
/// Migrations that <c>dotnet ef</c> has written become revisions, and databases that it has migrated go on from where they are.
/// </summary>
[TestClass]
public sealed class ImportTests
{
    private static EfHistoryProject? _created;

    private static EfHistoryProject History => _created!;

    [ClassInitialize]
    public static void WriteHistory(TestContext context) => _created = new EfHistoryProject();

    [ClassCleanup]
    public static void DeleteHistory() => _created?.Dispose();

    [TestMethod]
    [DataRow("ShopOnSqlite", "sqlite")]
    [DataRow("ShopOnPostgreSql", "postgresql")]
    [DataRow("Archive", "postgresql")]
    public void The_revisions_make_the_database_that_EF_Core_makes(string context, string dialect)
    {
        using var ours = new EfDatabase(dialect);
        using var theirs = new EfDatabase(dialect);
        using var project = Begin(context, ours);
        var empty = ours.Dump();
        Assert.Contains("dotnet alembic stamp --from-ef", project.Run("import", "ef").Ok().Out);
        Assert.HasCount(12, Revisions(project));
        Assert.AreEqual("All migrations of EF Core are revisions already.\n", project.Run("import", "ef").Ok().Out);
        project.Run("upgrade", "head").Ok();
        IsClean(project);
        History.Update(context, theirs);
        // Where SQLite's provider makes a table anew, it sorts the columns by their names.
        Assert.AreEqual(theirs.Dump(inOrder: !theirs.IsSqlite), ours.Dump(inOrder: !theirs.IsSqlite));

        Use(project, theirs);
        Assert.Contains("_Step12\n", project.Run("stamp", "--from-ef").Ok().Out);
        IsClean(project);

        Use(project, ours);
        if (context == "Archive")
        {
            project.Fails(1, ["downgrade", "base"], "_Step8: NotSupportedException: EF Core's migration can't be undone");
            return;
        }
        project.Run("downgrade", "base").Ok();
        Assert.AreEqual(empty, ours.Dump());
    }

    [TestMethod]
    [DataRow("ShopOnSqlite", "sqlite")]
    [DataRow("ShopOnPostgreSql", "postgresql")]
    public void A_database_that_EF_Core_has_left_behind_goes_on_with_the_revisions(string context, string dialect)
    {
        using var ours = new EfDatabase(dialect);
        using var theirs = new EfDatabase(dialect);
        using var project = Begin(context, ours);
        project.Run("import", "ef").Ok();
        History.Update(context, ours, "Step7");
        Assert.Contains("_Step7\n", project.Run("stamp", "--from-ef").Ok().Out);
        project.Run("upgrade", "head").Ok();
        IsClean(project);
        History.Update(context, theirs);
        Assert.AreEqual(theirs.Dump(inOrder: !theirs.IsSqlite), ours.Dump(inOrder: !theirs.IsSqlite));
    }

    [TestMethod]
    [DataRow("ShopOnSqlite", "sqlite")]
    [DataRow("Archive", "postgresql")]
    public void A_baseline_stands_for_all_of_them(string context, string dialect)
    {
        using var ours = new EfDatabase(dialect);
        using var theirs = new EfDatabase(dialect);
        using var project = Begin(context, ours);
        var imported = project.Run("import", "ef", "--baseline").Ok();
        Assert.Contains(context == "Archive" ? "_Step12 runs its own SQL" : "_Step4 runs its own SQL", imported.Error);
        Assert.HasCount(1, Revisions(project));
        project.Run("upgrade", "head").Ok();
        IsClean(project);

        Use(project, theirs);
        History.Update(context, theirs, "Step11");
        project.Fails(1, ["stamp", "--from-ef"], "__EFMigrationsHistory has migrations of EF Core that are not revisions",
            "dotnet ef database update");
        History.Update(context, theirs);
        // The row of that SQL.
        if (context != "Archive")
            theirs.Execute("DELETE FROM \"Goods\"");
        project.Run("stamp", "--from-ef").Ok();
        IsClean(project);
        // A sequence keeps the name of the table that it was created for.
        var dump = theirs.Dump(inOrder: false).Replace("papers_Id_seq", "sheets_Id_seq", StringComparison.Ordinal);
        Assert.AreEqual(dump, ours.Dump(inOrder: false));
    }

    [TestMethod]
    public void A_database_that_does_not_fit_is_not_stamped()
    {
        using var database = new EfDatabase("sqlite");
        using var project = Begin("ShopOnSqlite", database);
        project.Run("import", "ef").Ok();
        project.Fails(1, ["stamp", "--from-ef"], "has no table __EFMigrationsHistory", "--from-ef=schema.table");
        project.Fails(64, ["stamp"], "the following arguments are required: revisions");
        project.Fails(64, ["stamp", "--from-ef", "--sql"], "--from-ef reads the database");
        History.Update("ShopOnSqlite", database, "Step4");
        database.Execute("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '%_Step2'");
        project.Fails(1, ["stamp", "--from-ef"], "_Step4, but not what comes before it: ", "_Step2\n");
        database.Execute(
            "UPDATE \"__EFMigrationsHistory\" SET \"MigrationId\" = '29990101000000_Other' WHERE \"MigrationId\" LIKE '%_Step3'");
        project.Fails(1, ["stamp", "--from-ef"], "are not revisions: 29990101000000_Other", "dotnet alembic import ef");
        Assert.AreEqual("", project.Run("current").Ok().Out);
    }

    private static EfProject Begin(string context, EfDatabase database) =>
        EfProject.Empty("init", "--project", History.Project, "--context", context, "--url", database.Url);

    private static string[] Revisions(EfProject project) => Directory.GetFiles(project.Path("alembic/versions"), "*.cs");

    private static void IsClean(EfProject project) =>
        Assert.AreEqual("No new upgrade operations detected.\n", project.Run("check").Ok().Out);

    private static void Use(EfProject project, EfDatabase database)
    {
        var ini = File.ReadAllLines(project.Path("alembic.ini"));
        project.Write("alembic.ini", string.Join('\n', ini.Select(line =>
            line.StartsWith("sqlalchemy.url", StringComparison.Ordinal) ? $"sqlalchemy.url = {database.Url}" : line)));
    }
}
