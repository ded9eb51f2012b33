namespace Journeys;

/// <summary>
/// An application after <c>init</c>: it builds as before, and the project for the editor shows what is wrong with a migration.
/// </summary>
[TestClass]
public sealed class EditorTests
{
    [TestMethod]
    public void A_typo_in_a_migration_is_an_error_of_its_project_and_none_of_the_application()
    {
        var project = new Project();
        // What the library needs comes from where it always does.
        project.Write(
            "nuget.config",
            "<configuration><packageSources><add key=\"nuget.org\" value=\"https://api.nuget.org/v3/index.json\" "
                + "/></packageSources></configuration>");
        // As a team may have it: all versions in one place.
        project.Write(
            "Directory.Packages.props",
            "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        project.Write(
            "Shop.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\">\n  "
                + "<PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>\n</Project>\n");
        project.Write("Customer.cs", "namespace Shop; public sealed class Customer { public const string Table = \"customer\"; }");
        project.Alembic("init", "--editor-project").Ok();
        project.Alembic("revision", "-m", "one").Ok();
        project.Body("one", "op.DropTable(Shop.Customer.Table, ifExists: true);");
        Build(project, "Shop.csproj").Ok();
        Build(project, "alembic/alembic.csproj").Ok();

        project.Edit(project.Revision("one"), "op.DropTable", "op.DropTabel");
        Build(project, "Shop.csproj").Ok();
        var failed = Build(project, "alembic/alembic.csproj");
        Assert.AreEqual(1, failed.Code);
        Assert.Contains($"{Path.GetFileName(project.Revision("one"))}(", failed.Out);
        Assert.Contains("error CS1061: 'Op' does not contain a definition for 'DropTabel'", failed.Out);
    }

    private static Result Build(Project project, string file) =>
        InstalledTool.Start("dotnet", ["build", file, "-nologo", "-v", "q"], project.Folder);
}
