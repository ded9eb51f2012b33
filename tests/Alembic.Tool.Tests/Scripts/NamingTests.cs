using Alembic.Tool.Configuration;
using Alembic.Tool.Scripts;
using CsCheck;

namespace Alembic.Tool.Tests.Scripts;

[TestClass]
public sealed class NamingTests
{
    private static readonly DateTimeOffset Date = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [TestMethod]
    [DataRow("Add Column; drop (table) & more!", "add_column_drop_table_more")]
    [DataRow("UPPER lower MiXeD", "upper_lower_mixed")]
    [DataRow("under_score kept-dash.dot/slash", "under_score_kept_dash_dot_slash")]
    [DataRow("  leading and trailing  ", "leading_and_trailing")]
    [DataRow("tabs\tand\nnewlines", "tabs_and_newlines")]
    [DataRow("numbers 123 v2.0", "numbers_123_v2_0")]
    [DataRow("!!! ??? 😀", "")]
    [DataRow("don't stop", "don_t_stop")]
    [DataRow("café ½ 日本 𝒜", "café_½_日本_𝒜")]
    [DataRow("../../etc/passwd", "etc_passwd")]
    [DataRow("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [DataRow("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb_")]
    [DataRow("this is a really long name that keeps going on and on", "this_is_a_really_long_name_that_keeps_")]
    [DataRow("exactly forty characters are in here okk", "exactly_forty_characters_are_in_here_okk")]
    [DataRow("exactly forty characters are in here ok more", "exactly_forty_characters_are_in_here_ok_")]
    [DataRow("short cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "short_")]
    public void A_slug_is_the_words_of_the_message(string message, string expected) => Assert.AreEqual(expected, Slug.Of(message, 40));

    [TestMethod]
    [DataRow("Add requires_approval to Timeline", "AddRequiresApprovalToTimeline")]
    [DataRow("don't stop", "DonTStop")]
    [DataRow("class", "Class")]
    [DataRow("été à la mer", "ÉtéÀLaMer")]
    [DataRow("upgrade", "UpgradeRevision")]
    [DataRow("alembic", "AlembicRevision")]
    [DataRow("alembic exception", "AlembicExceptionRevision")]
    [DataRow("system", "SystemRevision")]
    [DataRow("string", "StringRevision")]
    [DataRow("2nd try", "Revision_1975ea83b712")]
    [DataRow("😀😀", "Revision_1975ea83b712")]
    [DataRow("__", "Revision_1975ea83b712")]
    [DataRow("", "Revision_1975ea83b712")]
    [DataRow("½ 𝒜 x²", "X")]
    public void A_class_name_is_the_message_in_Pascal_case(string message, string expected) =>
        Assert.AreEqual(expected, ClassName.Of(message, "1975ea83b712"));

    [TestMethod]
    public void A_class_name_hides_no_type_of_the_API() =>
        Assert.AreEqual("ServerDefaultRevision", ClassName.Of("server default", "a", new HashSet<string> { "ServerDefault" }));

    [TestMethod]
    public void A_class_name_is_an_identifier_whatever_the_message() => Gen.String.Check(5000, message =>
    {
        var name = ClassName.Of(message, "a.b");
        Assert.IsTrue(Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name) && name.Length <= 100, name);
    });

    [TestMethod]
    public void A_class_name_of_a_long_message_ends_with_a_word() =>
        Assert.AreEqual(string.Concat(Enumerable.Repeat("Word", 20)), ClassName.Of(string.Concat(Enumerable.Repeat("word ", 1000)), "a"));

    [TestMethod]
    [DataRow("%(rev)s_%(slug)s", "abc_my_slug.cs")]
    [DataRow("%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d_%(second).2d_%(rev)s", "20260102_0304_05_abc.cs")]
    [DataRow("%(year)d/%(month).2d/%(epoch)d", "2026/01/1767323045.cs")]
    [DataRow("%(slug).2s-%(rev)5s", "my-  abc.cs")]
    public void A_file_template_names_the_file(string template, string expected) =>
        Assert.AreEqual(expected, new FileTemplate(template).Render("abc", "my_slug", Date));

    [TestMethod]
    [DataRow("../%(rev)s")]
    [DataRow("a/../../%(rev)s")]
    [DataRow("/%(rev)s")]
    [DataRow("a//%(rev)s")]
    [DataRow("C:%(rev)s")]
    [DataRow("a\\%(rev)s")]
    [DataRow("con/%(rev)s")]
    [DataRow("NUL")]
    [DataRow("")]
    [DataRow("x./%(rev)s")]
    [DataRow("what?%(rev)s")]
    [DataRow("%(author)s")]
    [DataRow("%(rev)d")]
    [DataRow("100%")]
    [DataRow("%(slug)300s")]
    public void A_file_template_that_makes_no_safe_name_is_refused(string template) =>
        Assert.ThrowsExactly<ConfigurationException>(() => new FileTemplate(template).Render("abc", "my_slug", Date));

    [TestMethod]
    [DataRow("1975ea83b712", null)]
    [DataRow("früh_1.x", null)]
    [DataRow("a-b", "Character(s) '-' not allowed in revision identifier 'a-b'")]
    [DataRow("x-y@z+1:2-3", "Character(s) '+, -, :, @' not allowed in revision identifier 'x-y@z+1:2-3'")]
    [DataRow("a\"b", "Character(s) '\"' not allowed in revision identifier 'a\"b'")]
    [DataRow("../x", "Character(s) '/' not allowed in revision identifier '../x'")]
    [DataRow("a\\b", "Character(s) '\\' not allowed in revision identifier 'a\\b'")]
    [DataRow("a b", "Character(s) ' ' not allowed in revision identifier 'a b'")]
    [DataRow("a\u001b[31m", "Character(s) '\\u001b' not allowed in revision identifier 'a\\u001b[31m'")]
    [DataRow("a\u2028b\u202e", "Character(s) '\\u2028, \\u202e' not allowed in revision identifier 'a\\u2028b\\u202e'")]
    [DataRow("", "The revision identifier is empty")]
    [DataRow("12345678901234567890123456789012", null)]
    [DataRow("123456789012345678901234567890123",
        "Revision identifier '123456789012345678901234567890123' is 33 characters long; the version table holds 32")]
    [DataRow("heads", "'heads' is a symbol for a place in the history; it can't be a revision identifier")]
    public void A_revision_id_is_checked(string id, string? error)
    {
        if (error is null)
        {
            RevisionId.Check(id);
        }
        else
        {
            Assert.AreEqual(error, Assert.ThrowsExactly<AlembicException>(() => RevisionId.Check(id)).Message);
        }
    }

    [TestMethod]
    public void A_new_revision_id_is_twelve_hexadecimal_digits() =>
        Assert.AreEqual("56789abcdef0", RevisionId.New(() => Guid.Parse("00000000-0000-4000-8000-56789abcdef0")));

    [TestMethod]
    [DataRow("UTC", "2026-01-02 03:04:05.000000+00:00")]
    [DataRow("utc", "2026-01-02 03:04:05.000000+00:00")]
    [DataRow("Asia/Tokyo", "2026-01-02 12:04:05.000000+09:00")]
    [DataRow("America/New_York", "2026-01-01 22:04:05.000000-05:00")]
    [DataRow(null, "2026-01-02 05:04:05.000000")]
    public void A_create_date_has_an_offset_only_with_a_zone(string? zone, string expected) =>
        Assert.AreEqual(expected, CreateDate.Now(new Clock(), zone).ToString());

    [TestMethod]
    [DataRow("Mars/Olympus")]
    [DataRow("../../../etc/localtime")]
    [DataRow("/etc/localtime")]
    public void An_unknown_zone_is_named(string zone) =>
        Assert.AreEqual($"Can't locate timezone: {zone}",
            Assert.ThrowsExactly<AlembicException>(() => CreateDate.Now(new Clock(), zone)).Message);

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Date;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.CreateCustomTimeZone("two", TimeSpan.FromHours(2), "two", "two");
    }
}
