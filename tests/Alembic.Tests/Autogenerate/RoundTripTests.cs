using Alembic.Autogenerate;
using Alembic.Databases;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

[TestClass]
public sealed class RoundTripTests
{
    [TestMethod]
    [DataRow("sqlite", "NUMERIC(10, 2)", "decimal(10,2)", true)]
    [DataRow("sqlite", "NUMERIC(10, 2)", "NUMERIC(12, 4)", false)]
    [DataRow("sqlite", "NUMERIC(10)", "NUMERIC(10, 0)", true)]
    [DataRow("sqlite", "NUMERIC", "NUMERIC(10, 2)", true)]
    [DataRow("sqlite", "VARCHAR(10)", "VARCHAR(20)", false)]
    [DataRow("sqlite", "VARCHAR(10)", "VARCHAR", true)]
    [DataRow("sqlite", "VARCHAR(10)", "TEXT", false)]
    [DataRow("sqlite", "INT", "INTEGER", true)]
    [DataRow("sqlite", "INTEGER", "BIGINT", false)]
    [DataRow("sqlite", "FLOAT", "NUMERIC", false)]
    [DataRow("postgresql", "FLOAT", "double precision", true)]
    [DataRow("postgresql", "TIMESTAMP", "timestamp without time zone", true)]
    [DataRow("postgresql", "TIMESTAMP", "timestamp with time zone", false)]
    [DataRow("postgresql", "timestamp(3) with time zone", "TIMESTAMP(6) WITH TIME ZONE", false)]
    [DataRow("postgresql", "character varying(5)", "VARCHAR(5)", true)]
    [DataRow("postgresql", "integer[]", "INTEGER", false)]
    [DataRow("mysql", "BOOL", "tinyint(1)", true)]
    [DataRow("mysql", "INTEGER", "int(11)", true)]
    [DataRow("mysql", "INTEGER", "int(11) unsigned", false)]
    [DataRow("mysql", "ENUM('a','b')", "enum('a','b')", true)]
    [DataRow("mysql", "ENUM('a','b')", "enum('a, b')", false)]
    [DataRow("mariadb", "JSON", "longtext", true)]
    public void Spellings_of_the_same_type_are_the_same(string dialect, string a, string b, bool same)
    {
        TypeText Parse(string text) => TypeText.Parse(text, Dialects.Find(dialect)!.Comparison);
        Assert.AreEqual(same, Parse(a).IsSameAs(Parse(b)));
        Assert.AreEqual(same, Parse(b).IsSameAs(Parse(a)));
    }

    [TestMethod]
    [DataRow("a > 0", "(A>0)", true)]
    [DataRow("a > 0", "a > 1", false)]
    [DataRow("name = 'A b'", "name='A b'", true)]
    [DataRow("name = 'A b'", "name='a b'", false)]
    [DataRow("not a", "nota", false)]
    [DataRow("(a) or (b)", "a) or (b", false)]
    [DataRow("lower( name )", "LOWER(name)", true)]
    [DataRow("x is 'a' or y", "x is 'a'or y", false)]
    [DataRow("((a))", "a", true)]
    public void Expressions_differ_only_in_more_than_writing(string a, string b, bool same) =>
        Assert.AreEqual(same, ExpressionText.IsSame(a, b, PlainDialect.Sqlite));

    [TestMethod]
    public void What_a_server_makes_of_an_expression_is_not_guessed()
    {
        Assert.IsTrue(ExpressionText.IsSame("a in (1, 2)", "(a = ANY (ARRAY[1, 2]))", PlainDialect.PostgreSql));
        Assert.IsFalse(ExpressionText.IsSame("a in (1, 2)", null, PlainDialect.PostgreSql));
    }

    [TestMethod]
    public void Defaults_that_mean_the_same_are_the_same()
    {
        Same(true, "1", SqlType.Boolean);
        Same(0, "0", SqlType.Integer);
        Same(1.50m, "1.5", SqlType.Numeric(5, 2));
        Same("x", "x", SqlType.Text);
        Same(Sql.Text("CURRENT_TIMESTAMP"), Sql.Text("(current_timestamp)"), SqlType.DateTime);
        Different("", null, SqlType.Text);
        Different("x", "X", SqlType.Text);
        Different("1", Sql.Text("1"), SqlType.Text);
        Different(true, false, SqlType.Boolean);
        Different(1, 10, SqlType.Integer);
        Assert.AreEqual(
            DefaultText.Of("x", SqlType.Text, PlainDialect.PostgreSql),
            DefaultText.Of(Sql.Text("'x'::character varying"), SqlType.Text, PlainDialect.PostgreSql));
    }

    private static void Same(ServerDefault? a, ServerDefault? b, SqlType type) =>
        Assert.AreEqual(DefaultText.Of(a, type, PlainDialect.Sqlite), DefaultText.Of(b, type, PlainDialect.Sqlite));

    private static void Different(ServerDefault? a, ServerDefault? b, SqlType type) =>
        Assert.AreNotEqual(DefaultText.Of(a, type, PlainDialect.Sqlite), DefaultText.Of(b, type, PlainDialect.Sqlite));
}
