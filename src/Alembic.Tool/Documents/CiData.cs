using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Xml;
using Alembic.Tool.Output;

namespace Alembic.Tool.Documents;

/// <summary>The result of one of the checks of <c>ci</c>.</summary>
internal sealed record CiData(
    [Description("The check: 'revisions', 'round trip', 'model', 'lint' or 'scripts'.")] string Check,
    [Description("The database's URL, without its password; null for a check of the files alone.")] string? Database,
    [Description("'ok', 'failed', or 'skipped' for what was not checked.")] string Result,
    [Description("What is wrong, or why it was not checked, or what was checked; in one line.")] string Message,
    [Description("More of it: differences, findings, statements, what to do; a line each.")] IReadOnlyList<string> Details,
    [Description("How many seconds it took.")] double Seconds)
{
    public const string Ok = "ok";
    public const string Failed = "failed";
    public const string Skipped = "skipped";

    /// <summary>Gets the result in one line.</summary>
    /// <param name="isNamed">Whether the line names the database, because there are several.</param>
    public string Line(bool isNamed)
    {
        var word = Result switch { Failed => "FAILED", Skipped => "not checked", _ => Ok };
        return string.Create(CultureInfo.InvariantCulture,
            $"{Check,-12}{word}{(Message.Length > 0 ? $": {Message}" : "")}{(isNamed && Database is not null ? $", {Database}" : "")}"
            + $" ({Seconds:0.0} s)");
    }
}

/// <summary>The report of checks that build servers read: JUnit's XML.</summary>
internal static class JUnitReport
{
    public static string Of(IReadOnlyList<CiData> checks, Func<string, string> shown)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "dotnet alembic ci");
            xml.WriteAttributeString("tests", Number(checks.Count));
            xml.WriteAttributeString("failures", Number(checks.Count(c => c.Result == CiData.Failed)));
            xml.WriteAttributeString("errors", Number(0));
            xml.WriteAttributeString("skipped", Number(checks.Count(c => c.Result == CiData.Skipped)));
            xml.WriteAttributeString("time", Number(checks.Sum(c => c.Seconds)));
            foreach (var check in checks)
                Write(xml, check, text => Clean(shown(text)));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return text.Append('\n').ToString();
    }

    private static void Write(XmlWriter xml, CiData check, Func<string, string> shown)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", check.Database is { } database ? shown(database) : "alembic");
        xml.WriteAttributeString("name", check.Check);
        xml.WriteAttributeString("time", Number(check.Seconds));
        if (check.Result != CiData.Ok)
        {
            xml.WriteStartElement(check.Result == CiData.Failed ? "failure" : "skipped");
            xml.WriteAttributeString("message", shown(check.Message));
            xml.WriteString(shown(string.Join('\n', check.Details)));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    // A text may hold characters that XML may not.
    private static string Clean(string text) => Visible.Text(text).ReplaceLineEndings("\n");

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
