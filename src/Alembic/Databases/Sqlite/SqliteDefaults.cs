using System.Globalization;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>Reads the default that the text after DEFAULT means.</summary>
internal static class SqliteDefaults
{
    public static ServerDefault? Read(string? text)
    {
        if (text is null)
            return null;
        var tokens = DdlTokenizer.Tokenize(text).Where(t => !t.IsTrivia).ToList();
        return tokens switch
        {
            [{ Kind: DdlTokenKind.String }] or [{ Kind: DdlTokenKind.QuotedName }] => DdlName.Of(tokens[0]),
            [var word] when word.Is("NULL") => null,
            [var word] when word.Is("TRUE") => true,
            [var word] when word.Is("FALSE") => false,
            [var word] when word.Is("CURRENT_TIME") || word.Is("CURRENT_DATE") || word.Is("CURRENT_TIMESTAMP") =>
                Sql.Text(word.ToString().ToUpperInvariant()),
            [{ Kind: DdlTokenKind.Word } word] => word.ToString(),
            [{ Kind: DdlTokenKind.Number } number] => Number(number.ToString()),
            [var sign, { Kind: DdlTokenKind.Number } number] when sign.Is("-") => Number("-" + number),
            [var sign, { Kind: DdlTokenKind.Number } number] when sign.Is("+") => Number(number.ToString()),
            [var open, .., var close] when open.Is("(") && close.Is(")") => Sql.Text(text[open.End..close.Start].Trim()),
            _ => Sql.Text(text),
        };
    }

    private static ServerDefault Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : Sql.Text(text);
}
