using Alembic.Tool.Configuration;
using Alembic.Tool.Tests.Scripts;
using CsCheck;

namespace Alembic.Tool.Tests.Configuration;

[TestClass]
public sealed class IniFileTests
{
    private static readonly Dictionary<string, string?> Environment = new() { ["DB_PASSWORD"] = "pa%ss" };

    private static IniFile Parse(string text, string path = "/p r/alembic.ini") =>
        IniFile.Parse(text, path, name => Environment.GetValueOrDefault(name));

    private static string? Value(string text, string key = "k", string section = "alembic") => Parse(text).Value(section, key);

    [TestMethod]
    [DataRow("[alembic]\nk = v", "v")]
    [DataRow("[alembic]\nk : v", "v")]
    [DataRow("[alembic]\nk=v=w:x", "v=w:x")]
    [DataRow("[alembic]\r\n  k = v  \r\n", "v")]
    [DataRow("\uFEFF[alembic]\nK = v", "v")]
    [DataRow("; c\n# c\n\n[alembic] ; c\nk = v # not a comment ; nor this", "v # not a comment ; nor this")]
    [DataRow("[alembic]\nk =", "")]
    [DataRow("[alembic]\nk = \"quoted\"", "\"quoted\"")]
    [DataRow("[alembic]\nk = a\n  b\n\tc\nj = x", "a\nb\nc")]
    [DataRow("[alembic]\nk = a\n  # comment\n  b", "a\nb")]
    [DataRow("[alembic]\nk = a\n\n  b\n\n\nj = x", "a\n\nb")]
    [DataRow("[alembic]\nk =\n  a\n  b", "\na\nb")]
    [DataRow("[alembic]\nk = a\n  [not a section]\n  x = y", "a\n[not a section]\nx = y")]
    [DataRow("[alembic]\n/path:x = 1\nk = grüße ☃ 日本 😀", "grüße ☃ 日本 😀")]
    [DataRow("[DEFAULT]\nk = d\n[alembic]\nj = x", "d")]
    [DataRow("[DEFAULT]\nk = d\n[alembic]\nk = x\n[DEFAULT]\ni = 1", "x")]
    [DataRow("[alembic]\nj = x", null)]
    [DataRow("[DEFAULT]\nk = d", null)]
    public void Values_are_read_as_Python_reads_them(string text, string? expected) => Assert.AreEqual(expected, Value(text));

    [TestMethod]
    public void Sections_differ_by_case_and_may_hold_any_character()
    {
        var ini = Parse("[a:b]\nk = 1\n[A:B]\nk = 2\n[a]\nb:k = 3\n[x ] y]\nK = 4");
        Assert.AreEqual("1", ini.Value("a:b", "k"));
        Assert.AreEqual("2", ini.Value("A:B", "k"));
        Assert.AreEqual("k = 3", ini.Value("a", "b"));
        Assert.AreEqual("4", ini.Value("x ] y", "k"));
        CollectionAssert.AreEqual(new[] { "a:b", "A:B", "a", "x ] y" }, ini.Sections.ToArray());
    }

    [TestMethod]
    [DataRow("k = 1", 1)]
    [DataRow("[alembic]\nk", 2)]
    [DataRow("[alembic]\n\n= secret", 3)]
    [DataRow("[alembic\nk = 1", 1)]
    [DataRow("[]\nk = 1", 1)]
    [DataRow("[alembic] x", 1)]
    [DataRow("[alembic]\nk = secret\nK = secret", 3)]
    [DataRow("[alembic]\n[b]\n[alembic]", 3)]
    public void A_line_that_is_nothing_is_an_error_with_its_number(string text, int line)
    {
        var error = Assert.ThrowsExactly<IniSyntaxException>(() => Parse(text, "my.ini"));
        Assert.AreEqual(line, error.Line);
        StringAssert.StartsWith(error.Message, $"my.ini, line {line}: ");
        Assert.DoesNotContain("secret", error.Message);
    }

    [TestMethod]
    [DataRow("100%%", "100%")]
    [DataRow("%(other)s", "o%o")]
    [DataRow("%(OTHER)s-%(default)s", "o%o-d")]
    [DataRow("%(here)s/x", "/p r/x")]
    [DataRow("%(DB_PASSWORD)s", "pa%ss")]
    [DataRow("%%(here)s", "%(here)s")]
    public void References_are_replaced(string value, string expected) =>
        Assert.AreEqual(expected, Value($"[DEFAULT]\ndefault = d\n[alembic]\nother = o%%o\nk = {value}"));

