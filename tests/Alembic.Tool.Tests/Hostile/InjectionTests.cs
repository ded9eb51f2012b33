using System.Globalization;
using Alembic.Tool.Tests.Commands;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>
/// Text of any origin stays text: it becomes neither code nor SQL nor a way to another folder, and no defect of ours shows in a stack
/// trace.
/// </summary>
[TestClass]
public sealed class InjectionTests
{
    private const string Mark = "PWNED";

    private static readonly string[] Hostile =
    [
        $"*/ class {Mark} {{ }} /*", $"\"; System.IO.File.WriteAllText(\"{Mark}\", \"\"); //",
        $"\n}} class {Mark} {{ static void Main() {{ }} }}", $"\r class {Mark} {{ }}", $"\u2028class {Mark} {{ }}",
        $"\u2029class {Mark} {{ }}", $"\u0085class {Mark} {{ }}", $"\v class {Mark} {{ }}", $"\f class {Mark} {{ }}",
        $"\"\"\"\nclass {Mark} {{ }}", $"\\u000aclass {Mark} {{ }}", $"\\\" + {Mark} + \\\"", $"{{{{ {Mark} }}}}",
        "{{ include 'x' }}", "{{ while true }}x{{ end }}", $"#error {Mark}", $"#line 1 \"{Mark}\"", $"\n#error {Mark}", $"$({Mark})",
        $"`touch {Mark}`", $"; touch {Mark}", $"| touch {Mark}", $"&& touch {Mark}", $"%({Mark})s", "%", "%%", "%s",
        $"'; DROP TABLE alembic_version; --", $"x'); INSERT INTO alembic_version VALUES ('{Mark}'); --", "a'),('zz", "..", "../x",
        "../../../../tmp/x", "/tmp/x", "~/x", "C:\\x", "\\\\host\\share", "con", "NUL.txt", "a/b", "a\\b",
        "\u202e", "\ufeff", "\U0001f4a9", "-", "--", "--help", "-x", "@", "a@b", "a@head", "head", "heads", "base", "current", "+1", "-1",
        "a:b", ":", "::", "", " ", "\t", new string('a', 300), new string('(', 2000), new string('é', 200),
    ];

    [TestMethod]
    public void In_messages_the_file_keeps_its_shape()
    {
        using var project = new Project();
        var versions = project.Path("alembic/versions");
        foreach (var text in Hostile)
        {
            var result = project.Run("revision", $"--message={text}", "--splice", "--head=base");
            Told(text, result);
            var files = Directory.GetFiles(versions, "*", SearchOption.AllDirectories);
            Assert.HasCount(result.Code == 0 ? 1 : 0, files, text);
            foreach (var file in files)
            {
                HasShape(text, File.ReadAllText(file));
                Assert.AreEqual(versions, Path.GetDirectoryName(file));
                File.Delete(file);
            }
        }
        NothingElse(project);
    }

    [TestMethod]
    public void In_ids_labels_and_dependencies()
    {
        using var project = new Project();
        var versions = project.Path("alembic/versions");
        foreach (var text in Hostile)
        {
            foreach (var option in new[] { "--rev-id", "--branch-label", "--depends-on", "--head", "--version-path" })
            {
                var result = project.Run("revision", "-m", "x", $"{option}={text}");
                Told(option + text, result);
                foreach (var file in Directory.GetFiles(versions, "*", SearchOption.AllDirectories))
                {
                    HasShape(option + text, File.ReadAllText(file));
                    File.Delete(file);
                }
            }
        }
        NothingElse(project);
    }

    [TestMethod]
    public void In_merges()
    {
        using var project = new Project();
        var versions = project.Path("alembic/versions");
        string[] heads = [project.Revision("aaa100000001", "one"), project.Revision("bbb100000001", "two")];
        foreach (var text in Hostile)
        {
            foreach (var arguments in new string[][]
            {
                [$"--message={text}", "heads"], [$"--rev-id={text}", "heads"], [$"--branch-label={text}", "heads"],
                ["--", "aaa100000001", text]
            })
            {
                Told(string.Join(' ', arguments), project.Run(["merge", .. arguments]));
                foreach (var file in Directory.GetFiles(versions).Except(heads))
                {
                    HasShape(text, File.ReadAllText(file));
                    File.Delete(file);
                }
            }
        }
        NothingElse(project, files: 2);
    }

