namespace Alembic.Compiler.Tests.Remote;

/// <summary>Sources of every kind that a user may hand in: right, doubtful and wrong.</summary>
internal static class Samples
{
    public static readonly string[] Platform = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)];

    public static readonly string[] Sources =
    [
        "",
        "// only a comment\n",
        "// A table\n//\n// Revision ID: a1\n\n[Revision(\"a1\")] [Revises(\"z\", \"y\")] [BranchLabels(\"main\")] [DependsOn(\"q\")] "
            + "[Phase(Phase.Expand)] "
            + "file sealed class A { }\n[System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = true)] file class "
            + "RevisionAttribute(string id) : System.Attribute { public string Id => id; }\n",
        "[Revision(nameof(A))] class A { }",
        "[Revision] class A { }",
        "[Revision(\"a\")] class A { } [Revision(\"b\")] class B { }",
        "class A { int unused; void M() { int x = 1; } }",
        "class A { string M(string? s) => s.Trim(); }",
        "class A { async Task M() { } [Obsolete(\"old\")] void N() { } void O() => N(); }",
        "#warning look here\nclass A { }\n#error not there\n",
        "class A { int M() => \"text\"; }",
        "class A { Missing m; }",
        "class A { void M( }",
        "class A { \"unterminated }",
        "class A\n{\n#line 7 \"else/where\"\n  int x = ;\n}",
        "class Ünïcode { string Text = \"\u65e5\u672c\u8a9e \\u0000 \ud83d\ude00\"; }",
        "record Point(int X, int Y); static class S { extension(Point p) { public int Sum => p.X + p.Y; } }",
        "unsafe class A { int* p; }",
        "class A { object o = new { B = 1, C = \"c\" }; IEnumerable<int> M() { yield return 1; } Func<int, int> f = x => x + 1; }",
        "class A { async Task<int> M(CancellationToken t) { await Task.Delay(1, t); return await M(t); } }",
        "class A { string M(object o) => o switch { int i when i > 1 => $\"{i:x}\", [1, .. var rest] => \"list\", _ => \"\"\"raw\"\"\" "
            + "}; }",
        "class A { bool M(object o) => o is string { Length: > 3 } s && s.Length % 2 == 0; Span<int> N() => stackalloc int[3]; }",
        "using System.Globalization; class A { CultureInfo c = CultureInfo.InvariantCulture; }",
        "class A { int M() => " + string.Join(" + ", Enumerable.Repeat("1", 400)) + "; }",
        "class A { " + string.Concat(Enumerable.Range(0, 200).Select(i => $"[Obsolete] int P{i} => P{i + 1}; ")) + "int P200 => 0; }",
    ];

    public static CompileRequest Request(string name, params string[] sources) => new(name, Files(sources), Platform);

    public static SourceFile[] Files(IEnumerable<string> sources) => [.. sources.Select((text, i) => new SourceFile($"/v/{i}.cs", text))];
}
