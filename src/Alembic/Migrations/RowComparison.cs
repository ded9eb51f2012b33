using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>
/// Compares a model's rows with those of the database. The database itself compares the values, as only it knows how it stores them.
/// Deletes a row that a migration inserted and that the model no longer has.
/// </summary>
/// <param name="session">The database.</param>
/// <param name="dialect">Its dialect.</param>
/// <param name="database">Its current schema.</param>
/// <param name="changes">The changes about to be made: the model may use new names.</param>
internal sealed class RowComparison(IMigrationSession session, Dialect dialect, MetaData database, IReadOnlyList<Operation> changes)
{
    private const int AtOnce = 100;

    /// <summary>Gets the operations to run before the tables are changed, and those to run after.</summary>
    /// <param name="model">The model's rows.</param>
    /// <param name="inserted">The rows that the migrations inserted.</param>
    public (IReadOnlyList<PlannedOperation> Before, IReadOnlyList<PlannedOperation> After, IReadOnlyList<LogEvent> Log) Compare(
        IReadOnlyList<TableRows> model, IReadOnlyList<TableRows> inserted)
    {
        List<Operation> before = [];
        List<PlannedOperation> after = [];
        List<LogEvent> log = [];
        foreach (var rows in model)
        {
            var found = Read(rows);
            TableRows missing = rows with { Rows = [.. rows.Rows.Where((_, index) => found[index] is null)] };
            List<UpdateData> Updates(Func<int, Row, bool> isOf) => [.. rows.Rows.Index().Where(row => found[row.Index] is not null)
                .Select(row => Update(rows, row.Item, found[row.Index]!, isOf)).OfType<UpdateData>()];
            // The values that replace NULL in a column that becomes NOT NULL.
            var filled = Updates((column, row) => Fills(rows, column, row));
            var updates = Updates((column, row) => !Fills(rows, column, row));
            if (missing.Rows.Count > 0)
                after.Add(new PlannedOperation(new InsertData(missing)));
            before.AddRange(filled);
            after.AddRange(updates.Select(update => new PlannedOperation(update)));
            updates = [.. updates.Concat(filled).DistinctBy(update => KeyText(update.KeyValues))];
            Log($"Detected {Counted.Of(missing.Rows.Count, "missing row")} of '{rows.Table}'", missing.Rows.Count);
            Log($"Detected {Counted.Of(updates.Count, "changed row")} of '{rows.Table}'", updates.Count);
        }
        var deletions = Deletions(model, inserted).ToList();
        foreach (var deletion in deletions)
            Log($"Detected {Counted.Of(deletion.KeyValues.Count, "removed row")} of '{deletion.Table}'", 1);
        return ([.. before.Concat(deletions).Select(o => new PlannedOperation(o))], after, log);

        void Log(string text, int count)
        {
            if (count > 0)
                log.Add(new LogEvent("alembic.autogenerate.compare.rows", LogLevel.Information, text));
        }
    }

    // In reverse order: later rows may reference earlier ones.
    private IEnumerable<DeleteData> Deletions(IReadOnlyList<TableRows> model, IReadOnlyList<TableRows> inserted)
    {
        foreach (var table in inserted.GroupBy(r => (r.Schema, r.Table, Key: string.Join('\n', r.Key))).Reverse())
        {
            var named = Named(table.First());
            var kept = model.Where(r => r.Schema == table.Key.Schema && r.Table == named.Table)
                .SelectMany(r => r.Rows.Select(row => KeyText(RowText.KeyOf(
                    named.Key.All(r.Columns.Contains) ? r with { Key = named.Key } : r, row)))).ToHashSet();
            var columns = Columns(table.First());
            if (columns is null)
                continue;
            var gone = table.SelectMany(r => r.Rows.Select(row => RowText.KeyOf(r, row))).DistinctBy(KeyText)
                .Where(key => !kept.Contains(KeyText(key))).ToList();
            var rows = table.First() with { Columns = [.. columns], Rows = [] };
            var found = Values(rows, gone);
            List<IReadOnlyList<object?>> existing = [.. found.OfType<IReadOnlyList<object?>>()];
            if (existing.Count > 0)
            {
                yield return new DeleteData(rows.Table, rows.Key, [.. gone.Where((_, index) => found[index] is not null)],
                    rows.Schema) { Definition = rows with { Rows = existing } };
            }
        }
    }

    // With the model's names for the table and its key columns. The columns may have another order in the model.
    private TableRows Named(TableRows rows)
    {
        var table = changes.OfType<RenameTable>().FirstOrDefault(r => r.From == rows.Table && r.Schema == rows.Schema)?.To ?? rows.Table;
        return rows with
        {
            Table = table,
            Key = [.. rows.Key.Select(key => changes.OfType<AlterColumn>().FirstOrDefault(
                a => a.NewName is not null && a.Column == key && a.Table == table && a.Schema == rows.Schema)?.NewName ?? key)],
        };
    }

    private string KeyText(IReadOnlyList<object?> key) => RowText.KeyText(dialect, key);

    private static UpdateData? Update(TableRows rows, IReadOnlyList<object?> row, Row found, Func<int, Row, bool> isOf)
    {
        var different = rows.Columns.Index()
            .Where(c => !rows.Key.Contains(c.Item) && !found.IsSame[c.Index] && isOf(c.Index, found)).ToList();
        return different.Count == 0 ? null
            : new UpdateData(rows.Table, rows.Key, RowText.KeyOf(rows, row), [.. different.Select(c => c.Item)],
                [.. different.Select(c => row[c.Index])], rows.Schema)
            {
                // A column that is being added has no previous value.
                ExistingValues = different.All(c => found.IsThere[c.Index]) ? [.. different.Select(c => found.Values[c.Index])] : null,
            };
    }

