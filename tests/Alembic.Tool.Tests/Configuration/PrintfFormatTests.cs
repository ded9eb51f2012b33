using Alembic.Tool.Configuration;
using CsCheck;

namespace Alembic.Tool.Tests.Configuration;

[TestClass]
public sealed class PrintfFormatTests
{
    private static string Render(string format) =>
        PrintfFormat.Parse(format).Render(name => name switch { "s" => "ERROR", "n" => 7L, "m" => -7L, "f" => 2.5, _ => null });

    [TestMethod]
    [DataRow("", "")]
    [DataRow("100%%", "100%")]
    [DataRow("%(s)s|%(n)d", "ERROR|7")]
    [DataRow("%(s)-7.3s|", "ERR    |")]
    [DataRow("%(s)7s", "  ERROR")]
    [DataRow("%(n).2d", "07")]
    [DataRow("%(n)03d", "007")]
    [DataRow("%(m)03d", "-07")]
    [DataRow("%(n)+d", "+7")]
    [DataRow("%(n)s", "7")]
    [DataRow("%(f).1f", "2.5")]
    public void Fields_are_written_as_Python_writes_them(string format, string expected) => Assert.AreEqual(expected, Render(format));

    [TestMethod]
    [DataRow("%")]
    [DataRow("%s")]
    [DataRow("%(s")]
    [DataRow("%(s)")]
    [DataRow("%(s)q")]
    [DataRow("%(s)d")]
    [DataRow("%(x)s")]
    [DataRow("%(s)99999999999s")]
    public void What_is_no_format_is_refused(string format) => Assert.ThrowsExactly<FormatException>(() => Render(format));

    [TestMethod]
    public void Any_text_is_rendered_or_refused() => Gen.String[Gen.Char["%()sdf.-0+ 123 n"], 0, 20].Check(20_000, text =>
    {
        try
        {
            Assert.IsNotNull(Render(text));
        }
        catch (FormatException)
        {
            // Refused.
        }
    });
}
