using System.Text.RegularExpressions;
using Alembic.Databases;
using Alembic.Lint;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Lint;

/// <summary>Each rule finds what it looks for, and nothing where there is no cause.</summary>
[TestClass]
public sealed partial class LintRuleTests
{
    public static IEnumerable<object[]> Cases => LintCases.All.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_migration_gets_its_codes_and_no_other(string name)
    {
        var (dialect, upgrade, codes) = LintCases.All[name];
        Assert.AreEqual(codes, LintCases.Codes(dialect, upgrade));
    }

    [TestMethod]
    public void SQL_of_a_migration_is_judged_like_operations()
    {
        var found = LintCases.Texts.Select(c => (c.Dialect, c.Sql, LintCases.Codes(c.Dialect, op => op.Execute(c.Sql)))).ToList();
        Assert.AreEqual(string.Join('\n', LintCases.Texts), string.Join('\n', found));
    }

    [TestMethod]
    public void What_SQL_becomes_on_the_safe_way_loses_nothing()
    {
        Assert.AreEqual(
            """op.AutocommitBlock(() => op.CreateIndex("ix", "a", [Sql.Text("lower(x)"), "y"], unique: true, where: "x > 0", """
                + """include: ["z"], method: "gin", concurrently: true, schema: "s"));""",
            Safe("ALB5201", "CREATE UNIQUE INDEX ix ON s.a USING gin (lower(x), y) INCLUDE (z) WHERE x > 0"));
        Assert.StartsWith(
            """op.CreateForeignKey("fk", "a", "b", ["x", "y"], ["v", "w"], onDelete: "SET NULL", onUpdate: "CASCADE", """,
            Safe("ALB5204",
                "ALTER TABLE s.a ADD CONSTRAINT fk FOREIGN KEY (x, y) REFERENCES b (v, w) ON UPDATE CASCADE ON DELETE SET NULL"));

        static string Safe(string code, string sql) => string.Join('\n',
            LintCases.Problems("postgresql", op => op.Execute(sql), code).Single().Safe.SelectMany(s => s.Lines()));
    }

    [TestMethod]
    public void What_is_to_be_written_in_SQL_on_the_safe_way_is_not_found_again()
    {
        var found = LintCases.All.Values.Where(c => c.Dialect == "mssql" && c.Codes.Length > 0)
            .SelectMany(c => c.Codes.Split(' ').SelectMany(code => LintCases.Problems("mssql", c.Upgrade, code)
                .SelectMany(p => p.Safe).Select(s => s.Operation).OfType<Execute>()
                .Where(e => !e.Text.Contains('…')).Select(e => (Code: code, Sql: e.Text)))).ToList();
        Assert.IsNotEmpty(found);
        foreach (var (code, sql) in found.Where(f => f.Code != "ALB5237"))
            Assert.DoesNotContain(code, LintCases.Codes("mssql", op => op.Execute(sql)), sql);
    }

    [TestMethod]
    public void A_new_value_of_an_enum_is_used_only_where_it_is_a_text()
    {
        Assert.AreEqual("ALB5212", Used("DO $$ BEGIN UPDATE t SET x = 'b' WHERE x = 'a'; END $$"));
        Assert.AreEqual("", Used("SELECT 1 -- 'b'"));

        static string Used(string sql) => LintCases.Codes("postgresql", op =>
        {
            op.Execute("ALTER TYPE e ADD VALUE 'b'");
            op.Execute(sql);
        });
    }

