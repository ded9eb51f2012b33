namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class FolderAboveTests
{
    [TestMethod]
    public void In_a_folder_of_the_repository_its_ini_file_is_used()
    {
        using var project = new Project();
        Directory.CreateDirectory(project.Path(".git"));
        // Relative paths start where they would without the folder.
        var ini = File.ReadAllText(project.Path("alembic.ini"));
        project.Write("alembic.ini", ini.Replace("sqlite:///%(here)s/test.db", "sqlite:///test.db", StringComparison.Ordinal));
        project.Revision("aaa100000001", "one");
        Directory.CreateDirectory(project.Path("src/app"));
        project.WorkingDirectory = project.Path("src/app");

        Assert.AreEqual("using <DIR>/alembic.ini", project.Run("upgrade", "head").Ok().Error.Split('\n')[0]);
        CollectionAssert.AreEqual(new[] { "aaa100000001" }, project.Rows("SELECT version_num FROM alembic_version").ToArray());
        Assert.AreEqual(new Result(0, "aaa100000001 (head)\n", ""), project.Run("-q", "current"));
        Assert.IsEmpty(Directory.GetFileSystemEntries(project.WorkingDirectory));
    }

    [TestMethod]
    public void Outside_of_a_repository_it_is_only_told()
    {
        using var project = new Project();
        Directory.CreateDirectory(project.Path("src"));
        project.WorkingDirectory = project.Path("src");
        project.Run("history").Fails(64, "No 'script_location' key found",
            "there is no <DIR>/src/alembic.ini, but there is <DIR>/alembic.ini: dotnet alembic -c <DIR>/alembic.ini");
    }

    [TestMethod]
    public void A_file_above_the_repository_is_none_of_ours()
    {
        using var project = new Project();
        Directory.CreateDirectory(project.Path("mine/.git"));
        project.WorkingDirectory = project.Path("mine");
        project.Run("history").Fails(64, "No 'script_location' key found");
    }

    [TestMethod]
    public void A_file_that_was_named_is_that_file()
    {
        using var project = new Project();
        Directory.CreateDirectory(project.Path(".git"));
        Directory.CreateDirectory(project.Path("src"));
        project.WorkingDirectory = project.Path("src");
        project.Run("-c", "./alembic.ini", "history").Fails(64, "No 'script_location' key found");
    }

    [TestMethod]
    [DataRow("histori_table = true",
        "warning: <DIR>/alembic.ini, section [alembic]: 'histori_table' is not a setting; did you mean 'history_table'?\n")]
    [DataRow("version_location = x",
        "warning: <DIR>/alembic.ini, section [alembic]: 'version_location' is not a setting; did you mean 'version_locations'?\n")]
    [DataRow("databases = a, b", "")]
    [DataRow("version_table = x", "")]
    [DataRow("sqlalchemy.echo = true", "")]
    public void A_misspelt_setting_is_told(string line, string warning)
    {
        using var project = new Project();
        project.Write("alembic.ini",
            File.ReadAllText(project.Path("alembic.ini")).Replace("[alembic]\n", $"[alembic]\n{line}\n", StringComparison.Ordinal));
        Assert.AreEqual(new Result(0, "", warning), project.Run("history"));
    }
}
