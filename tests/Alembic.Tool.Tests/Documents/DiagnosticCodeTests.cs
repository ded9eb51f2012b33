using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Alembic.Migrations;
using Alembic.Tool.Documents;

namespace Alembic.Tool.Tests.Documents;

/// <summary>A program goes by codes: each kind of failure has its own, and the reference lists them all.</summary>
[TestClass]
public sealed partial class DiagnosticCodeTests
{
    private static readonly List<Type> Failures =
    [
        .. new[] { typeof(AlembicException).Assembly, typeof(CommandLine).Assembly }.SelectMany(a => a.GetTypes())
            .Where(t => t.IsSubclassOf(typeof(AlembicException))),
    ];

    // The first is caught where it is thrown; the others say the same of a table: what of its text stands in the way.
    private static readonly string[] Without =
        ["BackupIsLateException", "DdlEditException", "DdlColumnInUseException", "DdlNotUnderstoodException"];

    [TestMethod]
    public void Every_failure_has_a_code_of_its_own()
    {
        var codes = Failures.Where(t => !Without.Contains(t.Name) && t != typeof(MigrationException)).ToDictionary(t => t, CodeOf);
        Assert.IsEmpty(codes.Where(c => c.Value == Failure.General).Select(c => c.Key.Name).ToList());
        // A run that ended by itself, and what only the run sees, are told alike.
        Assert.IsEmpty(codes.GroupBy(c => c.Value).Where(g => g.Count() > 1 && g.Key != "ALB3006")
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(c => c.Key.Name))}").ToList());
    }

    [TestMethod]
    public void The_reference_lists_every_code()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "diagnostics.md"));
        var listed = Row().Matches(page).Select(m => m.Groups[1].Value).ToList();
        var source = string.Concat(new[] { "Alembic.Tool", "Alembic.Compiler" }
            .SelectMany(project => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText));
        var used = Literal().Matches(source).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        CollectionAssert.AreEqual(used, listed, $"{string.Join(" ", used)}\n{string.Join(" ", listed)}");
    }

    private static string CodeOf(Type type) => Failure.Code((Exception)RuntimeHelpers.GetUninitializedObject(type));

    [GeneratedRegex(@"^\| `(ALB\d{4}|ALEMBIC\d{3})` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("\"(ALB\\d{4}|ALEMBIC\\d{3})\"")]
    private static partial Regex Literal();
}
