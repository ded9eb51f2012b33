using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Finds columns whose numbering starts or stops: the model says so, or the primary key changes that a mark depends on.
/// </summary>
internal static class AutoincrementDiff
{
    private const string Rights = "The sequence is new: roles that insert without owning the table need USAGE on it.";

    public static IEnumerable<Difference> Of(TablePair pair)
    {
        var columns = pair.Model.Columns
            .Join(pair.Database.Columns, c => c.Name, c => c.Name, (model, database) => new ColumnPair(model, database, pair)).ToList();
        return Changed(pair, columns).Concat(columns.Where(HasShortSequence).Select(column => new Difference(
            Phase.AlterColumn, "constraints", $"Detected sequence of column '{column.LogName}' that ends before its type",
            new AlterColumn(pair.Name, column.Model.Name, pair.Schema)
            {
                Autoincrement = true, ExistingType = column.Model.Type, ExistingNullable = false, Back = []
            })));
    }

    // A new type of the column also gives its sequence a new type.
    private static bool HasShortSequence(ColumnPair column) =>
        column.Database.HasShortSequence && !column.Model.HasShortSequence && Serial.Is(column.Model, column.Table.Model)
        && Change(column) is null
        && TypeText.Of(column.Model.Type, column.Table.Dialect).IsSameAs(TypeText.Of(column.Database.Type, column.Table.Dialect));

    private static IEnumerable<Difference> Changed(TablePair pair, IReadOnlyList<ColumnPair> columns)
    {
        foreach (var column in columns)
        {
            if (Change(column) is not { } starts)
                continue;
            yield return new Difference(
                starts ? Phase.StartAutoincrement : Phase.StopAutoincrement, "constraints",
                $"Detected {(starts ? "" : "removed ")}autoincrement on column '{column.LogName}'",
                new AlterColumn(pair.Name, column.Model.Name, pair.Schema)
                {
                    Autoincrement = starts, ExistingType = starts ? column.Model.Type : column.Database.Type, ExistingNullable = false
                },
                starts && pair.Dialect.Comparison.Autoincrement == AutoincrementKind.Sequence ? Rights : null);
        }
    }

    private static bool? Change(ColumnPair column) => column.Table.Dialect.Comparison.Autoincrement switch
    {
        AutoincrementKind.Sequence => Serial.Change(column),
        AutoincrementKind.Mark => IsChanged(column) ? column.Database.Autoincrement != true : null,
        // The word goes if the new type or key does not allow it.
        AutoincrementKind.Word => (column.Model.Autoincrement
            ?? (column.Model.Type.Kind == SqlTypeKind.Integer && CanCount(column) ? null : false))
            is { } wanted && wanted != (column.Database.Autoincrement == true)
            && (!wanted || CanCount(column)) ? wanted : null,
        _ => null,
    };

    public static bool IsChanged(ColumnPair column)
    {
        var (model, database) = (column.Table.Model, column.Table.Database);
        var isKeyChanged = !(model.PrimaryKey?.Columns ?? []).SequenceEqual(database.PrimaryKey?.Columns ?? []);
        return (column.Model.Autoincrement is not null || isKeyChanged)
            && IsNumbered(column.Model, model) != (column.Database.Autoincrement == true);
    }

    // If it cannot count, a new table has no word either.
    private static bool CanCount(ColumnPair column) =>
        column.Model.Type.IsInteger && column.Table.Model.PrimaryKey?.Columns is [var key] && key == column.Model.Name;

    private static bool IsNumbered(Column column, Table table) => column.Autoincrement
        ?? (column.Identity is not null
            || (column is { ServerDefault: null, Computed: null, Type.IsInteger: true }
            && table.PrimaryKey?.Columns is [var key] && key == column.Name && !table.ForeignKeys.Any(k => k.Columns.Contains(key))));
}