    [TestMethod]
    public void In_arguments_of_commands_that_read()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        foreach (var text in Hostile)
        {
            foreach (var command in new[] { "show", "history", "edit" })
                Told(command + text, project.Run(command == "history" ? ["history", $"--rev-range={text}"] : [command, text]));
        }
        NothingElse(project, files: 1);
    }

    [TestMethod]
    public void In_file_templates_and_other_settings()
    {
        using var project = new Project();
        var ini = File.ReadAllText(project.Path("alembic.ini"));
        foreach (var text in Hostile)
        {
            foreach (var key in new[]
            {
                "file_template", "truncate_slug_length", "timezone", "version_locations", "lock_timeout", "backup"
            })
            {
                var lines = ini.Split('\n').Where(line => !line.StartsWith(key, StringComparison.Ordinal)).ToList();
                lines.Insert(lines.IndexOf("[alembic]") + 1, $"{key} = {text}");
                project.Write("alembic.ini", string.Join('\n', lines));
                Told(key + text,
                    key == "version_locations" ? project.Run("heads") : project.Run("revision", "-m", "x", "--head=base", "--splice"));
                foreach (var file in Directory.GetFiles(project.Path("alembic/versions"), "*", SearchOption.AllDirectories))
                    File.Delete(file);
            }
        }
        NothingElse(project);
    }

    [TestMethod]
    public void In_version_tables()
    {
        using var project = new Project();
        File.Delete(project.Path("alembic/env.cs"));
        project.Revision("aaa100000001", "one");
        project.Run("upgrade", "head").Ok();
        foreach (var text in Hostile.Where(text => text.Length > 0))
        {
            project.Sql(
                "UPDATE alembic_version SET version_num = "
                    + $"'{text.Replace("'", "''", StringComparison.Ordinal)
                        .Replace("\0", "' || char(0) || '", StringComparison.Ordinal)}'");
            foreach (var command in new string[][] { ["current"], ["upgrade", "head"], ["downgrade", "base"] })
                Told(text, project.Run(command));
        }
        Assert.HasCount(1, project.Rows("SELECT 1 FROM alembic_version"));
        NothingElse(project, files: 1);
    }

    [TestMethod]
    public void In_folders_of_more_files_than_anybody_writes()
    {
        using var project = new Project();
        for (var i = 0; i <= 100_000; i++)
            File.Create(project.Path($"alembic/versions/{i}.cs")).Dispose();
        project.Run("heads").Fails(1, "<DIR>/alembic/versions has 100001 files; a version location may have at most 100000");
    }

    [TestMethod]
    public void In_revision_files_nested_beyond_reason()
    {
        using var project = new Project();
        foreach (var opening in new[] { "(", "[", "{", "<", "$\"{", "!", "class C{", "x=>", "a?b:", "#if A\n", "(/*)*/", "$\"{/*}*/" })
        {
            project.Write("alembic/versions/deep.cs",
                "class D { object o = " + string.Concat(Enumerable.Repeat(opening, 60_000 / opening.Length)));
            var start = System.Diagnostics.Stopwatch.StartNew();
            Told(opening, project.Run("heads"));
            Assert.IsLessThan(20, start.Elapsed.TotalSeconds, opening);
        }
    }

    private static void Told(string what, Result result)
    {
        Assert.DoesNotContain("   at ", result.Error, what);
        Assert.DoesNotContain("Exception", result.Error, what);
        if (result.Code != 0)
            Assert.Contains("FAILED: ", result.Error, what);
    }

    private static void HasShape(string what, string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text);
        Assert.IsEmpty(tree.GetDiagnostics(), what);
        var root = (CompilationUnitSyntax)tree.GetRoot();
        Assert.HasCount(1, root.Members, what);
        CollectionAssert.AreEqual(new[] { "Upgrade", "Downgrade" },
            ((ClassDeclarationSyntax)root.Members[0]).Members.OfType<MethodDeclarationSyntax>().Select(m => m.Identifier.Text)
                .ToArray(), what);
        Assert.IsTrue(((ClassDeclarationSyntax)root.Members[0]).Members.OfType<MethodDeclarationSyntax>()
            .All(m => m.Body!.Statements.Count == 0), what);
    }

    private static void NothingElse(Project project, int files = 0)
    {
        Assert.HasCount(files, Directory.GetFiles(project.Path("alembic/versions"), "*", SearchOption.AllDirectories));
        string[] known = ["alembic", "alembic.ini", "test.db"];
        Assert.IsEmpty(Directory.GetFileSystemEntries(project.Folder).Select(Path.GetFileName).Except(known).ToList());
        Assert.IsFalse(File.Exists("/tmp/x") || File.Exists(Mark));
    }
}
