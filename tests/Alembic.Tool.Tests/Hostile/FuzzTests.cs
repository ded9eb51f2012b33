using Alembic.Compiler;
using Alembic.Databases.Sqlite;
using Alembic.Revisions;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>
/// Whatever is read is understood or refused in so many words: 20,000 inputs each, made of the pieces that matter, the same in every run.
/// </summary>
[TestClass]
public sealed class FuzzTests
{
    private const int Count = 20_000;

    [TestMethod]
    public void Ini_files() => Read(
        ["[", "]", "[alembic]", "[DEFAULT]", "=", ":", "\n", "\r\n", "\r", " ", "\t", "#", ";", "%", "%%", "%(", ")s", "%(here)s", "%(a)s",
            "a", "A", "b", "\"", "'", "\\", "\0", "\u0085", "\u2028", "ä", "\ufeff", "a = %(b)s\n", "b = %(a)s%(a)s\n"],
        text =>
        {
            var ini = IniFile.Parse(text, "alembic.ini", _ => null);
            foreach (var section in ini.Sections)
                ini.Section(section);
        });

    [TestMethod]
    public void URLs() => Read(
        ["postgresql", "sqlite", "mysql", "mssql", "+x", "://", ":", "/", "//", "@", "?", "&", "=", "%", "%4", "%40", "%00", "%ff", "[",
            "]", "::1", "host", "5432", "99999", "a", ";", "#", ",", "\\", " ", "\0", "ä", "password"],
        text => _ = DatabaseUrl.Parse(text).Display);

    [TestMethod]
    public void Revision_ranges()
    {
        var map = new RevisionMap([new Revision("aaa1", [], branchLabels: ["left"]), new Revision("aab2", ["aaa1"]),
            new Revision("bbb3", ["aaa1"])]);
        Read(
            [":", "::", "+", "-", "1", "2", "99999999999", "head", "heads", "base", "current", "@", "left", "left@", "aaa1", "aa", "b", ",",
                " ", "", "\0", "ä", "\ud800"],
            text => _ = map.History(RevisionRange.Parse(text), ["aab2"]).Count);
    }

    [TestMethod]
    public void Revision_headers()
    {
        var compiler = new SourceCompiler();
        var random = new Random(4);
        string[] pieces = ["[Revision(", "[Revises(", "[BranchLabels(", "\"a\"", "\"", "\"\"\"", "$\"{", "}", "@\"", ")]", "(", ")", "[",
            "]", "{", "class C", "file ", "namespace N;", "/*", "*/", "//", "\n", "#if X", "#endif", "#line 1 \"x\"", ",", "nameof(",
            "\\u0000", "\0", "\ud800", "ä", "<", ">", "="];
        var sources = Enumerable.Range(0, Count).Select(index => new SourceFile($"{index}.cs", Text(random, pieces))).ToList();
        Assert.AreEqual(Count, compiler.ReadHeaders(sources).Count);
    }

    [TestMethod]
    public void SQL_of_SQLite()
    {
        var random = new Random(4);
        string[] pieces = ["CREATE TABLE", " ", "t", "(", ")", ",", "'", "''", "\"", "`", "[", "]", "--", "\n", "/*", "*/", "x'", "1.",
            ".5e", "0x", "->>", "||", ";", "$", "?", "@", "\0", "ä", "\ufeff", "\ud800"];
        for (var index = 0; index < Count; index++)
        {
            var text = Text(random, pieces);
            Assert.AreEqual(text, string.Concat(DdlTokenizer.Tokenize(text).Select(token => text[token.Start..token.End])));
        }
    }

    private static void Read(string[] pieces, Action<string> read)
    {
        var random = new Random(4);
        var refused = 0;
        for (var index = 0; index < Count; index++)
        {
            var text = Text(random, pieces);
            try
            {
                read(text);
            }
            catch (AlembicException exception)
            {
                Assert.IsGreaterThan(0, exception.Message.Length);
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"{System.Text.Json.JsonSerializer.Serialize(text)}: {exception}");
            }
        }
        Assert.IsTrue(refused is > 0 and < Count, $"{refused} refused");
    }

    private static string Text(Random random, string[] pieces) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
}
