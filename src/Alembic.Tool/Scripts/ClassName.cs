using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Alembic.Tool.Scripts;

/// <summary>Turns the message into the name of the revision's class.</summary>
internal static class ClassName
{
    private const int LengthLimit = 80;

    /// <summary>
    /// The names that a class in a revision file would hide: the API's types, attributes and namespaces, and the members of a migration.
    /// </summary>
    public static FrozenSet<string> Taken { get; } = typeof(AlembicException).Assembly.GetExportedTypes()
        .SelectMany(type => new[] { type.Name.Split('`')[0], WithoutSuffix(type.Name) }.Concat(type.Namespace!.Split('.')))
        .Concat(["System", "Microsoft", "Upgrade", "Downgrade"])
        .ToFrozenSet();

    public static string Of(string message, string id) => Of(message, id, Taken);

    public static string Of(string message, string id, IReadOnlySet<string> taken)
    {
        // Pascal case cannot be a keyword: none has an upper-case letter.
        var name = new StringBuilder();
        foreach (var word in Words.Of(message).SelectMany(word => word.Split('_')).Select(Legal).Where(word => word.Length > 0))
        {
            if (name.Length > 0 && name.Length + word.Length > LengthLimit)
            {
                break;
            }

            name.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1, Math.Min(word.Length, LengthLimit) - 1));
        }

        return name.Length == 0 || !char.IsLetter(name[0]) ? "Revision_" + Legal(id)
            : IsTaken(name.ToString(), taken) ? name + "Revision"
            : name.ToString();
    }

    // A class named Guid would hide System.Guid from the data migration that its author writes next.
    private static bool IsTaken(string name, IReadOnlySet<string> taken) =>
        taken.Contains(name) || typeof(object).Assembly.GetType("System." + name) is { IsPublic: true };

    // C# accepts only letters and decimal digits of the basic plane.
    private static string Legal(string text) =>
        string.Concat(text.Where(c => c == '_' || char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber));

    private static string WithoutSuffix(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
}
