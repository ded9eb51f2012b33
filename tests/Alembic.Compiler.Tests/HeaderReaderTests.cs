namespace Alembic.Compiler.Tests;

[TestClass]
public sealed class HeaderReaderTests
{
    private const string Full =
        """
        // Add requires_approval to Timeline
        //
        // Revision ID: 1975ea83b712
        //   indented

        // not part of it
        using Alembic;

        [Revision("1975ea83b712")]
        [Revises("ae1027a6acf0", "b")]
        [BranchLabels("shop"), DependsOn("x", "y")]
        file sealed class AddRequiresApproval : Migration { }
        """;

    [TestMethod]
    public void A_revision_gives_its_attributes_name_and_leading_comment()
    {
        var header = Header(Full);

        Assert.AreEqual("1975ea83b712", header.Id);
        CollectionAssert.AreEqual(new[] { "ae1027a6acf0", "b" }, header.Revises.ToArray());
        CollectionAssert.AreEqual(new[] { "shop" }, header.BranchLabels.ToArray());
        CollectionAssert.AreEqual(new[] { "x", "y" }, header.DependsOn.ToArray());
        Assert.AreEqual("AddRequiresApproval", header.ClassName);
        Assert.AreEqual("Add requires_approval to Timeline\n\nRevision ID: 1975ea83b712\n  indented", header.Text);
    }

    [TestMethod]
    public void Windows_line_endings_and_a_byte_order_mark_change_nothing()
    {
        var expected = Header(Full);
        var header = Header("\uFEFF" + Full.ReplaceLineEndings("\r\n"));

        Assert.AreEqual(expected.Text, header.Text);
        Assert.AreEqual(expected.Id, header.Id);
    }

    [TestMethod]
    [DataRow("[Phase(Phase.Expand)]", "Expand")]
    [DataRow("[Phase(Alembic.Phase.Contract)]", "Contract")]
    [DataRow("[Alembic.PhaseAttribute(phase: Contract)]", "Contract")]
    [DataRow("", null)]
    public void A_phase_is_read_from_the_name_of_its_member(string attribute, string? phase) =>
        Assert.AreEqual(phase, Header($"[Revision(\"a\")] {attribute} class C;").Phase);

    [TestMethod]
    [DataRow("[Revision(\"a\")] class C;")]
    [DataRow("[RevisionAttribute(\"a\")] class C;")]
    [DataRow("[Alembic.Revision(\"a\")] class C;")]
    [DataRow("[global::Alembic.RevisionAttribute(\"a\")] class C;")]
    [DataRow("[Obsolete, Revision(\"a\"), Serializable] class C;")]
    [DataRow("[type: Revision(@\"a\")] class C;")]
    [DataRow("[Revision(\"\"\"a\"\"\")] class C;")]
    [DataRow("[Revision(\"\"\"\n  a\n  \"\"\")] class C;")]
    [DataRow("[Revision(\"\\u0061\")] class C;")]
    [DataRow("[Revision(id: \"a\")] class C;")]
    [DataRow("class Helper; [Revision(\"a\")] class C;")]
    [DataRow("#if NET10_0_OR_GREATER\n[Revision(\"a\")] class C;\n#endif")]
    [DataRow("[@Revision(\"a\")] class @C;")]
    public void An_id_may_be_written_in_many_ways(string text)
    {
        Assert.AreEqual("a", Header(text).Id);
        Assert.AreEqual("C", Header(text).ClassName);
    }

