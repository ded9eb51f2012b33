namespace Alembic.Databases.Sqlite;

/// <summary>
/// The list between the parentheses: columns and table constraints. Inserts and removes items with their comma. A comment after an item
/// on its line belongs to it; all other comments stay.
/// </summary>
internal sealed class CreateTableItems
{
    private readonly CreateTableStatement _table;
    private readonly List<DdlSpan> _items;

    public CreateTableItems(CreateTableStatement table)
    {
        if (table.Columns.Count == 0)
        {
            throw new DdlEditException(table.Name, "it has no list of columns");
        }
        _table = table;
        _items = [.. table.Columns.Select(c => c.Span), .. table.TableConstraints.Select(c => c.Span)];
    }

    /// <summary>Inserts an item at an index, which must not be after a table constraint unless it is the end.</summary>
    public IReadOnlyList<DdlEdit> Insert(int index, string text) => index == _items.Count ? Append(text) : [Before(index, text)];

    public DdlEdit Remove(DdlSpan item)
    {
        var index = _items.IndexOf(item);
        var (before, after) = (Between(index), Between(index + 1));
        var commaBefore = before.Any(t => t.Is(","));
        var commaAfter = after.Any(t => t.Is(","));
        var isLast = index == _items.Count - 1;
        if (commaAfter && (index == 0 || commaBefore))
        {
            var rest = Text(WithoutOwnComment(before, after, index)).TrimStart();
            return DdlEdit.Between(_table.Tokens, new DdlSpan(item.Start, after[^1].End), rest);
        }
        if (isLast && commaBefore)
        {
            var trivia = before.Where(t => t.IsTrivia).ToList();
            var left = Text(trivia).TrimEnd();
            var right = Text(WithoutOwnComment(before, after, index));
            var gap = DdlEdit.Gap(trivia.LastOrDefault(t => t.Kind is not DdlTokenKind.Space), right + ")");
            return new DdlEdit(new DdlSpan(_items[index - 1].End, _table.Body.End - 1), left + gap + right);
        }
        // Without commas on both sides, the neighbours must stay apart: a lone CONSTRAINT name would apply to another item.
        return DdlEdit.Between(_table.Tokens, item, commaBefore || commaAfter || isLast ? "" : ",");
    }

    private IReadOnlyList<DdlEdit> Append(string text)
    {
        var end = _items[^1].End;
        var (position, behindLineComment) = EndOfComments(end, LineBehind(Between(_items.Count)));
        var lead = Lead(_items.Count - 1, behindLineComment);
        // The comma goes before the comments of its line: after a "--" it would be a part of the comment.
        return [new DdlEdit(new DdlSpan(end, end), ","),
            new DdlEdit(new DdlSpan(position, position), (lead.Length > 0 ? lead : " ") + text)];
    }

    private DdlEdit Before(int index, string text)
    {
        var between = Between(index);
        var comma = between.FindIndex(t => !t.IsTrivia);
        var start = comma < 0 ? _table.Body.Start + 1 : between[comma].End;
        var trivia = between[(comma + 1)..];
        var line = LineBehind(trivia);
        // In "(a INT, /* b is */ b INT)", the comment belongs to the item after it on the same line.
        var endsLine = line.Count < trivia.Count || line is [.., { Kind: DdlTokenKind.LineComment }];
        var (position, behindLineComment) = endsLine ? EndOfComments(start, line) : (start, false);
        return new DdlEdit(new DdlSpan(position, position),
            Lead(index, behindLineComment) + text + (position == _items[index].Start ? ", " : ","));
    }

    private static (int Position, bool BehindLineComment) EndOfComments(int start, List<DdlToken> line)
    {
        var comment = line.FindLastIndex(t => t.Kind is not DdlTokenKind.Space);
        if (comment < 0)
        {
            return (start, false);
        }
        // SQLite takes the \r of a line's end for a part of the comment before it; an editor does not.
        return (line[comment].End - (line[comment].Text[^1] == '\r' ? 1 : 0), line[comment].Kind is DdlTokenKind.LineComment);
    }

    // The white space that separates an item: a line break and its indentation, or a blank.
    private string Lead(int index, bool behindLineComment)
    {
        var space = Between(index) is [.., { Kind: DdlTokenKind.Space } last] ? last.ToString() : "";
        var lineBreak = space.LastIndexOf('\n');
        return lineBreak < 0 ? (behindLineComment ? $"\n{space}" : space)
            : space[(lineBreak > 0 && space[lineBreak - 1] == '\r' ? lineBreak - 1 : lineBreak)..];
    }

    private IEnumerable<DdlToken> WithoutOwnComment(List<DdlToken> before, List<DdlToken> after, int index)
    {
        var line = LineBehind(after);
        var isFirstOfLine = index == 0 || before.Any(t => t.BreaksLine);
        var isLastOfLine = line.Count < after.Count || line is [.., { Kind: DdlTokenKind.LineComment }] || index == _items.Count - 1;
        return (isFirstOfLine && isLastOfLine ? after.Skip(line.Count) : after).Where(t => t.IsTrivia);
    }

    private static List<DdlToken> LineBehind(List<DdlToken> tokens)
    {
        var comment = tokens.FindIndex(t => t.Kind is DdlTokenKind.LineComment);
        var lineBreak = tokens.FindIndex(t => t.BreaksLine);
        return comment >= 0 && (lineBreak < 0 || comment < lineBreak)
            ? tokens[..(comment + 1)] : lineBreak >= 0 ? tokens[..lineBreak] : tokens;
    }

    // The tokens between an item and the one before it: trivia and perhaps a comma.
    private List<DdlToken> Between(int index)
    {
        var start = index == 0 ? _table.Body.Start + 1 : _items[index - 1].End;
        var end = index == _items.Count ? _table.Body.End - 1 : _items[index].Start;
        return [.. _table.Tokens.Where(t => t.Start >= start && t.End <= end)];
    }

    private static string Text(IEnumerable<DdlToken> tokens) => string.Concat(tokens.Select(t => t.ToString()));
}
