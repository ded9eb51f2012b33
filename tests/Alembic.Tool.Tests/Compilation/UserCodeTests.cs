using Alembic.Revisions;
using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Compilation;

[TestClass]
public sealed class UserCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CountingCompiler _compiler = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_project_without_env_has_the_default_environment()
    {
        Assert.IsInstanceOfType<DefaultEnvironment>(Code().LoadEnvironment(_folder.At("env.cs")));
        Assert.AreEqual(0, _compiler.Compilations);
    }

    [TestMethod]
    public void The_environment_is_compiled_with_the_sources()
    {
        _folder.Write("models/url.cs", "static class Urls { public const string Test = \"sqlite://\"; }");
        var path = _folder.Write("env.cs",
            """
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override string Url => Environment.GetEnvironmentVariable("NOT_SET_ANYWHERE") ?? Urls.Test;
            }
            """);

        Assert.AreEqual("sqlite://", Code("sources = models/*.cs").LoadEnvironment(path).Url);
    }

    [TestMethod]
    [DataRow("class C;", "{0} has no class that derives from MigrationEnvironment")]
    [DataRow("class A : Alembic.MigrationEnvironment; class B : Alembic.MigrationEnvironment;",
        "{0} has several classes that derive from MigrationEnvironment: A, B")]
    [DataRow("class A(int x) : Alembic.MigrationEnvironment { int X => x; }",
        "A cannot be created: it must not be abstract and needs a constructor without parameters")]
    public void An_environment_that_cannot_be_made_is_told(string text, string expected)
    {
        var path = _folder.Write("env.cs", text);

        var exception = Assert.ThrowsExactly<AlembicException>(() => Code().LoadEnvironment(path));

        Assert.AreEqual(string.Format(null, expected, path), exception.Message);
    }

    [TestMethod]
    public void Migrations_are_found_by_their_ids_though_their_classes_share_a_name()
    {
        var helper = _folder.Write("helper.cs", "static class Shared { public const string Mark = \"!\"; }");
        Revision[] revisions = [Migration("a", "Shared.Mark"), Migration("b", "Shared.Mark")];

        var load = Code().LoadMigrations(Steps(revisions), [helper]);

        foreach (var revision in revisions)
        {
            var exception = Assert.ThrowsExactly<InvalidOperationException>(() => load(revision).Upgrade(null!));
            Assert.AreEqual(revision.Id + "!", exception.Message);
            Assert.AreEqual((revision.Path!, 6), UserFrame.First(exception, [revision.Path!]));
        }
    }

    [TestMethod]
    public void Only_the_revisions_asked_for_are_compiled()
    {
        _folder.Write("broken.cs", "[Alembic.Revision(\"x\")] class X { Missing y; }");

        Code().LoadMigrations(Steps(Migration("a")), []);

        Assert.AreEqual(1, _compiler.Compilations);
    }

    [TestMethod]
    public void A_constructor_that_throws_tells_its_line()
    {
        var path = _folder.Write("a.cs",
            "using Alembic;\n[Revision(\"a\")]\nclass C : Migration\n{\n    public C() => throw new InvalidOperationException();\n    "
                + "public override void Upgrade(Op op) { }\n    public override void Downgrade(Op op) { }\n}");
        var revision = new Revision("a", path: path);

        var exception = Assert.ThrowsExactly<InvalidOperationException>(() => Code().LoadMigrations(Steps(revision), [])(revision));

        Assert.AreEqual((path, 5), UserFrame.First(exception, [path]));
    }

    [TestMethod]
    public void A_revision_that_is_no_migration_is_told()
    {
        var revision = new Revision("a", path: _folder.Write("a.cs", "[Alembic.Revision(\"a\")] class C;"));

        var exception = Assert.ThrowsExactly<AlembicException>(() => Code().LoadMigrations(Steps(revision), [])(revision));

        Assert.AreEqual($"{revision.Path}: the class with [Revision(\"a\")] does not derive from Migration", exception.Message);
    }

    [TestMethod]
    public void Revisions_see_the_types_of_the_sources_and_share_them_with_the_environment()
    {
        _folder.Write("models/shared.cs", "static class Shared { public static string Mark = \"unset\"; }");
        var path = _folder.Write("env.cs",
            """
            sealed class Env : Alembic.MigrationEnvironment
            {
                public override void Configure(Alembic.EnvironmentOptions options) => Shared.Mark = "set by env.cs";
            }
            """);
        var revision = Migration("a", "Shared.Mark");
        foreach (var compilations in new[] { 3, 0 })
        {
            var before = _compiler.Compilations;
            var code = Code("sources = models/*.cs");
            code.LoadEnvironment(path).Configure(new EnvironmentOptions());
            var exception = Assert.ThrowsExactly<InvalidOperationException>(
                () => code.LoadMigrations(Steps(revision), [])(revision).Upgrade(null!));
            Assert.AreEqual("aset by env.cs", exception.Message);
            // The environment, the revision without the sources and with them; the second time nothing.
            Assert.AreEqual(compilations, _compiler.Compilations - before);
        }
    }

    [TestMethod]
    public void Revisions_see_the_types_of_the_sources_without_an_environment_and_anew_when_they_change()
    {
        var revision = Migration("a", "Shared.Mark");
        foreach (var mark in new[] { "one", "two" })
        {
            _folder.Write("models/shared.cs", $"static class Shared {{ public const string Mark = \"{mark}\"; }}");
            var code = Code("sources = models/*.cs");
            code.Prepare(_folder.At("env.cs"), usesModel: false);
            Assert.AreEqual("a" + mark,
                Assert.ThrowsExactly<InvalidOperationException>(
                    () => code.LoadMigrations(Steps(revision), [])(revision).Upgrade(null!)).Message);
        }
    }

    [TestMethod]
    public void Revisions_that_compile_without_the_sources_do_not_use_them()
    {
        _folder.Write("models/shared.cs", "public static class Shared { public const string Mark = \"theirs\"; }");
        var path = _folder.Write("env.cs", "public sealed class Env : Alembic.MigrationEnvironment;");
        var helper = _folder.Write("helper.cs", "static class Shared { public const string Mark = \"ours\"; }");
        var revision = Migration("a", "Shared.Mark");
        var code = Code("sources = models/*.cs");
        code.LoadEnvironment(path);
        Assert.AreEqual("aours",
            Assert.ThrowsExactly<InvalidOperationException>(
                () => code.LoadMigrations(Steps(revision), [helper])(revision).Upgrade(null!)).Message);
        Assert.AreEqual(2, _compiler.Compilations);
    }

    [TestMethod]
    public void What_is_wrong_with_a_revision_is_told_once_sources_or_not()
    {
        _folder.Write("models/shared.cs", "public static class Shared;");
        var path = _folder.Write("env.cs", "public sealed class Env : Alembic.MigrationEnvironment;");
        var revision = Migration("a", "Missing.Mark");
        foreach (var _ in new[] { 1, 2 })
        {
            var code = Code("sources = models/*.cs");
            code.LoadEnvironment(path);
            Assert.HasCount(1, Assert.ThrowsExactly<CompilationException>(() => code.LoadMigrations(Steps(revision), [])).Errors);
        }
    }

    private Revision Migration(string id, string call = "\"\"") => new(id, path: _folder.Write($"{id}.cs",
        $$"""
        using Alembic;

        [Revision("{{id}}")]
        file sealed class Same : Migration
        {
            public override void Upgrade(Op op) => throw new InvalidOperationException("{{id}}" + {{call}});
            public override void Downgrade(Op op) { }
        }
        """));

    private static Step[] Steps(params Revision[] revisions) => [.. new RevisionMap(revisions).Revisions.Select(Step.Upgrade)];

    private UserCode Code(string settings = "")
    {
        var ini = _folder.Write("alembic.ini",
            $"[alembic]\nscript_location = {_folder.Path}\ncache_dir = {_folder.At("cache")}\n{settings}\n");
        var terminal = new Terminal
        {
            Out = TextWriter.Null, Error = TextWriter.Null, WorkingDirectory = _folder.Path,
            Environment = name => name == "HOME" ? _folder.Path : null
        };
        return new UserCode(new Settings(IniFile.Read(ini, terminal.Environment), Settings.DefaultSection, _folder.Path), terminal,
            _compiler, new Preparation().Start);
    }
}
