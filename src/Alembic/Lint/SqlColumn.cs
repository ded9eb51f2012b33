using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>Reads the definition of a column.</summary>
internal static class SqlColumn
{
    private static readonly IReadOnlySet<string> NoColumns =
        StatementWords.Set("CONSTRAINT PRIMARY UNIQUE FOREIGN CHECK EXCLUDE LIKE PERIOD KEY INDEX FULLTEXT SPATIAL");

    private static readonly IReadOnlySet<string> AfterType = StatementWords.Set(
        "NOT NULL DEFAULT PRIMARY UNIQUE CHECK REFERENCES CONSTRAINT COLLATE GENERATED AS IDENTITY AUTO_INCREMENT AUTOINCREMENT COMMENT "
        + "AFTER FIRST ON STORED VIRTUAL PERSISTED USING CHARSET INVISIBLE SPARSE STORAGE COMPRESSION");

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["INT"] = "INTEGER", ["INT2"] = "SMALLINT", ["INT4"] = "INTEGER", ["INT8"] = "BIGINT", ["BOOL"] = "BOOLEAN",
        ["DECIMAL"] = "NUMERIC", ["CHARACTER VARYING"] = "VARCHAR", ["TIMESTAMPTZ"] = "TIMESTAMP WITH TIME ZONE",
    };

    private static readonly IReadOnlySet<string> Serials = StatementWords.Set("SERIAL BIGSERIAL SMALLSERIAL SERIAL2 SERIAL4 SERIAL8");

    /// <summary>Reads a column; null if the definition is of something else.</summary>
    public static Column? Of(SqlCursor item, Dialect dialect)
    {
        if (item.IsAny(NoColumns) || item.Name() is not { } name)
            return null;
        var isSerial = item.IsAny(Serials);
        var column = new Column(name, Type(item, dialect)) { Autoincrement = isSerial ? true : null, Nullable = !isSerial };
        while (!item.IsEnd)
        {
            if (item.Take("NOT NULL"))
                column = column with { Nullable = false };
            else if (item.Take("PRIMARY KEY"))
                column = column with { PrimaryKey = true, Nullable = false };
            else if (item.Take("DEFAULT"))
                column = column with { ServerDefault = Sql.Text(Expression(item)) };
            else if (item.Take("AUTO_INCREMENT") || item.Take("AUTOINCREMENT"))
                column = column with { Autoincrement = true };
            else if (item.Take("IDENTITY"))
                column = column with { Identity = new Identity() };
            else if (item.Take("AS") && item.Inside() is { } expression)
                column = column with { Computed = new Computed(expression.Text, item.Take("STORED") || item.Take("PERSISTED")) };
            else
                item.Next();
        }
        return column;
    }

    /// <summary>Reads a type, up to what may follow one.</summary>
    public static SqlType Type(SqlCursor item, Dialect dialect)
    {
        var tokens = item.Until(IsAfterType).Rest;
        var words = string.Join(' ', tokens.TakeWhile(t => t.IsIdentifier));
        var text = OtherNames.GetValueOrDefault(words, words) + string.Concat(tokens.SkipWhile(t => t.IsIdentifier));
        var numbers = tokens.Select(t => int.TryParse(t.ToString(), out var number) ? number : (int?)null).OfType<int>().ToList();
        return Portable(numbers).FirstOrDefault(t => text.Equals(
                dialect.TypeName(t).Replace(", ", ",", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            ?? dialect.ReadType(text.ToLowerInvariant(), new Dictionary<string, SqlType>());
    }

    // The types that rules compare.
    private static IEnumerable<SqlType> Portable(IReadOnlyList<int> numbers) => numbers switch
    {
        [] =>
        [
            SqlType.SmallInteger, SqlType.Integer, SqlType.BigInteger, SqlType.Boolean, SqlType.Float, SqlType.Double, SqlType.Text,
            SqlType.UnicodeText, SqlType.Date, SqlType.DateTime, SqlType.DateTimeTz, SqlType.Numeric(),
        ],
        [var one] => [SqlType.String(one), SqlType.Unicode(one), SqlType.Numeric(one)],
        [var precision, var scale] => [SqlType.Numeric(precision, scale)],
        _ => [],
    };

    private static bool IsAfterType(SqlToken token) => token.IsAny(AfterType);

    // A literal, a call or an expression in parentheses, up to what may follow it.
    private static string Expression(SqlCursor item)
    {
        var text = item.Text;
        item.Take("NULL");
        item.Until(IsAfterType);
        return text[..(text.Length - item.Text.Length)].TrimEnd();
    }
}
