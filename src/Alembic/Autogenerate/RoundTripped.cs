using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// The parts of a table that only the database can spell: types, defaults, computed columns, checks and the expressions of indexes.
/// </summary>
internal sealed record RoundTripped(IReadOnlyDictionary<string, Column> Columns,
    IReadOnlyDictionary<CheckConstraint, CheckConstraint> Checks, IReadOnlyDictionary<string, TableIndex> Indexes)
{
    /// <summary>
    /// Both sides spelled by the database once more. PostgreSQL writes <c>a IN (…)</c> in one way at first, and in another when it
    /// gets its own spelling back, as in a downgrade.
    /// </summary>
    public (RoundTripped Model, RoundTripped Database)? Settled { get; private init; }

    /// <summary>Lets the database spell the model's side of each pair, and both sides if they still differ.</summary>
    /// <param name="pairs">The tables that both sides have.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="roundTrip">Gets tables as the database spells them.</param>
    /// <param name="names">How the server compares names of tables.</param>
    /// <param name="isDifferent">Compares a pair.</param>
    public static List<TablePair> Into(
        IReadOnlyList<(TablePair Pair, Table Model)> pairs, Dialect dialect, Func<IReadOnlyList<Table>, IReadOnlyList<Table>> roundTrip,
        StringComparer names, Func<TablePair, bool> isDifferent)
    {
        var once = Of([.. pairs.Select(p => (p.Model, p.Pair.Database))])
            .Zip(pairs, (spelling, p) => p.Pair with { RoundTripped = spelling }).ToList();
        var open = once.Index().Where(pair => pair.Item.RoundTripped is not null && isDifferent(pair.Item))
            .Select(pair => (pair.Index, pair.Item, Spelled: pair.Item.RoundTripped!.As(pair.Item.Model))).ToList();
        var twice = Of([.. open.Select(pair => (pair.Spelled, pair.Item.Database))]);
        var database = Of([.. open.Select(pair => (pair.Item.Database, pair.Spelled))]);
        foreach (var ((index, pair, _), again, other) in open.Zip(twice, database))
        {
            if (again is not null && other is not null)
                once[index] = pair with { RoundTripped = pair.RoundTripped! with { Settled = (pair.RoundTripped.Then(again), other) } };
        }
        return once;

        List<RoundTripped?> Of(IReadOnlyList<(Table Table, Table Other)> tables) => RoundTripped.Of(tables, dialect, roundTrip, names);
    }

    // Null for a table that could not be created.
    private static List<RoundTripped?> Of(IReadOnlyList<(Table Table, Table Other)> tables, Dialect dialect,
        Func<IReadOnlyList<Table>, IReadOnlyList<Table>> roundTrip, StringComparer names)
    {
        var given = new HashSet<string>(names);
        var open = tables.Select(t => RoundTripScope.Of(t.Table, t.Other, dialect)).ToList();
        var asked = open.Select((table, number) => Question(table, number, isFirst: given.Add(table.Name))).ToList();
        // Some tables have nothing to ask.
        List<Table> some = [.. asked.Where(t => t.Items.Count > 0)];
        // The server may have changed a name to lower case.
        var answers = some.Count == 0 ? [] : roundTrip(some).ToDictionary(t => t.Name, names);
        return [
            .. open.Select((table, number) => answers.TryGetValue(asked[number].Name, out var answer)
                ? Answer(table, number, answer) : table.Items.Count == 0 ? Answer(table, number, table) : null)];
    }

    // The first table keeps its name, because an expression may use it.
    private static Table Question(Table table, int number, bool isFirst) => new(
        isFirst ? table.Name : $"alembic_scratch_{number}",
        [
            .. table.Columns,
            .. table.Checks.Select((check, i) => check with { Name = CheckName(number, i) }),
            .. table.Indexes.Select((index, i) => index with { Name = IndexName(number, i) }),
        ],
        options: table.Options);

    private static RoundTripped Answer(Table table, int number, Table answer)
    {
        var checks = answer.Checks.Where(c => c.Name is not null).ToDictionary(c => c.Name!);
        var indexes = answer.Indexes.ToDictionary(i => i.Name!);
        return new RoundTripped(
            answer.Columns.ToDictionary(c => c.Name),
            table.Checks.Index().Where(c => checks.ContainsKey(CheckName(number, c.Index)))
                .ToDictionary(c => c.Item, c => checks[CheckName(number, c.Index)] with { Name = c.Item.Name }),
            table.Indexes.Index().Where(i => indexes.ContainsKey(IndexName(number, i.Index)))
                .ToDictionary(i => i.Item.Name!, i => indexes[IndexName(number, i.Index)]));
    }

    private Table As(Table table) =>
        new(table.Name, [.. Columns.Values, .. Checks.Values, .. Indexes.Select(i => i.Value with { Name = i.Key })], table.Schema,
            options: table.Options);

    private RoundTripped Then(RoundTripped again) =>
        again with { Checks = Checks.Where(c => again.Checks.ContainsKey(c.Value)).ToDictionary(c => c.Key, c => again.Checks[c.Value]) };

    private static string CheckName(int table, int check) => $"alembic_scratch_ck_{table}_{check}";

    private static string IndexName(int table, int index) => $"alembic_scratch_ix_{table}_{index}";
}