    // For each row of the model, the database's row; null if it is missing.
    private Row?[] Read(TableRows rows)
    {
        var result = new Row?[rows.Rows.Count];
        if (Table(rows) is not { } table)
            return result;
        var names = rows.Columns.Select(column => Column(table, rows, column)).ToList();
        if (rows.Key.Any(key => names[rows.Columns.IndexOf(key)] is null))
            return result;
        foreach (var chunk in rows.Rows.Index().Chunk(AtOnce))
        {
            var query = string.Join(" UNION ALL ", chunk.Select(row =>
            {
                string Is(int index) => IsRetyped(rows, rows.Columns[index])
                    ? AsText(names[index]!, row.Item[index]) : Condition(names[index]!, row.Item[index]);
                var values = names.Index().Where(n => n.Item is not null).Select(n =>
                    $", CASE WHEN {Is(n.Index)} THEN 1 ELSE 0 END AS same_{n.Index}, {Value(n.Item!)} AS value_{n.Index}");
                var key = rows.Key.Select(rows.Columns.IndexOf).Select(Is);
                return $"SELECT {row.Index} AS alembic_row{string.Concat(values)} FROM {dialect.Quote(table.Schema, table.Name)}"
                    + $" WHERE {string.Join(" AND ", key)}";
            }));
            foreach (var answer in session.Query(new Statement(query)))
            {
                result[Convert.ToInt32(answer["alembic_row"], null)] = new Row(
                    [.. names.Select(name => name is not null)],
                    [.. names.Index().Select(n => n.Item is not null && Convert.ToInt32(answer[$"same_{n.Index}"], null) == 1)],
                    [.. names.Index().Select(n => n.Item is null ? null : answer[$"value_{n.Index}"])]);
            }
        }
        return result;
    }

    // The complete rows for some keys; null for missing ones.
    private IReadOnlyList<object?>?[] Values(TableRows rows, List<IReadOnlyList<object?>> keys)
    {
        var result = new IReadOnlyList<object?>?[keys.Count];
        if (Table(rows) is not { } table)
            return result;
        foreach (var (index, key) in keys.Index())
        {
            var columns = rows.Columns.Select(name => table.Columns.First(c => c.Name == name)).ToList();
            var condition =
                string.Join(" AND ", rows.Key.Zip(key, (name, value) => Condition(table.Columns.First(c => c.Name == name), value)));
            var values = string.Join(", ", columns.Select((c, i) => $"{Value(c)} AS value_{i}"));
            var found = session.Query(new Statement(
                $"SELECT {values} FROM {dialect.Quote(table.Schema, table.Name)} WHERE {condition}"));
            result[index] = found.Count == 0 ? null : [.. columns.Select((_, i) => found[0][$"value_{i}"])];
        }
        return result;
    }

    private bool Fills(TableRows rows, int column, Row found) => found.IsThere[column] && found.Values[column] is null
        && Table(rows) is { } table && table.Name == rows.Table && table.Schema == rows.Schema
        && table.Columns.Any(c => c.Name == rows.Columns[column])
        && changes.OfType<AlterColumn>().Any(a => a is { Nullable: false, Type: null } && a.Column == rows.Columns[column]
            && a.Table == rows.Table && a.Schema == rows.Schema);

    // A column whose type is about to change is compared as text, not as its old type.
    private bool IsRetyped(TableRows rows, string column) => dialect.Comparison.ComparesLikeTypes
        && changes.OfType<AlterColumn>().Any(a => a.Type is { } type && type.Kind != a.ExistingType?.Kind
            && a.Column == column && a.Table == rows.Table && a.Schema == rows.Schema);

    private string AsText(Column column, object? value) => value is null ? Condition(column, null)
        : $"CAST({dialect.Quote(column.Name)} AS text) = CAST({dialect.Literal(value)} AS text)";

    private string Condition(Column column, object? value) => RowText.IsValue(
        dialect, dialect.Comparison.IsComparedAsText(column.Type) ? $"CAST({dialect.Quote(column.Name)} AS text)"
            : dialect.Quote(column.Name), value);

    // Types with a form of their own in the database are read as text, which preserves it exactly.
    private string Value(Column column) => dialect.Comparison.IsReadAsText(column.Type)
        ? $"CAST({dialect.Quote(column.Name)} AS text)" : dialect.Quote(column.Name);

    // The columns to restore a row with: all but computed ones.
    private IEnumerable<string>? Columns(TableRows rows) => Table(rows) is { } table
        && rows.Key.All(key => table.Columns.Any(c => c.Name == key))
        ? table.Columns.Where(c => c.Computed is null).Select(c => c.Name)
        : null;

    private Table? Table(TableRows rows)
    {
        var name = changes.OfType<RenameTable>().FirstOrDefault(r => r.To == rows.Table && r.Schema == rows.Schema)?.From ?? rows.Table;
        return database.Tables.FirstOrDefault(t => t.Name == name && t.Schema == rows.Schema)
            ?? (rows.Schema is null ? null : database.Tables.FirstOrDefault(t => t.Name == name && t.Schema is null
                && !changes.OfType<CreateTable>().Any(c => c.Table.Name == name && c.Table.Schema == rows.Schema)));
    }

    private Column? Column(Table table, TableRows rows, string column)
    {
        var name = changes.OfType<AlterColumn>()
            .FirstOrDefault(a => a.NewName == column && a.Table == rows.Table && a.Schema == rows.Schema)?.Column ?? column;
        return table.Columns.FirstOrDefault(c => c.Name == name);
    }

    private sealed record Row(IReadOnlyList<bool> IsThere, IReadOnlyList<bool> IsSame, IReadOnlyList<object?> Values);
}