    [TestMethod]
    public void Each_rule_has_a_case_in_which_it_fires()
    {
        var told = LintCases.All.Values.SelectMany(c => c.Codes.Split(' ')).ToHashSet();
        // Of what is off at first, of the way back, of comments and of the graph other tests tell.
        Assert.AreEqual("ALB5001 ALB5241 ALB5401 ALB5402 ALB5403 ALB5501 ALB5502", string.Join(' ',
            LintRules.All.Select(r => r.Code).Distinct().Except(told).Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void The_way_back_is_judged()
    {
        Assert.AreEqual("ALB5401", Back(op => op.AddColumn("a", Text), _ => { }));
        Assert.AreEqual("", Back(op => op.Execute("UPDATE a SET x = 1 WHERE x IS NULL"), _ => { }));
        Assert.AreEqual("", Back(op => op.Execute("-- new\nSELECT 1; INSERT INTO a VALUES (1)"), _ => { }));
        Assert.AreEqual("ALB5401", Back(op => op.Execute("INSERT INTO a VALUES (1); CREATE VIEW v AS SELECT 1"), _ => { }));
        Assert.AreEqual("", Back(op => op.ValidateConstraint("ck", "a"), _ => { }));
        Assert.AreEqual("ALB5402", Back(op => op.AddColumn("a", Text), _ => throw new NotSupportedException("no way back")));
        Assert.AreEqual("ALB5403", Back(op => op.AddColumn("a", Text), op => op.DropTable("a")));
        Assert.AreEqual("", Back(op => op.AddColumn("a", Text), op => op.DropColumn("a", "x")));

        static string Back(Action<Op> upgrade, Action<Op> downgrade)
        {
            var migration = LintedMigration.Of(Dialects.Named("sqlite"), upgrade, downgrade);
            return string.Join(' ', LintRules.For(migration.Dialect).Where(r => r.Check(migration).Any()).Select(r => r.Code));
        }
    }

    [TestMethod]
    public void A_column_that_an_earlier_revision_filled_may_become_NOT_NULL()
    {
        static void NotNull(Op op) => op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
        var sqlite = Dialects.Named("sqlite");
        var earlier = LintedMigration.Of(sqlite, op => op.Execute("UPDATE a SET x = ''"), _ => { });
        var rule = LintRules.For(sqlite).Single(r => r.Code == "ALB5105");
        var migration = LintedMigration.Of(sqlite, NotNull, NotNull);
        Assert.IsNotEmpty(rule.Check(migration).ToList());
        Assert.IsEmpty(rule.Check(migration with { Earlier = [earlier] }).ToList());
    }

    [TestMethod]
    public void Only_a_backfill_that_comes_before_fills_a_column()
    {
        static void NotNull(Op op) => op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
        static void Fill(Op op) =>
            op.AutocommitBlock(() => op.Backfill("a", "id", "UPDATE a SET x = '' WHERE id BETWEEN @from AND @to"));

        Assert.AreEqual("", Codes(Fill, NotNull));
        Assert.AreEqual("ALB5105", Codes(NotNull, Fill));

        static string Codes(params Action<Op>[] upgrade) => LintCases.Codes("sqlite", op =>
        {
            foreach (var part in upgrade)
                part(op);
        });
    }

    [TestMethod]
    [DataRow("x IS NOT NULL", true, "ck", "")]
    [DataRow("\"x\" is not null AND y > 0", true, "ck", "")]
    [DataRow("x IS NOT NULL", false, "ck", "ALB5105 ALB5206")]
    [DataRow("x IS NOT NULL OR y > 0", true, "ck", "ALB5105 ALB5206")]
    [DataRow("xx IS NOT NULL", true, "ck", "ALB5105 ALB5206")]
    [DataRow("y IS NOT NULL", true, "ck", "ALB5105 ALB5206")]
    [DataRow("x > 0", true, "ck", "ALB5105 ALB5206")]
    [DataRow("x IS NOT NULL", true, "fk", "ALB5105 ALB5206")]
    public void Only_a_validated_check_of_the_column_proves_that_it_is_never_NULL(
        string check, bool isValidated, string validated, string codes)
    {
        var dialect = Dialects.Named("postgresql");
        List<LintedMigration> earlier =
        [
            Of(op =>
            {
                op.CreateCheckConstraint("ck", "a", check, notValid: true);
                op.CreateForeignKey("fk", "a", "b", ["x"], ["id"], notValid: true);
            }),
            Of(op =>
            {
                if (isValidated)
                    op.ValidateConstraint(validated, "a");
            }),
        ];
        var migration = Of(op =>
        {
            op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
            op.DropConstraint("ck", "a", ConstraintType.Check);
        }) with
        {
            Earlier = earlier,
        };
        Assert.AreEqual(codes, string.Join(' ',
            LintRules.For(dialect).Where(r => r.Check(migration).Any()).Select(r => r.Code).Order(StringComparer.Ordinal)));

        LintedMigration Of(Action<Op> upgrade) => LintedMigration.Of(dialect, upgrade, op => op.Execute("way back"));
    }

    [TestMethod]
    public void A_comment_with_a_reason_ignores_a_rule_on_its_line_and_on_the_next()
    {
        var comments = new LintComments(
        [
            "op.DropTable(\"a\"); // lint: ignore ALB5101 because it was never used",
            "",
            "// lint: ignore ALB5101 because of this",
            "// and that",
            "op.DropTable(\"b\");",
            "op.DropTable(\"c\");",
            "// lint: ignore ALB5102",
            "// lint: ignore ALB9999 because it is not there",
            "// lint: ignore",
        ]);
        Assert.AreEqual("1 3 4 5", string.Join(' ', Enumerable.Range(1, 9).Where(line => comments.Ignores("ALB5101", line))));
        Assert.IsFalse(comments.Ignores("ALB5102", 7));
        CollectionAssert.AreEqual(
            new[] { "7: it does not say why ALB5102 does not matter here", "8: there is no rule ALB9999", "9: it names no rule" },
            comments.Bad(new HashSet<string> { "ALB5101", "ALB5102" }).Select(b => $"{b.Line}: {b.Text}").ToList());
    }

    [TestMethod]
    public void The_reference_lists_every_rule_with_its_severity()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "lint.md"));
        var listed = Row().Matches(page).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").ToList();
        CollectionAssert.AreEqual(
            LintRules.All.Select(r => $"{r.Code} {r.Severity.ToString().ToLowerInvariant()}").Distinct()
                .Order(StringComparer.Ordinal).ToList(),
            listed, string.Join("\n", listed));
    }

    private static Column Text { get; } = new("x", SqlType.Text);

    [GeneratedRegex(@"^\| `(ALB\d{4})` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