    [TestMethod]
    public void A_percent_sign_in_the_project_path_is_only_a_character() =>
        Assert.AreEqual("/100%(x)s/alembic", Parse("[alembic]\nk = %(here)s/alembic", "/100%(x)s/a.ini").Value("alembic", "k"));

    [TestMethod]
    [DataRow("hunter%2")]
    [DataRow("hunter2%")]
    [DataRow("%(hunter2")]
    [DataRow("%(hunter2)d")]
    [DataRow("%(hunter2)s")]
    [DataRow("%()s")]
    [DataRow("%(k)s hunter2")]
    public void A_value_that_can_not_be_interpolated_names_section_and_key_but_never_the_value(string value)
    {
        var error = Assert.ThrowsExactly<InterpolationException>(() => Value($"[alembic]\nk = {value}"));
        StringAssert.StartsWith(error.Message, "/p r/alembic.ini, section [alembic], key 'k': ");
        Assert.DoesNotContain("hunter", error.Message + error.Hint);
    }

    [TestMethod]
    public void A_missing_environment_variable_is_named() =>
        Assert.Contains("DB_URL", Assert.ThrowsExactly<InterpolationException>(() => Value("[alembic]\nk = %(DB_URL)s")).Message);

    [TestMethod]
    public void Values_that_double_at_each_reference_end_at_the_limit()
    {
        var keys = Enumerable.Range(0, 4).Select(i => $"k{i} = {string.Concat(Enumerable.Repeat($"%(k{i + 1})s", 10))}");
        var error = Assert.ThrowsExactly<InterpolationException>(
            () => Value($"[alembic]\n{string.Join('\n', keys)}\nk4 = {new string('x', 200)}", "k0"));
        Assert.Contains("1 MB", error.Message);
    }

    [TestMethod]
    [Timeout(20_000, CooperativeCancellation = true)]
    public void Large_files_are_read_in_linear_time()
    {
        var references = string.Concat(Enumerable.Repeat("%(b)s", 60_000));
        var error = Assert.ThrowsExactly<InterpolationException>(() =>
            Value($"[alembic]\nk = {references}\nb = {references.Replace('b', 'c')}\nc ="));
        Assert.Contains("references", error.Message);
        Assert.HasCount(150_000, Parse(string.Concat(Enumerable.Range(0, 150_000).Select(i => $"[{i}]\n"))).Sections);
    }

    [TestMethod]
    public void Raw_values_keep_their_percent_signs() =>
        Assert.AreEqual("%(levelname)-5.5s", Parse("[f]\nformat = %(levelname)-5.5s").Raw("f", "format"));

    [TestMethod]
    public void A_section_as_a_whole_holds_here_and_the_defaults()
    {
        var section = Parse("[DEFAULT]\nd = 1\n[a]\nK = %(d)s2").Section("a")!;
        CollectionAssert.AreEquivalent(new[] { "here=/p r", "d=1", "k=12" }, section.Select(pair => $"{pair.Key}={pair.Value}").ToArray());
        Assert.IsNull(Parse("").Section("a"));
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_an_empty_one()
    {
        var ini = IniFile.Read("no/such.ini", _ => null);
        Assert.IsFalse(ini.Exists);
        Assert.IsNull(ini.Value("alembic", "script_location"));
    }

    [TestMethod]
    public void Files_that_are_no_text_or_too_large_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.ThrowsExactly<ConfigurationException>(() => IniFile.Read(folder.Write("a.ini", [0xFF, 0xFE, 0x00]), _ => null));
        Assert.ThrowsExactly<ConfigurationException>(() => IniFile.Read(folder.Write("b.ini", new byte[(1 << 20) + 1]), _ => null));
        Assert.ThrowsExactly<ConfigurationException>(() => IniFile.Read(folder.Path, _ => null));
        Assert.ThrowsExactly<ConfigurationException>(() => IniFile.Read("pyproject.toml", _ => null));
    }

    [TestMethod]
    public void Any_text_is_read_or_refused_with_a_message() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["[]=:%()s#; \n\tak\"\\"], 0, 60]).Check(5000, text =>
        {
            try
            {
                var ini = Parse(text);
                Assert.IsTrue(ini.Sections.All(section => ini.Section(section) is not null));
            }
            catch (ConfigurationException)
            {
                // Refused.
            }
        });

    [TestMethod]
    public void A_value_written_with_percent_signs_doubled_reads_as_it_was() =>
        Gen.String[Gen.Char["a%=:;#\"'/\\[]{}é\u2028 "], 0, 30].Select(text => text.Trim()).Check(100, text =>
            Assert.AreEqual(text, Value($"[alembic]\nk = {text.Replace("%", "%%", StringComparison.Ordinal)}")));
}
