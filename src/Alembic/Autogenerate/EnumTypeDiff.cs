using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>
/// Enum types, if they are types of their own (PostgreSQL): created before the first column that uses them, dropped after the last one.
/// Types with <c>createType: false</c> in the model are managed elsewhere.
/// </summary>
internal sealed class EnumTypeDiff
{
    private readonly HashSet<string> _changed = [];
    private readonly Dialect _dialect;

    public EnumTypeDiff(
        IReadOnlyCollection<Table> wanted, IReadOnlyList<SqlType> types, IReadOnlyCollection<Table> existing, MetaData database,
        Dialect dialect,
        ComparisonOptions options)
    {
        _dialect = dialect;
        if (!dialect.HasEnumTypes || options.Skips(ComparisonKind.EnumType))
            return;
        var there = database.EnumTypes.ToDictionary(Key);
        foreach (var type in Of(wanted).Concat(types).Where(t => t.CreateType).DistinctBy(Key).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            if (!there.TryGetValue(Key(type), out var old))
                Add(Before, new CreateEnumType(type.Name!, type.Values, type.Schema), type, "added");
            else if (!old.Values.SequenceEqual(type.Values))
                Change(old, type);
        }
        // A type stays if something uses it that the comparison does not see: a table, a domain, a function.
        var seen = Of(existing).ToLookup(Key);
        var held = database.HeldEnumTypes.Select(Key).ToHashSet();
        // By the spelling: the model may write a type verbatim.
        var modelled = wanted.SelectMany(t => t.Columns).Select(c => c.Type.EnumType ?? c.Type).Concat(types).Select(Key).ToHashSet();
        foreach (var type in Of(database.Tables).GroupBy(Key).Where(g =>
            !modelled.Contains(g.Key) && !held.Contains(g.Key) && g.Count() == seen[g.Key].Count()).Select(g => g.First()))
            Add(After, new DropEnumType(type.Name!, type.Schema) { Values = type.Values }, type, "removed");
    }

    public List<PlannedOperation> Before { get; } = [];

    public List<PlannedOperation> After { get; } = [];

    public List<LogEvent> Log { get; } = [];

    /// <summary>The tables, whose columns no longer create the types that have an operation of their own.</summary>
    public IEnumerable<Table> Leave(IEnumerable<Table> tables) => tables.Select(table => table with
    {
        Items = [
            .. table.Items.Select(i => i is Column { Type.EnumType: { } type } column && _changed.Contains(Key(type))
                ? column with { Type = column.Type.WithoutCreate() }
                : i)],
    });

    // New values must exist before a column uses them; before values are removed, no default may use them.
    private void Change(SqlType old, SqlType type)
    {
        var gone = old.Values.Except(type.Values).ToList();
        var alter = new AlterEnumType(type.Name!, type.Values, old.Values, type.Schema);
        Add(
            type.Values.Except(old.Values).Any() ? Before : After, alter, type, "changed",
            alter.IsAddition
                ? null
                : "This recreates the type and converts all its columns."
                    + (gone.Count == 0
                        ? ""
                        : $" It fails if a row has {string.Join(" or ", gone.Select(PythonText.Of))}: change such rows first."));
    }

    private void Add(List<PlannedOperation> operations, Operation operation, SqlType type, string how, string? remark = null)
    {
        _changed.Add(Key(type));
        operations.Add(new PlannedOperation(operation, remark));
        Log.Add(new LogEvent("alembic.autogenerate.compare.types", LogLevel.Information, $"Detected {how} enum type '{Key(type)}'"));
    }

    private static IEnumerable<SqlType> Of(IEnumerable<Table> tables) =>
        tables.SelectMany(t => t.Columns).Select(c => c.Type.EnumType).OfType<SqlType>();

    private string Key(SqlType type) => _dialect.TypeName(type);
}
