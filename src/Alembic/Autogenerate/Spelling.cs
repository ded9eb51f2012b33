using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>What of a table only the database can spell, as it does: types, defaults, computed columns, checks and the expressions of indexes.</summary>
internal sealed record Spelling(IReadOnlyDictionary<string, Column> Columns, IReadOnlyDictionary<CheckConstraint, CheckConstraint> Checks, IReadOnlyDictionary<string, TableIndex> Indexes)
{
    /// <summary>
    /// Both sides written by the database once more. PostgreSQL writes <c>a IN (…)</c> in one way when it is told so, and in another when it is told what it wrote
    /// then, as a downgrade does.
    /// </summary>
    public (Spelling Model, Spelling Database)? Settled { get; private init; }

    /// <summary>Has the model's side of pairs spelled, and both sides of those that are different even then.</summary>
    public static List<TablePair> Into(
        IReadOnlyList<(TablePair Pair, Table Model)> pairs, Func<IReadOnlyList<Table>, IReadOnlyList<Table>> spell, Func<TablePair, bool> isDifferent)
    {
        var once = Of([.. pairs.Select(p => p.Model)], spell).Zip(pairs, (spelling, p) => p.Pair with { Spelling = spelling }).ToList();
        var open = once.Index().Where(pair => pair.Item.Spelling is not null && isDifferent(pair.Item)).ToList();
        var twice = Of([.. open.Select(pair => pair.Item.Spelling!.As(pair.Item.Model))], spell);
        var database = Of([.. open.Select(pair => pair.Item.Database)], spell);
        foreach (var ((index, pair), again, other) in open.Zip(twice, database))
        {
            if (again is not null && other is not null)
                once[index] = pair with { Spelling = pair.Spelling! with { Settled = (pair.Spelling.Then(again), other) } };
        }
        return once;
    }

    // Null for a table that could not be made.
    private static List<Spelling?> Of(IReadOnlyList<Table> tables, Func<IReadOnlyList<Table>, IReadOnlyList<Table>> spell)
    {
        if (tables.Count == 0)
            return [];
        var names = new HashSet<string>();
        var asked = tables.Select((table, number) => Question(table, number, isFirst: names.Add(table.Name))).ToList();
        var answers = spell(asked).ToDictionary(t => t.Name);
        return [.. tables.Select((table, number) => answers.TryGetValue(asked[number].Name, out var answer) ? Answer(table, number, answer) : null)];
    }

    // Under its own name, which an expression may use. Keys and numbering say the same everywhere and would only ask for more.
    private static Table Question(Table table, int number, bool isFirst) => new(
        isFirst ? table.Name : $"alembic_scratch_{number}",
        [
            .. table.Columns.Select(c => c with { PrimaryKey = false, Unique = false, Index = false, ForeignKey = null, Autoincrement = false, Comment = null }),
            .. table.Checks.Distinct().Select((check, i) => check with { Name = CheckName(number, i) }),
            .. Spelled(table).Select((index, i) => index with { Name = IndexName(number, i), Unique = false, Include = [] }),
        ],
        // What a column has where it says nothing.
        options: new DialectOptions([("mysql_collate", table.Options["mysql_collate"])]));

    private static Spelling Answer(Table table, int number, Table answer)
    {
        var checks = answer.Checks.Where(c => c.Name is not null).ToDictionary(c => c.Name!);
        var indexes = answer.Indexes.ToDictionary(i => i.Name!);
        return new Spelling(
            answer.Columns.ToDictionary(c => c.Name),
            table.Checks.Distinct().Index().Where(c => checks.ContainsKey(CheckName(number, c.Index))).ToDictionary(c => c.Item, c => checks[CheckName(number, c.Index)]),
            Spelled(table).Index().Where(i => indexes.ContainsKey(IndexName(number, i.Index))).ToDictionary(i => i.Item.Name!, i => indexes[IndexName(number, i.Index)]));
    }

    private Table As(Table table) => new(table.Name, [.. Columns.Values, .. Checks.Values, .. Indexes.Select(i => i.Value with { Name = i.Key })], table.Schema, options: table.Options);

    private Spelling Then(Spelling again) =>
        again with { Checks = Checks.Where(c => again.Checks.ContainsKey(c.Value)).ToDictionary(c => c.Key, c => again.Checks[c.Value]) };

    private static IEnumerable<TableIndex> Spelled(Table table) =>
        table.Indexes.Where(i => i.Name is not null && (i.Where is not null || i.Columns.Any(c => c.Column is null))).DistinctBy(i => i.Name);

    private static string CheckName(int table, int check) => $"alembic_scratch_ck_{table}_{check}";

    private static string IndexName(int table, int index) => $"alembic_scratch_ix_{table}_{index}";
}
