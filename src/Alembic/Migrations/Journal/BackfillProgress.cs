using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>The progress of a backfill, stored in the journal in the place of a step's statements.</summary>
/// <param name="Last">The last key that is done.</param>
/// <param name="Rows">How many rows were changed.</param>
internal sealed partial record BackfillProgress(object Last, long Rows)
{
    // A journal entry with a schema state resumes without a person's answer, so the entry needs some value.
    private const string Mark = "backfill";

    // The types that drivers return for key columns, and that the database compares unchanged. A key is stored with its type, so that it is
    // sent back exactly as it was read.
    private static readonly Dictionary<string, Type> Types = new Type[]
    {
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(decimal),
        typeof(double),
        typeof(string), typeof(byte[]), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    }.ToDictionary(type => type.Name);

    public static bool CanKeep(object key) => Types.ContainsValue(key.GetType());

    public string Text(Backfill backfill) =>
        string.Create(CultureInfo.InvariantCulture,
            $"Backfill of {backfill.Table}: {Rows:N0} rows, at {backfill.Key} "
                + $"{(Last is byte[] bytes ? Convert.ToHexString(bytes) : Last)}");

    public JournalEntry In(JournalEntry entry, Backfill backfill) => entry with
    {
        Statements = [Text(backfill), Last.GetType().Name, JsonSerializer.Serialize(Last, KeyJson.Default.GetTypeInfo(Last.GetType())!),
            Rows.ToString(CultureInfo.InvariantCulture)],
        Before = Mark,
    };

    public static BackfillProgress Of(JournalEntry entry) => new(
        JsonSerializer.Deserialize(entry.Statements[2], KeyJson.Default.GetTypeInfo(Types[entry.Statements[1]])!)!,
        long.Parse(entry.Statements[3], CultureInfo.InvariantCulture));

    [JsonSerializable(typeof(byte))]
    [JsonSerializable(typeof(sbyte))]
    [JsonSerializable(typeof(short))]
    [JsonSerializable(typeof(ushort))]
    [JsonSerializable(typeof(int))]
    [JsonSerializable(typeof(uint))]
    [JsonSerializable(typeof(long))]
    [JsonSerializable(typeof(ulong))]
    [JsonSerializable(typeof(decimal))]
    [JsonSerializable(typeof(double))]
    [JsonSerializable(typeof(string))]
    [JsonSerializable(typeof(byte[]))]
    [JsonSerializable(typeof(DateTime))]
    [JsonSerializable(typeof(DateTimeOffset))]
    [JsonSerializable(typeof(DateOnly))]
    [JsonSerializable(typeof(TimeOnly))]
    [JsonSerializable(typeof(TimeSpan))]
    private sealed partial class KeyJson : JsonSerializerContext;
}