    [TestMethod]
    [DataRow("Revises(\"a\", \"b\")")]
    [DataRow("Revises([\"a\", \"b\"])")]
    [DataRow("Revises(new[] { \"a\", \"b\" })")]
    [DataRow("Revises(new string[] { \"a\", \"b\" })")]
    [DataRow("Revises(ids: [\"a\", \"b\"])")]
    public void Several_ids_may_be_an_array(string attribute)
    {
        CollectionAssert.AreEqual(new[] { "a", "b" }, Header($"[Revision(\"c\"), {attribute}] class C;").Revises.ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("Revises")]
    [DataRow("Revises()")]
    [DataRow("Revises([])")]
    public void Without_down_revisions_it_is_a_base(string attribute)
    {
        Assert.IsEmpty(Header($"[Revision(\"c\"), {attribute}] class C;").Revises);
    }

    [TestMethod]
    [DataRow("namespace A.B; [Revision(\"a\")] class C;", "A.B.C")]
    [DataRow("namespace A { namespace B { [Revision(\"a\")] class C; } }", "A.B.C")]
    [DataRow("namespace A; class Outer { class Middle { [Revision(\"a\")] class C; } }", "A.Outer+Middle+C")]
    public void A_class_is_named_as_metadata_names_it(string text, string expected)
    {
        Assert.AreEqual(expected, Header(text).ClassName);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("class C { }")]
    [DataRow("[Revises(\"a\")] class C;")]
    [DataRow("[Other.Revision(\"a\")] class C;")]
    [DataRow("#if NEVER\n[Revision(\"a\")] class C;\n#endif")]
    [DataRow("// [Revision(\"a\")] class C;")]
    [DataRow("class C { string s = \"[Revision(\\\"a\\\")] class C;\"; }")]
    public void A_file_without_a_revision_is_a_helper(string text)
    {
        var result = Read(text);

        Assert.IsNull(result.Header);
        Assert.IsEmpty(result.Errors);
    }

    [TestMethod]
    [DataRow("class C {", "/v/a.cs(1,10): error CS1513: } expected")]
    [DataRow("[Revision(Id)] class C;",
        "/v/a.cs(1,11): error ALEMBIC001: the arguments of [Revision] must be string literals: they are read without compiling the file")]
    [DataRow("[Revision(\"a\" + \"b\")] class C;", "/v/a.cs(1,11): error ALEMBIC001")]
    [DataRow("[Revision($\"a\")] class C;", "/v/a.cs(1,11): error ALEMBIC001")]
    [DataRow("[Revision(null)] class C;", "/v/a.cs(1,11): error ALEMBIC001")]
    [DataRow("[Revision(\"a\"u8)] class C;", "/v/a.cs(1,11): error ALEMBIC001")]
    [DataRow("[Revision(\"a\"), Revises(\"b\", nameof(C))] class C;", "/v/a.cs(1,30): error ALEMBIC001: the arguments of [Revises]")]
    [DataRow("[Revision(\"a\"), Revises([.. Ids])] class C;", "/v/a.cs(1,26): error ALEMBIC001")]
    [DataRow("[Revision(\"a\"), Revises(Name = \"b\")] class C;", "/v/a.cs(1,25): error ALEMBIC001")]
    [DataRow("[Revision(\"a\", DownRevision = \"b\")] class C;",
        "/v/a.cs(1,16): error ALEMBIC001: [Revision] has no named arguments: what the revision follows goes into [Revises(\"…\")], ")]
    [DataRow("[Revision] class C;", "/v/a.cs(1,2): error ALEMBIC002: [Revision] needs one argument: the revision id")]
    [DataRow("[Revision()] class C;", "/v/a.cs(1,2): error ALEMBIC002")]
    [DataRow("[Revision([])] class C;", "/v/a.cs(1,2): error ALEMBIC002")]
    [DataRow("[Revision(\"a\", \"b\")] class C;", "/v/a.cs(1,2): error ALEMBIC002")]
    [DataRow("[Revision(\"\")] class C;", "/v/a.cs(1,11): error ALEMBIC003: an argument of [Revision] is empty")]
    [DataRow("[Revision(\" \")] class C;", "/v/a.cs(1,11): error ALEMBIC003")]
    [DataRow("[Revision(\"a\"), DependsOn(\"\")] class C;", "/v/a.cs(1,27): error ALEMBIC003: an argument of [DependsOn] is empty")]
    [DataRow("[Revision(\"a\")]\n[Revision(\"b\")] class C;", "/v/a.cs(2,2): error ALEMBIC004: [Revision] may be given only once")]
    [DataRow("[Revision(\"a\"), Revises(\"b\"), Revises(\"c\")] class C;", "/v/a.cs(1,31): error ALEMBIC004")]
    [DataRow("[Revision(\"a\"), Phase] class C;", "/v/a.cs(1,17): error ALEMBIC007: the argument of [Phase] must be Phase.Expand or ")]
    [DataRow("[Revision(\"a\"), Phase((Phase)1)] class C;", "/v/a.cs(1,17): error ALEMBIC007")]
    [DataRow("[Revision(\"a\"), Phase(Phase.Migrate)] class C;", "/v/a.cs(1,17): error ALEMBIC007")]
    [DataRow("[Revision(\"a\"), Phase(\"Expand\")] class C;", "/v/a.cs(1,17): error ALEMBIC007")]
    [DataRow("[Revision(\"a\")] class C;\n[Revision(\"b\")] class D;", "/v/a.cs(2,23): error ALEMBIC005")]
    public void What_is_wrong_with_a_header_is_told_with_its_place(string text, string expected)
    {
        var result = Read(text);

        Assert.IsNull(result.Header);
        Assert.HasCount(1, result.Errors);
        StringAssert.StartsWith(result.Errors[0].ToString(), expected);
    }

    [TestMethod]
    public void A_line_directive_does_not_move_an_error_to_another_file()
    {
        Assert.AreEqual("/v/a.cs", Read("#line 1 \"/etc/passwd\"\nclass C {").Errors[0].Path);
    }

    // Each of these overflows Roslyn's stack on an ordinary thread.
    [TestMethod]
    [DataRow("class C { int x = ", "(", 4_000)]
    [DataRow("class C { ", "A<", 10_000)]
    [DataRow("class C { ", "delegate*<", 10_000)]
    [DataRow("class C { bool b = x is ", "not ", 20_000)]
    [DataRow("class C { bool b = x is ", "{ P: ", 10_000)]
    [DataRow("class C { object x = a", "?.b", 20_000)]
    [DataRow("#if ", "(", 20_000)]
    [DataRow("", "#if A\n", 20_000)]
    [DataRow("", "namespace A {", 20_000)]
    public void Deep_nesting_is_no_crash(string start, string repeated, int count)
    {
        Assert.IsNotEmpty(Read(start + string.Concat(Enumerable.Repeat(repeated, count))).Errors);
    }

    [TestMethod]
    public void Headers_come_in_the_order_of_their_files()
    {
        var sources = Enumerable.Range(0, 100).Select(i => new SourceFile($"/v/{i}.cs", $"[Revision(\"r{i}\")] class C;")).ToList();

        var ids = new SourceCompiler().ReadHeaders(sources).Select(result => result.Header!.Id).ToArray();

        CollectionAssert.AreEqual(Enumerable.Range(0, 100).Select(i => $"r{i}").ToArray(), ids);
    }

    private static HeaderResult Read(string text) => new SourceCompiler().ReadHeaders([new SourceFile("/v/a.cs", text)])[0];

    private static RevisionHeader Header(string text)
    {
        var result = Read(text);
        Assert.IsEmpty(result.Errors);
        return result.Header!;
    }
}
