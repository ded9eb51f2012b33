namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class ArgumentOrderTests
{
    [TestMethod]
    [DataRow("downgrade -1")]
    [DataRow("downgrade --sql bbb2:aaa1")]
    [DataRow("downgrade bbb2:aaa1 --sql")]
    [DataRow("history -vr aaa1:bbb2")]
    [DataRow("history -r:")]
    [DataRow("history --rev=aaa1: --verb")]
    [DataRow("history --ver")]
    [DataRow("history -- ")]
    [DataRow("-q history -v")]
    [DataRow("history -v -q")]
    [DataRow("-x a=b -x c=d current")]
    [DataRow("current -x a=b -v")]
    [DataRow("revision -mtext")]
    [DataRow("revision --mess text")]
    [DataRow("revision --message=-dash")]
    [DataRow("revision -m -5")]
    [DataRow("stamp bbb2 --tag word")]
    [DataRow("upgrade bbb2 --s")]
    [DataRow("downgrade bbb2:aaa1 --s")]
    public void What_Alembics_users_type_is_understood(string line)
    {
        using var project = new Project();
        project.Revision("aaa1", "one");
        project.Revision("bbb2", "two", "aaa1");
        project.Run("upgrade", "head").Ok();
        project.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Ok();
    }

    [TestMethod]
    public void A_message_may_begin_with_a_dash_if_it_has_a_blank()
    {
        using var project = new Project();
        project.Run("revision", "-m", "- x").Ok();
        Assert.AreEqual("<base> -> 000000000001 (head), - x\n", project.Run("history").Ok().Out);
    }

    [TestMethod]
    public void A_glued_message_may_hold_blanks()
    {
        using var project = new Project();
        project.Run("revision", "--mess=two words").Ok();
        project.Run("revision", "-mthree more words").Ok();
        Assert.AreEqual("000000000001 -> 000000000002 (head), three more words\n<base> -> 000000000001, two words\n",
            project.Run("history").Ok().Out);
    }

    [TestMethod]
    public void Of_an_option_given_twice_the_last_counts()
    {
        using var project = new Project();
        project.Run("revision", "-m", "first", "-m", "second").Ok();
        Assert.Contains(", second", project.Run("history").Ok().Out);
    }

    [TestMethod]
    public void Each_command_has_a_help_of_its_own()
    {
        using var project = new Project(initialised: false);
        Assert.Contains("Usage: dotnet-alembic upgrade [arguments] [options]", project.Run("upgrade", "--help").Ok().Out);
        Assert.Contains("list_templates", project.Run("-h").Ok().Out);
    }
}
