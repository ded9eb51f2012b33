using System.Text;

namespace Alembic.Tool.Scripts;

/// <summary>Turns the message into a part of a file name.</summary>
internal static class Slug
{
    /// <param name="limit">The number of characters above which the slug is cut, at an underscore if there is one.</param>
    public static string Of(string message, int limit)
    {
        var slug = string.Join('_', Words.Of(message)).ToLowerInvariant();
        if (slug.Length <= limit)
            return slug;
        var characters = slug.EnumerateRunes().Take(limit + 1).ToList();
        if (characters.Count <= limit)
        {
            return slug;
        }

        var cut = string.Concat(characters.Take(limit).Select(rune => rune.ToString()));
        var underscore = cut.LastIndexOf('_');
        return (underscore < 0 ? cut : cut[..underscore]) + "_";
    }
}
