using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>What of a model's table only the database can spell, as it does: types, defaults, computed columns, checks and the expressions of indexes.</summary>
internal sealed record Spelling(IReadOnlyDictionary<string, Column> Columns, IReadOnlyDictionary<CheckConstraint, CheckConstraint> Checks, IReadOnlyDictionary<string, TableIndex> Indexes)
{
    /// <summary>Has tables spelled; those that cannot be are missing.</summary>
    public static Dictionary<(string, string), Spelling> Of(IReadOnlyList<Table> tables, Func<IReadOnlyList<Table>, IReadOnlyList<Table>> spell)
    {
        if (tables.Count == 0)
            return [];
        var asked = tables.Select((table, number) => Question(table, number, isFirst: tables.Take(number).All(t => t.Name != table.Name))).ToList();
        var answers = spell(asked).ToDictionary(t => t.Name);
        return tables.Index().Where(t => answers.ContainsKey(asked[t.Index].Name)).ToDictionary(t => DependencyOrder.Key(t.Item), t => Answer(t.Item, t.Index, answers[asked[t.Index].Name]));
    }

    // Under its own name, which an expression may use. Keys and numbering say the same everywhere and would only ask for more.
    private static Table Question(Table table, int number, bool isFirst) => new(
        isFirst ? table.Name : $"alembic_scratch_{number}",
        [
            .. table.Columns.Select(c => c with { PrimaryKey = false, Unique = false, Index = false, ForeignKey = null, Autoincrement = false, Comment = null }),
            .. table.Checks.Distinct().Select((check, i) => check with { Name = CheckName(number, i) }),
            .. Spelled(table).Select((index, i) => index with { Name = IndexName(number, i), Unique = false, Include = [] }),
        ]);

    private static Spelling Answer(Table table, int number, Table answer)
    {
        var checks = answer.Checks.Where(c => c.Name is not null).ToDictionary(c => c.Name!);
        var indexes = answer.Indexes.ToDictionary(i => i.Name!);
        return new Spelling(
            answer.Columns.ToDictionary(c => c.Name),
            table.Checks.Distinct().Index().Where(c => checks.ContainsKey(CheckName(number, c.Index))).ToDictionary(c => c.Item, c => checks[CheckName(number, c.Index)]),
            Spelled(table).Index().Where(i => indexes.ContainsKey(IndexName(number, i.Index))).ToDictionary(i => i.Item.Name!, i => indexes[IndexName(number, i.Index)]));
    }

    private static IEnumerable<TableIndex> Spelled(Table table) =>
        table.Indexes.Where(i => i.Name is not null && (i.Where is not null || i.Columns.Any(c => c.Column is null))).DistinctBy(i => i.Name);

    private static string CheckName(int table, int check) => $"alembic_scratch_ck_{table}_{check}";

    private static string IndexName(int table, int index) => $"alembic_scratch_ix_{table}_{index}";
}
