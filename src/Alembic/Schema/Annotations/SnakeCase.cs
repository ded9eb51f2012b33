using System.Text;

namespace Alembic.Schema.Annotations;

internal static class SnakeCase
{
    public static string Apply(this Naming naming, string name) => naming == Naming.SnakeCase ? Of(name) : name;

    // A word begins at a capital after a lower-case letter or digit, and at the last of several capitals if a lower-case letter follows:
    // HTTPServer, UserID2.
    public static string Of(string name)
    {
        var result = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var begins = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins)
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }
        return result.ToString();
    }
}
