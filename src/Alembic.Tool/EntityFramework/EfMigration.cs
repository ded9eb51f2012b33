using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Tool.EntityFramework;

/// <summary>A migration of EF Core, with operations of Alembic.</summary>
/// <param name="Id">Its id in EF Core's history table, for example <c>20240131120000_AddOrders</c>.</param>
/// <param name="Upgrade">What it does.</param>
/// <param name="Downgrade">What undoes it; null for the reverse of the upgrade.</param>
internal sealed partial record EfMigration(string Id, IReadOnlyList<Operation> Upgrade, IReadOnlyList<Operation>? Downgrade)
{
    private const int HashLength = 7;
    private const string TimeFormat = "yyyyMMddHHmmss";

    /// <summary>The date of its creation, if its id has one.</summary>
    public DateTimeOffset? Created => Id.Length > TimeFormat.Length && Id[TimeFormat.Length] == '_' && DateTimeOffset.TryParseExact(
        Id[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Its name as a message: <c>Add orders</c>.</summary>
    public string Message
    {
        get
        {
            var words = WordBreak().Split(Created is null ? Id : Id[(TimeFormat.Length + 1)..]).Where(word => word.Length > 0).ToList();
            // An abbreviation is not split.
            return string.Join(
                ' ', words.Select((word, index) => index == 0 || word.All(c => !char.IsLower(c)) ? word : word.ToLowerInvariant()));
        }
    }

    /// <summary>Gets all migrations of a probe's answer, oldest first, and what could not be translated.</summary>
    public static (IReadOnlyList<EfMigration> Migrations, IReadOnlyList<string> Missing) Read(JsonElement answer, Dialect dialect)
    {
        var translator = new EfTranslator(dialect, DefaultSchema(answer));
        var read = answer.GetProperty("migrations").EnumerateArray().ToList();
        var upgrades = read.Select(m => translator.Translate(Operations(m, "up", dialect))).ToList();
        // All upgrades, then all downgrades from the last one back: translating a migration needs the state that the ones before it leave.
        var downgrades = Enumerable.Reverse(read).Select(m => m.TryGetProperty("down", out _)
            ? translator.Translate(Operations(m, "down", dialect))
            : [new EfTranslator.Refusal("EF Core's migration can't be undone")]).Reverse().ToList();
        return ([.. read.Zip(upgrades, downgrades).Select(m => new EfMigration(m.First.GetProperty("id").GetString()!, m.Second, m.Third))],
            translator.Missing);
    }

    /// <summary>Gets all migrations as one, with the last one's id: it turns an empty database into what they create together.</summary>
    public static (EfMigration Migration, IReadOnlyList<string> Missing) Baseline(JsonElement answer, Dialect dialect)
    {
        var translator = new EfTranslator(dialect, DefaultSchema(answer));
        var last = answer.GetProperty("migrations").EnumerateArray().Last().GetProperty("id").GetString()!;
        return (new EfMigration(last, translator.Translate(Operations(answer, "operations", dialect)), null), translator.Missing);
    }

    /// <summary>Gets the migrations that run SQL whose meaning EF Core does not know.</summary>
    public static IEnumerable<string> WithOwnSql(JsonElement answer, Dialect dialect) => answer.GetProperty("migrations").EnumerateArray()
        .Where(m => Operations(m, "up", dialect).Any(o => o.Kind == "SqlOperation")).Select(m => m.GetProperty("id").GetString()!);

    /// <summary>Gets the id of a migration's revision: its own, cut if it is too long for the version table.</summary>
    public static string RevisionId(string id)
    {
        if (id.Length <= Scripts.RevisionId.Longest)
            return id;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..HashLength];
        return $"{id[..(Scripts.RevisionId.Longest - HashLength - 1)]}_{hash}";
    }

    private static string? DefaultSchema(JsonElement answer) =>
        answer.TryGetProperty("defaultSchema", out var schema) ? schema.GetString() : null;

    private static IEnumerable<EfOperation> Operations(JsonElement of, string name, Dialect dialect) =>
        of.GetProperty(name).EnumerateArray().Select(operation => new EfOperation(operation, dialect));

    [GeneratedRegex(@"(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[\s_]+")]
    private static partial Regex WordBreak();
}
