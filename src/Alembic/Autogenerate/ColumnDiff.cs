using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Columns that only one side has, and the differences of those that both have.</summary>
internal static class ColumnDiff
{
    private static readonly Switched<ColumnPair, ColumnChange?>[] Comparisons =
    [
        new(ComparisonKind.Nullable, NullableDiff.Of), new(ComparisonKind.Type, TypeDiff.Of),
        new(ComparisonKind.Collation, CollationDiff.Of),
        new(ComparisonKind.ServerDefault, DefaultDiff.Of), new(ComparisonKind.Identity, IdentityDiff.Of),
        new(ComparisonKind.Comment, CommentDiff.Of),
    ];

    public static IEnumerable<Difference> Added(TablePair pair)
    {
        foreach (var column in pair.Model.Columns.ExceptBy(pair.Database.Columns.Select(c => c.Name), c => c.Name))
            yield return new Difference(
                PhaseOfAdded(column), "tables", $"Detected added column '{pair.LogName}.{column.Name}'",
                new AddColumn(pair.Name, NewColumn(column, pair), pair.Schema), Remarks.OfAdded(column, pair));
    }

    public static IEnumerable<Difference> Changed(TablePair pair)
    {
        var existing = pair.Database.Columns.ToDictionary(c => c.Name);
        foreach (var column in pair.Model.Columns.Where(c => existing.ContainsKey(c.Name)))
        {
            var columns = new ColumnPair(column, existing[column.Name], pair);
            if (!pair.Options.Skips(ComparisonKind.Computed) && ComputedDiff.Of(columns).ToList() is { Count: > 0 } anew)
            {
                foreach (var finding in anew)
                    yield return finding;
                continue;
            }
            var changes = Comparisons.Where(c => !pair.Options.Skips(c.Kind)).Select(c => c.Compare(columns))
                .OfType<ColumnChange>().ToList();
            // A computed column can be computed again: its values need no conversion.
            if (column.Computed is not null && changes.Any(c => c.Area == "types"))
            {
                foreach (var change in changes)
                    yield return new Difference(Phase.AlterColumn, change.Area, change.Message, null);
                foreach (var difference in Anew(columns, null, null))
                    yield return difference;
                continue;
            }
            var operation = changes.Aggregate(columns.Existing, (alter, change) => change.Apply(alter));
            // 1 and true may mean the same, but not for the new type.
            if (operation is { Type: not null, ServerDefault: null } && pair.Options.CompareServerDefault
                && !pair.Options.Skips(ComparisonKind.ServerDefault)
                && column.ServerDefault is { Kind: not ServerDefaultKind.Sql } value
                && columns.Database.ServerDefault is { Kind: not ServerDefaultKind.Sql } old
                && pair.Dialect.DefaultText(value) != pair.Dialect.DefaultText(old))
                operation = operation with { ServerDefault = value };
            foreach (var (index, change) in changes.Index())
                yield return new Difference(Phase.AlterColumn, change.Area, change.Message, index == changes.Count - 1 ? operation : null,
                    index == changes.Count - 1 ? Remarks.OfAltered(operation) : null);
        }
    }

    public static IEnumerable<Difference> Removed(TablePair pair)
    {
        // An inherited column is dropped with the parent's column.
        foreach (var column in pair.Database.Columns.ExceptBy(pair.Model.Columns.Select(c => c.Name), c => c.Name)
            .Where(c => !c.IsInherited))
            yield return new Difference(
                column.Computed is null ? Phase.DropColumn : Phase.DropComputed, "tables",
                $"Detected removed column '{pair.LogName}.{column.Name}'",
                new DropColumn(pair.Name, column.Name, pair.Schema)
                {
                    Definition = UnnamedConstraints.Beside(Alone(column), pair.Database)
                });
    }

    /// <summary>Drops a column and adds it again as the model has it.</summary>
    public static IEnumerable<Difference> Anew(ColumnPair column, string? message, string? remark)
    {
        var pair = column.Table;
        yield return new Difference(Phase.DropComputed, "server_defaults", message,
            new DropColumn(pair.Name, column.Model.Name, pair.Schema)
            {
                Definition = UnnamedConstraints.Beside(Alone(column.Database), pair.Database)
            }, remark);
        // If the model does not say whether the value is stored, keep that as it is.
        var added = column.Model.Computed is { Persisted: null } computed
            ? column.Model with { Computed = computed with { Persisted = column.Database.Computed?.Persisted } }
            : column.Model;
        yield return Difference.Silent(PhaseOfAdded(added), new AddColumn(pair.Name, Alone(added), pair.Schema));
    }

    private static Phase PhaseOfAdded(Column column) => column.Computed is null ? Phase.AddColumn : Phase.AddComputed;

    private static Column NewColumn(Column column, TablePair pair) =>
        ForeignKeyDiff.OfNewColumn(pair, column.Name) is { } key ? Alone(column) with { ForeignKey = ForeignKey.Of(key) } : Alone(column);

    // Its constraints and indexes are separate differences.
    private static Column Alone(Column column) => column with { Unique = false, Index = false, ForeignKey = null, PrimaryKey = false };
}

/// <summary>A column that both sides have.</summary>
internal sealed record ColumnPair(Column Model, Column Database, TablePair Table)
{
    public string LogName => $"{Table.LogName}.{Model.Name}";

    public bool Agree(Func<Column, Column, bool> exactly, Func<Column, Column, bool> roughly) =>
        Table.Agree(Model, Database, (spelling, column) => spelling.Columns.GetValueOrDefault(column.Name), exactly, roughly);

    /// <summary>The argument of the user's own comparison functions.</summary>
    public ColumnComparison ToCompare() => new(Table.Model, Model, Database);

    // A script that restates the column would end its numbering. A sequence has a type of its own, which follows the column's.
    private bool KeepsCounting => Table.Dialect.Comparison.Autoincrement switch
    {
        AutoincrementKind.Mark => Database.Autoincrement == true && !AutoincrementDiff.IsChanged(this),
        AutoincrementKind.Sequence => Serial.Is(Database, Table.Database) && Serial.Change(this) is null
            && !TypeText.Of(Model.Type, Table.Dialect).Equals(TypeText.Of(Database.Type, Table.Dialect)),
        _ => false,
    };

    /// <summary>An alteration that changes nothing yet and has the current definition.</summary>
    public AlterColumn Existing => new(Table.Name, Model.Name, Table.Schema)
    {
        ExistingType = Database.Type,
        ExistingNullable = Database.Nullable,
        ExistingServerDefault = Database.ServerDefault,
        ExistingComment = Database.Comment,
        ExistingComputed = Table.Dialect.Comparison.RestatesColumns ? Database.Computed : null,
        ExistingIdentity = Database.Identity,
        ExistingCollation = Database.Collation,
        Autoincrement = KeepsCounting ? true : null,
    };
}

/// <summary>One change of a column.</summary>
internal sealed record ColumnChange(string Area, string Message, Func<AlterColumn, AlterColumn> Apply);
