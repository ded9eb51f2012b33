using Alembic.Databases.Sqlite;
using CsCheck;

namespace Alembic.Tests.Databases.Sqlite;

[TestClass]
public sealed class DdlTokenizerTests
{
    [TestMethod]
    [DataRow("a\"b\"\"c\"[d]]", "Word:a QuotedName:\"b\"\"c\" QuotedName:[d] Punctuation:]")]
    [DataRow("`a``b`'it''s'", "QuotedName:`a``b` String:'it''s'")]
    [DataRow("x'00ff'X''xy", "Blob:x'00ff' Blob:X'' Word:xy")]
    [DataRow("1 0x1F 1.5e-3 .5 1e+5 1_000", "Number:1 Number:0x1F Number:1.5e-3 Number:.5 Number:1e+5 Number:1_000")]
    [DataRow("-1", "Punctuation:- Number:1")]
    [DataRow("a--c\nb", "Word:a LineComment:--c Word:b")]
    [DataRow("a/* ' */b", "Word:a BlockComment:/* ' */ Word:b")]
    [DataRow("a/* never closed", "Word:a BlockComment:/* never closed")]
    [DataRow("'never closed", "Illegal:'never closed")]
    [DataRow("größe 表 a$1 😀", "Word:größe Word:表 Word:a$1 Word:😀")]
    [DataRow("a||b->>c<>d!=e==f",
        "Word:a Punctuation:|| Word:b Punctuation:->> Word:c Punctuation:<> Word:d Punctuation:!= Word:e Punctuation:== Word:f")]
    [DataRow("t.a", "Word:t Punctuation:. Word:a")]
    [DataRow("'--' \"/*\" [--]", "String:'--' QuotedName:\"/*\" QuotedName:[--]")]
    public void Text_is_cut_where_SQLite_cuts_it(string sql, string expected) =>
        Assert.AreEqual(expected,
            string.Join(" ", DdlTokenizer.Tokenize(sql).Where(t => t.Kind is not DdlTokenKind.Space).Select(t => $"{t.Kind}:{t}")));

    [TestMethod]
    public void The_tokens_of_any_text_are_the_text() => Gen.String[Gen.Char["aZ0_ \n\r\t'\"`[]()-/*.,;xX|<>=é$"], 0, 40].Check(100, sql =>
    {
        var tokens = DdlTokenizer.Tokenize(sql);
        Assert.AreEqual(sql, string.Concat(tokens));
        Assert.IsTrue(tokens.All(t => t.End > t.Start));
    });

    [TestMethod]
    [DataRow("\"a\"\"b\"", "a\"b")]
    [DataRow("[a\"b]", "a\"b")]
    [DataRow("`a``b`", "a`b")]
    [DataRow("'a''b'", "a'b")]
    [DataRow("Größe", "Größe")]
    public void A_name_is_what_its_quotes_hold(string sql, string name) =>
        Assert.AreEqual(name, DdlName.Of(DdlTokenizer.Tokenize(sql).Single()));

    [TestMethod]
    [DataRow("plain", "plain")]
    [DataRow("größe", "größe")]
    [DataRow("select", "\"select\"")]
    [DataRow("End", "\"End\"")]
    [DataRow("two words", "\"two words\"")]
    [DataRow("a\"b", "\"a\"\"b\"")]
    [DataRow("1a", "\"1a\"")]
    [DataRow("", "\"\"")]
    [DataRow("a-b", "\"a-b\"")]
    public void Names_are_quoted_where_they_must_be(string name, string expected) => Assert.AreEqual(expected, DdlName.QuoteIfNeeded(name));

    [TestMethod]
    [DataRow("Name", "nAME", true)]
    [DataRow("Ä", "ä", false)]
    [DataRow("k", "\u212A", false)]
    [DataRow("s", "ſ", false)]
    public void Only_ASCII_letters_lose_their_case(string left, string right, bool same)
    {
        Assert.AreEqual(same, DdlName.Comparer.Equals(left, right));
        using var database = new ScratchDatabase();
        Assert.AreEqual(same ? "1" : "0", database.Rows($"SELECT '{left}' = '{right}' COLLATE nocase").Single());
    }

    [TestMethod]
    [DataRow("ſelect")]
    [DataRow("chec\u212A")]
    public void Keywords_are_ASCII(string word)
    {
        Assert.IsFalse(DdlKeywords.Contains(word));
        using var database = new ScratchDatabase($"CREATE TABLE {word} ({word})");
        Assert.AreEqual(word, CreateTableStatement.Parse(database.Sql(word)).Columns.Single().Name);
    }

    // The list of words is by hand; a real SQLite says of each whether it is a name.
    [TestMethod]
    public void Reserved_words_are_those_that_SQLite_refuses_as_a_column()
    {
        using var database = new ScratchDatabase();
        var words = database.Rows("SELECT 1").Count == 1 ? Words : [];
        foreach (var word in words)
        {
            var accepted = true;
            try
            {
                database.Execute($"CREATE TABLE t ({word} TEXT); DROP TABLE t");
            }
            catch (AssertFailedException)
            {
                accepted = false;
            }
            Assert.AreEqual(accepted, !DdlKeywords.IsReserved(word), word);
        }
    }

    private static string[] Words => """
        ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEFORE BEGIN BETWEEN BY CASCADE CASE CAST CHECK COLLATE COLUMN
        COMMIT CONFLICT CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE DEFAULT DEFERRABLE DEFERRED DELETE DESC
        DETACH DISTINCT DO DROP EACH ELSE END ESCAPE EXCEPT EXCLUDE EXCLUSIVE EXISTS EXPLAIN FAIL FILTER FIRST FOLLOWING FOR FOREIGN FROM FULL
        GENERATED GLOB GROUP GROUPS HAVING IF IGNORE IMMEDIATE IN INDEX INDEXED INITIALLY INNER INSERT INSTEAD INTERSECT INTO IS ISNULL JOIN KEY LAST
        LEFT LIKE LIMIT MATCH MATERIALIZED NATURAL NO NOT NOTHING NOTNULL NULL NULLS OF OFFSET ON OR ORDER OTHERS OUTER OVER PARTITION PLAN PRAGMA
        PRECEDING PRIMARY QUERY RAISE RANGE RECURSIVE REFERENCES REGEXP REINDEX RELEASE RENAME REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS
        SAVEPOINT SELECT SET TABLE TEMP TEMPORARY THEN TIES TO TRANSACTION TRIGGER UNBOUNDED UNION UNIQUE UPDATE USING VACUUM VALUES VIEW VIRTUAL
        WHEN WHERE WINDOW WITH WITHIN WITHOUT
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
