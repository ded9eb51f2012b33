using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>
/// Finds what a <see cref="Table"/> cannot hold of a table. The server itself decides: what was read is created once more as a temporary
/// table, and SHOW has to print both alike.
/// </summary>
internal static class MySqlUnmapped
{
    private const string Own =
        """
        SELECT DATABASE() AS name, CONCAT(@@character_set_database, ' COLLATE ', @@collation_database) AS charset,
          CONCAT(@@character_set_server, ' COLLATE ', @@collation_server) AS usual
        """;

    public static IReadOnlyList<UnmappedObject> Read(MySqlDialect dialect, IMigrationSession session, MetaData database)
    {
        var row = session.Query(new Statement(Own))[0];
        var own = (string?)row["name"];
        return
        [
            .. CharacterSet(own, (string)row["charset"]!, (string)row["usual"]!),
            .. database.Tables.Select(t => OfTable(t, dialect, session, own)).OfType<UnmappedObject>(),
            .. MySqlObjects.Read(dialect, session, own),
        ];
    }

    // Tables and routines that name none have it.
    private static IEnumerable<UnmappedObject> CharacterSet(string? own, string charset, string usual)
    {
        static Execute To(string charset) => new($"ALTER DATABASE CHARACTER SET {charset}");
        if (own is not null && charset != usual)
            yield return new("database", own) { IsBeforeTables = true, Instead = [To(charset) with { Undo = To(usual) }] };
    }

    private static UnmappedObject? OfTable(Table table, MySqlDialect dialect, IMigrationSession session, string? own)
    {
        var text = MySqlShown.Table(dialect.Quote(table.Schema, table.Name), session);
        return !text.Split('\n').Any(SaysMore) && Copy(table, dialect, session) is { } copy
            && InOrder(Lines(copy, isCopy: true)).SequenceEqual(InOrder(Lines(text, isCopy: true)))
            ? null
            : new("table", table.Name, table.Schema)
            {
                IsTable = true,
                Instead = [new Execute(string.Join('\n', Lines(Qualified(MySqlSequences.Local(text, own), table, dialect), isCopy: false)))
                {
                    Undo = new DropTable(table.Name, table.Schema)
                }],
            };
    }

    // A copy does not have the index to compare it with: a parser, for example, or that it is invisible.
    private static bool SaysMore(string line)
    {
        if (!IsWithoutCopy(line))
            return false;
        var tokens = MySqlToken.Read(line.TrimEnd(','));
        var rest = tokens.Skip(tokens.ToList().FindLastIndex(t => t.Is(")")) + 1).ToList();
        return rest is not [] && !(rest is [var word, { Kind: MySqlTokenKind.String }] && word.Is("COMMENT"));
    }

    // Null if it cannot be created, which means the same.
    private static string? Copy(Table table, MySqlDialect dialect, IMigrationSession session)
    {
        // A temporary table has no foreign keys, and InnoDB does not support such indexes in it.
        var plain = table.Without([.. table.ForeignKeys]);
        plain = plain with { Items = [.. plain.Items.Where(i => i is not TableIndex { Method: "fulltext" or "spatial" })] };
        return MySqlSettings.Prepared(session, [plain],
            () => MySqlTemporaryTable.Use(plain, dialect, session, name => MySqlShown.Table(name, session)));
    }

    private static string Qualified(string text, Table table, MySqlDialect dialect) =>
        table.Schema is null
        ? text
        : $"CREATE TABLE {dialect.Quote(table.Schema, table.Name)} {text[text.IndexOf('(', StringComparison.Ordinal)..]}";

    // Each item is on a line of its own. Foreign keys are added when all tables exist; the last number given belongs to the rows.
    private static List<string> Lines(string text, bool isCopy)
    {
        var lines = text.Split('\n').Where(line => !IsForeignKey(line)
            && !(isCopy && IsWithoutCopy(line))).ToList();
        var end = lines.FindLastIndex(line => line.StartsWith(')'));
        lines[end - 1] = lines[end - 1].TrimEnd(',');
        lines[end] = WithoutNumber(lines[end]);
        if (isCopy)
            lines[0] = "";
        return lines;
    }

    // Columns keep their order; keys and checks are printed in the order in which they were created, so they are sorted.
    private static IEnumerable<string> InOrder(IReadOnlyList<string> lines) =>
        lines.Where(IsColumn).Concat(lines.Where(line => !IsColumn(line)).Order(StringComparer.Ordinal)).Select(line => line.TrimEnd(','));

    private static bool IsColumn(string line) => line.StartsWith("  `", StringComparison.Ordinal);

    private static bool IsWithoutCopy(string line) =>
        line.StartsWith("  FULLTEXT KEY", StringComparison.Ordinal) || line.StartsWith("  SPATIAL KEY", StringComparison.Ordinal);

    private static bool IsForeignKey(string line) =>
        MySqlToken.Read(line) is [var word, _, var foreign, ..] && word.Is("CONSTRAINT") && foreign.Is("FOREIGN");

    private static string WithoutNumber(string line)
    {
        var tokens = MySqlToken.Read(line);
        var at = tokens.ToList().FindIndex(t => t.Is("AUTO_INCREMENT"));
        return at < 0 ? line : line.Remove(tokens[at].Start, Math.Min(tokens[at + 2].End + 1, line.Length) - tokens[at].Start);
    }
}
