using Alembic.Tool.Scripts;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Tool.Tests.Scripts;

[TestClass]
public sealed class RevisionScriptTests
{
    private static readonly string Generic = Path.Combine(AppContext.BaseDirectory, "alembic", "templates", "generic", "script.cs.scriban");

    private static RevisionScript Script => new()
    {
        Id = "1975ea83b712",
        Message = "Add requires_approval to Timeline",
        CreateDate = new CreateDate(new DateTimeOffset(2026, 11, 22, 14, 41, 21, TimeSpan.Zero), false),
    };

    private static string Render(RevisionScript script) => script.Render(ScribanTemplate.Read(Generic));

    [TestMethod]
    public void The_generic_template_makes_the_file_that_the_guide_shows() => Assert.AreEqual(
        """
        // Add requires_approval to Timeline
        //
        // Revision ID: 1975ea83b712
        // Revises: ae1027a6acf0, b1
        // Create Date: 2026-11-22 14:41:21.000000

        using Alembic;
        using Alembic.Schema;
        using Alembic.Databases;

        [Revision("1975ea83b712")]
        [Revises("ae1027a6acf0", "b1")]
        [BranchLabels("shop")]
        [DependsOn("other")]
        file sealed class AddRequiresApprovalToTimeline : Migration
        {
            public override void Upgrade(Op op)
            {
                op.A(
                [
                    1,
                ]);

                op.B();
            }

            public override void Downgrade(Op op)
            {
                op.C();
            }
        }

        """.ReplaceLineEndings("\n"),
        Render(Script with
        {
            DownRevisions = ["ae1027a6acf0", "b1"],
            BranchLabels = ["shop"],
            DependsOn = ["other"],
            Usings = ["Alembic.Databases"],
            Upgrades = "op.A(\n[\n    1,\n]);\n\nop.B();\n",
            Downgrades = "op.C();",
        }));

    [TestMethod]
    public void Without_directives_the_bodies_are_empty()
    {
        var text = Render(Script with { Message = null });
        Assert.Contains("// empty message\n//\n// Revision ID: 1975ea83b712\n// Revises:", text);
        Assert.Contains(
            "    public override void Upgrade(Op op)\n    {\n    }\n\n    public override void Downgrade(Op op)\n    {\n    }\n}\n", text);
        Assert.DoesNotContain("[Revises", text);
        Assert.Contains("class Revision_1975ea83b712 : Migration", text);
    }

    [TestMethod]
    [DataRow("two\nlines", "// two\n// lines\n//\n")]
    [DataRow("a\r\nb\rc\u2028d\u2029e\u0085f\vg\fh", "// a\n// b\n// c\n// d\n// e\n// f\n// g\n// h\n//\n")]
    [DataRow("a\n\nb", "// a\n//\n// b\n//\n")]
    [DataRow("  kept  ", "//   kept  \n//\n")]
    [DataRow("*/ \" {{ up_revision }} \\", "// */ \" {{ up_revision }} \\\n//\n")]
    public void A_message_stays_in_its_comment(string message, string expected) =>
        StringAssert.StartsWith(Render(Script with { Message = message }), expected);

    [TestMethod]
    public void No_message_and_no_label_becomes_code() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["\n\r\u2028\u0085\v\"*/\\{}();classx "], 0, 50])
        .Select(Gen.String[Gen.Char["\"\\])x\u202e\0\t"], 0, 9]).Check(2000, (message, label) =>
        {
            var tree = CSharpSyntaxTree.ParseText(Render(Script with { Message = message, BranchLabels = [label], Upgrades = "op.A();" }));
            var root = (CompilationUnitSyntax)tree.GetRoot();
            var type = (ClassDeclarationSyntax)root.Members.Single();
            var labels = type.AttributeLists[1].Attributes.Single().ArgumentList!.Arguments.Single();
            Assert.IsTrue(!tree.GetDiagnostics().Any() && root.Usings.Count == 2 && root.AttributeLists.Count == 0
                && type.Members.Count == 2
                && type.AttributeLists.Count == 2 && ((LiteralExpressionSyntax)labels.Expression).Token.ValueText == label);
        });

    [TestMethod]
    public void Hostile_messages_are_harmless()
    {
        foreach (var message in new[] { "", new string('x', 5000), "😀", "\"; class Evil {}", "{{ evil }}", "\ud800" })
        {
            Assert.IsFalse(CSharpSyntaxTree.ParseText(Render(Script with { Message = message })).GetDiagnostics().Any(), message);
        }
    }

    [TestMethod]
    public void An_id_with_a_line_break_is_refused_before_it_reaches_the_comment() =>
        Assert.ThrowsExactly<AlembicException>(() => Render(Script with { DownRevisions = ["a\nclass Evil;"] }));

    [TestMethod]
    public void The_line_endings_are_those_of_the_template()
    {
        var text = Script.Render(ScribanTemplate.Parse("t", File.ReadAllText(Generic).ReplaceLineEndings("\r\n"))  ) ;
        Assert.AreEqual(Render(Script), text.Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.AreEqual(text.Count(c => c == '\n'), text.Split("\r\n").Length - 1);
    }

    [TestMethod]
    [DataRow("a\n{{ for }}", 2)]
    [DataRow("\n\n{{ nosuch }}", 3)]
    [DataRow("{{ if true }}", 1)]
    [DataRow("{{ include 'x' }}", 1)]
    [DataRow("{{ object.eval '1' }}", 1)]
    [DataRow("{{ date.now }}", 1)]
    [DataRow("{{ message = 'x' }}", 1)]
    [DataRow("{{ while true }}{{ end }}", 1)]
    [DataRow("{{ for a in 1..9999; for b in 1..9999; for c in 1..9999; end; end; end }}", 1)]
    [DataRow("{{ for i in 1..100000000 }}{{ end }}", 1)]
    [DataRow("{{ func f; f; end; f }}", 1)]
    [DataRow("{{ x = 'aaaaaaaaaaaaaaaa'; for i in 1..900; x = x + x; end }}", 1)]
    [DataRow("{{ for i in 1..9000 }}{{ 'a' | string.pad_left 1000000 }}{{ end }}", 1)]
    public void A_bad_template_is_an_error_with_path_and_line(string text, int line)
    {
        var error = Assert.ThrowsExactly<TemplateException>(() => Script.Render(ScribanTemplate.Parse("p/script.cs.scriban", text)));
        StringAssert.StartsWith(error.Message, $"Template rendering failed; p/script.cs.scriban({line}): ");
        Assert.IsTrue(CSharpText.IsOneLine(error.Message));
    }

    [TestMethod]
    [DataRow('(')]
    [DataRow('[')]
    [DataRow('-')]
    [DataRow('!')]
    public void A_deeply_nested_template_does_not_overflow(char c) =>
        Assert.ThrowsExactly<TemplateException>(() => ScribanTemplate.Parse("t", "{{ " + new string(c, 60_000) + "1 }}"));

    [TestMethod]
    public void A_template_is_at_most_64_KB()
    {
        using var folder = new TemporaryFolder();
        Assert.ThrowsExactly<AlembicException>(() => ScribanTemplate.Read(folder.Write("t.scriban", new byte[(64 << 10) + 1])));
        Assert.ThrowsExactly<AlembicException>(() => ScribanTemplate.Read(folder.At("none")));
    }

    [TestMethod]
    public void A_large_body_fits() =>
        Assert.Contains("LAST",
            Render(Script with { Upgrades = string.Concat(Enumerable.Repeat("op.Execute(\"x\");\n", 200_000)) + "LAST" }));
}
