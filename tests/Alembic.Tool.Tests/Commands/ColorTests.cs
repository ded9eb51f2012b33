namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class ColorTests
{
    private const string Plain = "FAILED: Can't locate revision identified by 'haed'\nhint: did you mean 'head' or 'heads'?\n";
    private const string Colored =
        "\u001b[31mFAILED: Can't locate revision identified by 'haed'\u001b[0m\n\u001b[2mhint: did you mean 'head' or 'heads'?\u001b[0m\n";

    [TestMethod]
    [DataRow("", Plain, DisplayName = "no terminal")]
    [DataRow("TERM=xterm", Plain, DisplayName = "no terminal, whatever its kind")]
    [DataRow("FORCE_COLOR=1", Colored, DisplayName = "forced")]
    [DataRow("FORCE_COLOR=1 NO_COLOR=1", Plain, DisplayName = "forced and forbidden")]
    [DataRow("FORCE_COLOR=1 NO_COLOR=", Colored, DisplayName = "an empty variable says nothing")]
    [DataRow("FORCE_COLOR=1 --no-color", Plain, DisplayName = "an option")]
    public void Errors_and_hints_are_colored_where_that_is_wanted(string given, string expected)
    {
        using var project = new Project();
        var words = given.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var variable in words.Where(word => word[0] != '-').Select(word => word.Split('=')))
            project.Environment[variable[0]] = variable[1];
        Assert.AreEqual(expected, project.Run([.. words.Where(word => word[0] == '-'), "show", "haed"]).Error);
    }

    [TestMethod]
    public void A_name_that_a_user_gave_brings_no_color_along()
    {
        using var project = new Project();
        project.Environment["FORCE_COLOR"] = "1";
        Assert.Contains("'\\u001b[32mhaed'", project.Run("show", "\u001b[32mhaed").Error);
    }
}
