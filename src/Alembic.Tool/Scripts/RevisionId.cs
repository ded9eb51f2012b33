using System.Globalization;

namespace Alembic.Tool.Scripts;

/// <summary>Creates and checks the ids of new revisions.</summary>
internal static class RevisionId
{
    // Alembic reserves these: they have a meaning in "label@head", "abc+2" and "a:b".
    private const string Reserved = "@-+:";

    // An id becomes part of a file name and of a string literal.
    private const string Unsafe = "\"'\\/<>|?*";

    /// <summary>The length of the version table's column.</summary>
    public const int Longest = 32;

    private static readonly string[] Names = ["head", "heads", "base", "current"];

    public static string New(Func<Guid> newGuid) => newGuid().ToString("N")[^12..];

    /// <summary>Refuses an id that cannot be addressed, or that a file name or a string literal cannot hold.</summary>
    public static void Check(string id)
    {
        if (id.Length == 0)
        {
            throw new AlembicException("The revision identifier is empty");
        }

        if (Names.Contains(id))
        {
            throw new AlembicException($"'{id}' is a symbol for a place in the history; it can't be a revision identifier");
        }

        var refused = id.Where(IsRefused).Distinct().Order().Select(Shown).ToList();
        if (refused.Count > 0)
        {
            throw new AlembicException(
                $"Character(s) '{string.Join(", ", refused)}' not allowed in revision identifier '{string.Concat(id.Select(Shown))}'");
        }

        if (id.Length > Longest)
        {
            throw new AlembicException($"Revision identifier '{id}' is {id.Length} characters long; the version table holds {Longest}");
        }
    }

    private static bool IsRefused(char c) => Reserved.Contains(c) || Unsafe.Contains(c) || char.IsWhiteSpace(c) || IsInvisible(c);

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned;

    private static string Shown(char c) => IsInvisible(c) ? $"\\u{(int)c:x4}" : $"{c}";
}
