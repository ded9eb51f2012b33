using Alembic.Databases;
using Alembic.Operations;
using Alembic.Migrations;

namespace Alembic.Tests.Migrations;

/// <summary>
/// A parameter is written as a literal where it is one, and left alone in strings, names and comments, each database's own included.
/// </summary>
[TestClass]
public sealed class ScriptParametersTests
{
    [TestMethod]
    // What all of them know.
    [DataRow("sqlite postgresql mysql mariadb mssql", "@a, '@a', 'it''s @a', \"@a \"\"@a\", -- @a '\n@a /* @a ' */ @a",
        "1, '@a', 'it''s @a', \"@a \"\"@a\", -- @a '\n1 /* @a ' */ 1")]
    [DataRow("sqlite postgresql mysql mariadb mssql", "@@a @aa @é @", "@@a 2 3 @")]
    // Brackets are an index or a pattern on PostgreSQL and MySQL.
    [DataRow("postgresql mysql mariadb", "a[@a] ", "a[1] ")]
    [DataRow("sqlite mssql", "[@a] @a [it's] @a", "[@a] 1 [it's] 1")]
    [DataRow("mssql", "[a]]@a] @a", "[a]]@a] 1")]
    [DataRow("sqlite mysql mariadb", "`@a` @a `a``@a`", "`@a` 1 `a``@a`")]
    // Backslashes escape on MySQL, and on PostgreSQL only where an E says so.
    [DataRow("mysql mariadb", @"'\'@a' @a ""\""@a"" @a '\\' @a", @"'\'@a' 1 ""\""@a"" 1 '\\' 1")]
    [DataRow("sqlite postgresql mssql", @"'\' @a '\'", @"'\' 1 '\'")]
    [DataRow("postgresql", @"E'\'@a''\'@a' @a e'\\' @a", @"E'\'@a''\'@a' 1 e'\\' 1")]
    [DataRow("postgresql", @"name'\' @a '", @"name'\' 1 '")]
    [DataRow("postgresql", "$$ @a ' $$ @a $tag$ @a $$ @a $other$ $tag$ @a", "$$ @a ' $$ 1 $tag$ @a $$ @a $other$ $tag$ 1")]
    [DataRow("postgresql", "$1 @a a$b$ @a $b$", "$1 1 a$b$ 1 $b$")]
    [DataRow("sqlite mysql mariadb mssql", "$$ @a $$", "$$ 1 $$")]
    [DataRow("postgresql mssql", "/* /* */ @a */ @a", "/* /* */ @a */ 1")]
    [DataRow("sqlite mysql mariadb", "/* /* */ @a", "/* /* */ 1")]
    // MySQL's comments.
    [DataRow("mysql mariadb", "@a # @a\n@a --@a\n-- @a\n@a", "1 # @a\n1 --1\n-- @a\n1")]
    [DataRow("sqlite postgresql mssql", "a # @a --@a", "a # 1 --@a")]
    // What does not end, ends with the statement.
    [DataRow("sqlite postgresql mysql mariadb mssql", "@a ' @a", "1 ' @a")]
    [DataRow("sqlite postgresql mysql mariadb mssql", "@a /* @a", "1 /* @a")]
    [DataRow("postgresql", "@a $t$ @a $$", "1 $t$ @a $$")]
    public void A_parameter_is_one_where_the_database_would_see_one(string dialects, string sql, string expected)
    {
        var parameters = new Dictionary<string, object?> { ["a"] = 1, ["aa"] = 2, ["é"] = 3 };
        foreach (var name in dialects.Split(' '))
            Assert.AreEqual(expected, ScriptParameters.Inline(new Statement(sql) { Parameters = parameters }, Dialects.Find(name)!), name);
    }

    [TestMethod]
    [DataRow("sqlite postgresql mysql mariadb mssql", "SELECT 1", "SELECT 1;")]
    [DataRow("sqlite postgresql mysql mariadb mssql", "SELECT 1;", "SELECT 1;")]
    [DataRow("sqlite postgresql mysql mariadb mssql", "SELECT 1 -- one", "SELECT 1 -- one\n;")]
    [DataRow("mysql mariadb", "SELECT 1 # one", "SELECT 1 # one\n;")]
    [DataRow("sqlite postgresql mssql", "SELECT '# one'", "SELECT '# one';")]
    [DataRow("postgresql", "DO $$ BEGIN END -- $$", "DO $$ BEGIN END -- $$;")]
    [DataRow("mysql mariadb", "SELECT 2-", "SELECT 2-;")]
    public void A_comment_at_the_end_does_not_swallow_the_terminator(string dialects, string sql, string expected)
    {
        foreach (var name in dialects.Split(' '))
            Assert.AreEqual(expected, ScriptParameters.Terminated(sql, Dialects.Find(name)!), name);
    }
}
