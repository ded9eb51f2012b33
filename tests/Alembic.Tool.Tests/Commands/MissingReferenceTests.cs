using Alembic.Compiler;

namespace Alembic.Tool.Tests.Commands;

/// <summary>Where migrations run, the build of the application may not be there: only what compares needs its model.</summary>
[TestClass]
public sealed class MissingReferenceTests
{
    [TestMethod]
    [DataRow("using Shop;", "Models.MetaData", "", "")]
    [DataRow("using M = Shop.Models;", "M.MetaData", "", "")]
    [DataRow("", "Shop.Models.MetaData", "", "")]
    [DataRow("", "Own.MetaData", "\nsources = %(here)s/Own.cs", "")]
    [DataRow("", "Made()", "", "private static MetaData Made() => Shop.Models.MetaData;")]
    [DataRow("", "Made", "", "private static readonly MetaData Made = new([.. Shop.Models.MetaData.Tables]);")]
    [DataRow("", "Twice(new())", "",
        "private static MetaData Twice(Shop.Other other) => Once(other); private static MetaData Once(Shop.Other other) => other.All;")]
    [DataRow("", "Bridge.Of(typeof(Shop.Other))", "",
        "private static class Bridge { public static MetaData Of(Type type) => Shop.Models.MetaData; }")]
    public void What_does_not_compare_works_without_the_model(string imports, string model, string sources, string helpers)
    {
        using var project = WithReference(sources);
        project.Write("Own.cs",
            "using Shop; public static class Own { public static Alembic.Schema.MetaData MetaData => Models.MetaData; }");
        project.Write("alembic/env.cs", $$"""
            using Alembic;
            using Alembic.Schema;
            {{imports}}

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata => {{model}};

                public override void Configure(EnvironmentOptions options)
                {
                    if (XArguments.ContainsKey("fail"))
                        throw new InvalidOperationException("here");
                }

                {{helpers}}
            }
            """);
        project.Run("revision", "--autogenerate", "-m", "one").Ok();
        File.Delete(project.Path("Shop.dll"));

        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("000000000001 (head)\n", project.Run("current").Ok().Out);
        Assert.Contains("CREATE TABLE shop", project.Run("upgrade", "head", "--sql").Ok().Out);
        project.Run("downgrade", "-1").Ok();
        project.Run("upgrade", "head").Ok();
        // What is left out moves no line.
        Assert.Contains("env.cs:line 12", project.Run("--raiseerr", "-x", "fail=1", "current").Error);
        project.Run("check").Fails(1, "the reference <DIR>/Shop.dll does not exist", "build the project that produces it");
        project.Run("revision", "--autogenerate", "-m", "two")
            .Fails(1, "the reference <DIR>/Shop.dll does not exist", "build the project that produces it");
    }

    [TestMethod]
    public void A_migration_that_needs_it_names_it()
    {
        using var project = WithReference("");
        project.Revision("aaa100000001", "one", null, "op.Execute(Shop.Models.Sql);");
        project.Run("upgrade", "head").Ok();
        project.Run("downgrade", "base").Ok();
        File.Delete(project.Path("Shop.dll"));
        var result = project.Run("upgrade", "head")
            .Fails(1, "1 error in <DIR>/alembic/versions/aaa100000001_one.cs, and the reference <DIR>/Shop.dll does not exist",
                "build the project that produces it");
        Assert.Contains("error CS0103", result.Error);
    }

    private static Project WithReference(string keys)
    {
        var project = new Project();
        var platform = Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll");
        var compiled = new SourceCompiler().Compile(new CompileRequest(
            "Shop",
            [new SourceFile("/Shop.cs", """
                using Alembic.Schema;
                namespace Shop;
                public static class Models
                {
                    public const string Sql = "SELECT 1";
                    public static MetaData MetaData => new([new Table("shop", [new Column("id", SqlType.Integer, primaryKey: true)])]);
                }

                public sealed class Other
                {
                    public MetaData All => Models.MetaData;
                }
                """)],
            [.. platform, typeof(AlembicException).Assembly.Location]));
        Assert.IsEmpty(compiled.Errors, string.Join('\n', compiled.Errors));
        File.WriteAllBytes(project.Path("Shop.dll"), compiled.Assembly);
        var ini = File.ReadAllText(project.Path("alembic.ini"));
        project.Write("alembic.ini",
            ini.Replace("[alembic]", $"[alembic]\nreferences = %(here)s/Shop.dll{keys}", StringComparison.Ordinal));
        return project;
    }
}
