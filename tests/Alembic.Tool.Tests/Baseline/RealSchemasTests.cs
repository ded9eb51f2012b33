using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Alembic.Tool.Tests.Baseline;

/// <summary>
/// Databases of public projects, which nobody here wrote: the baseline of each creates the same database on an empty server, or names what
/// it does not. They are downloaded, so
/// <c>tests/RealSchemas/run</c> runs this and no other.
/// </summary>
[TestClass]
[TestCategory("ByHand")]
public sealed partial class RealSchemasTests
{
    private static readonly string? Filter = Environment.GetEnvironmentVariable("ALEMBIC_REAL_SCHEMAS");

    public static IEnumerable<object?[]> Schemas => Filter is null ? [[null, null]] :
        from schema in RealSchema.All(Filter)
        from server in schema.Server switch
        {
            "postgresql" => ["postgresql", "postgresql18"],
            "mariadb" => ["mariadb", "mysql"],
            var other => new[] { other },
        }
        select new object?[] { server, schema };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(Schemas))]
    public void The_same_database_again(string? server, object? source)
    {
        if (source is not RealSchema schema)
        {
            Assert.Inconclusive("ALEMBIC_REAL_SCHEMAS is not set (tests/RealSchemas/run sets it)");
            return;
        }
        var findings = new List<string>();
        using var original = new SchemaServer(server!);
        using var copy = new SchemaServer(server!);
        using var project = new Project();
        CollectionAssert.AreEqual(Array.Empty<string>(), schema.Both.SelectMany(f => original.Load(f).Concat(copy.Load(f))).ToList());
        var empty = copy.Dump();
        var folder = Directory.CreateDirectory(project.Path("theirs")).FullName;
        var errors = schema.Before.Concat(schema.Fetch(folder)).SelectMany(original.Load).ToList();
        var all = original.Inspect(allSchemas: true);
        var hasSchemas = all.Tables.Any(t => t.Schema is not null);
        var model = hasSchemas ? all : original.Inspect();
        var watch = Stopwatch.StartNew();

        // One step after the other; a step that fails is the end.
        bool Step(string name, params string[] arguments)
        {
            var result = project.Run(arguments);
            if (result.Code != 0)
                findings.Add(
                    $"{name}: {string.Join(" / ", (result.Out + result.Error).Split('\n').Where(l => !l.StartsWith("info: ", StringComparison.Ordinal)).Take(12))}");
            return result.Code == 0;
        }

        List<string> named = [];
        BaselineTests.Point(project, original);
        BaselineTests.Model(project, model, hasSchemas);
        var written = project.Run("revision", "--from-database", "-m", "baseline");
        if (!hasSchemas && written.Error.Contains("options.IncludeSchemas = true", StringComparison.Ordinal))
        {
            // The way out that the warning names.
            BaselineTests.Model(project, all, allSchemas: true);
            Directory.Delete(project.Path("alembic/versions"), recursive: true);
            written = project.Run("revision", "--from-database", "-m", "baseline");
        }
        named.AddRange(written.Error.Split('\n').Where(l => l.StartsWith("warning: ", StringComparison.Ordinal)));
        var ok = written.Code == 0;
        if (!ok)
            findings.Add("baseline: " + written.Error);
        ok = ok && Step("stamp", "stamp", "head") && Step("check", "check");
        BaselineTests.Point(project, copy);
        var isMade = ok && Step("upgrade", "upgrade", "head");
        List<string> lost = [];
        if (isMade)
        {
            Step("check of the copy", "check");
            // The dump is one without the tool's own tables.
            lost = Different(original.Dump(), copy.Dump());
            if (lost.Count > 0 && named.Count == 0)
                findings.Add("different, and nothing is named");
            if (Step("stamp of the copy", "stamp", "head") && Step("downgrade", "downgrade", "base")
                && Different(empty, copy.Dump()) is { Count: > 0 } left)
                findings.Add($"the downgrade leaves: {string.Join(" / ", left.Take(20))}");
        }
        var row =
            $"| {schema.Repository} | {server} | {model.Tables.Count} | {errors.Count} | {named.Count} | {lost.Count} | "
                + $"{(findings.Count == 0 ? "yes" : "**no**")} | {watch.Elapsed.TotalSeconds:0} s |";
        Report(row, [.. errors.Take(5).Select(e => "not loaded: " + e), .. named.Select(n => "named: " + n),
            .. lost.Select(l => "lost: " + l), .. findings]);
        Assert.AreEqual("", string.Join('\n', findings));
    }

    private void Report(string row, IReadOnlyList<string> details)
    {
        var text = string.Join('\n', [row, .. details.Select(d => "  " + d)]);
        TestContext.WriteLine(text);
        if (Environment.GetEnvironmentVariable("ALEMBIC_REAL_SCHEMAS_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, text + "\n");
    }

    private static List<string> Different(string a, string b)
    {
        var (before, after) = (a.Split('\n').Select(Plain).ToList(), b.Split('\n').Select(Plain).ToList());
        return [.. before.Except(after).Select(line => "- " + line), .. after.Except(before).Select(line => "+ " + line)];
    }

    // A default of NULL is none, and a text that is cast to its column's type is that text. A view's column without a name gets one when
    // the view is created from the server's own text of it.
    private static string Plain(string line) =>
        NullDefault().Replace(CastLiteral().Replace(line, "'"), "").Replace("::integer AS int4", "::integer", StringComparison.Ordinal)
            .Replace("EXTRACT(YEAR FROM", "EXTRACT(year FROM", StringComparison.Ordinal).TrimEnd(',');

    [GeneratedRegex(@"'::(character varying|text|bpchar|[a-z]+)(\(\d+\))?")]
    private static partial Regex CastLiteral();

    [GeneratedRegex(@" DEFAULT NULL(::[\w. ]+?)?(?=,|$| NOT NULL)")]
    private static partial Regex NullDefault();
}
