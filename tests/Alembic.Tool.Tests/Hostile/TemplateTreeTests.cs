using System.Diagnostics;
using Alembic.Tool.Scripts;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>Whatever a template's folder holds, files come only from it and only into the new environment.</summary>
[TestClass]
public sealed class TemplateTreeTests
{
    private const string Secret = "not for you";

    private static readonly (string What, Action<string> Spoil, string? Error)[] Trees =
    [
        ("a link to a file", folder => File.CreateSymbolicLink(Path.Combine(folder, "notes"), Path.Combine(folder, "../secret")),
            "notes is not a regular file"),
        ("a link in the place of env.cs", folder => Link(folder, "env.cs.scriban", "../secret"), "env.cs.scriban is not a regular file"),
        ("a link in the place of the ini file", folder => Link(folder, "alembic.ini.scriban", "../secret"),
            "alembic.ini.scriban is not a regular file"),
        ("a link to a device", folder => Link(folder, "script.cs.scriban", "/dev/zero"), "script.cs.scriban is not a regular file"),
        ("a link to nothing", folder => File.CreateSymbolicLink(Path.Combine(folder, "nothing"), "/nowhere"),
            "nothing is not a regular file"),
        ("a link to itself", folder => File.CreateSymbolicLink(Path.Combine(folder, "loop"), "loop"), "loop is not a regular file"),
        ("a pipe", folder => Process.Start("mkfifo", [Path.Combine(folder, "pipe")]).WaitForExit(), "pipe is not a regular file"),
        ("a link to a folder", folder => Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), Path.Combine(folder, "..")), null),
        ("a folder",
            folder => File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "sub")).FullName, "deep"), "x"), null),
        ("a name that leads up", folder => File.WriteAllText(Path.Combine(folder, "...scriban"), "x"), "leads out of"),
        ("a name that leads nowhere", folder => File.WriteAllText(Path.Combine(folder, "..scriban"), "x"), "leads out of"),
        ("the name of a folder", folder => File.WriteAllText(Path.Combine(folder, "versions.scriban"), "x"), "already exists"),
        ("many files", folder => Enumerable.Range(0, 100).ToList().ForEach(i => File.WriteAllText(Path.Combine(folder, $"f{i}"), "")),
            "has more than 100 files"),
        ("a large file", folder => File.WriteAllText(Path.Combine(folder, "large"), new string('x', 1 << 20)), "has more than 1 MB"),
        ("a file without data", folder => { using var file = File.Create(Path.Combine(folder, "sparse")); file.SetLength(1L << 40); },
            "has more than 1 MB"),
    ];

    [TestMethod]
    public void A_hostile_tree_is_refused_or_left_out()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("There are no such files here.");
        foreach (var (what, spoil, error) in Trees)
        {
            using var folder = new TemporaryFolder();
            foreach (var file in Template.Find(Template.Root, "generic").Files())
                folder.Write($"template/{Path.GetFileName(file)}", File.ReadAllText(file));
            folder.Write("secret", Secret);
            folder.Write("work/keep", "");
            spoil(folder.At("template"));
            var create = () => new Scaffold(new Template("hostile", folder.At("template")), folder.At("work"),
                new Status(TextWriter.Null, quiet: true)).Create("alembic", "alembic.ini");
            if (error is null)
                create();
            else
                Assert.Contains(error, Assert.ThrowsExactly<AlembicException>(create, what).Message, what);
            var written = folder.Files().Where(file => file.StartsWith("work/", StringComparison.Ordinal)).Except(["work/keep"]).ToList();
            Assert.IsEmpty(written.Except(["work/alembic.ini", "work/alembic/.gitattributes", "work/alembic/README", "work/alembic/env.cs",
                "work/alembic/script.cs.scriban"]), what);
            Assert.IsFalse(written.Any(file => File.ReadAllText(folder.At(file)).Contains(Secret)), what);
            CollectionAssert.AreEquivalent(new[] { "secret", "template", "work" },
                Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).ToArray(), what);
        }
    }

    private static void Link(string folder, string name, string target)
    {
        File.Delete(Path.Combine(folder, name));
        File.CreateSymbolicLink(Path.Combine(folder, name), target);
    }
}
