using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>
/// Separates the decided renames from the comparison: they are operations of their own, and the comparison sees the new names.
/// </summary>
internal sealed class Renaming
{
    private readonly Dialect _dialect;
    private readonly ComparisonOptions _options;
    private readonly Dictionary<(string?, string), string> _undecided = [];
    private readonly HashSet<Rename> _ofColumns = [];

    private readonly StringComparer _tableNames;

    /// <summary>Separates the renames from a comparison.</summary>
    /// <param name="model">The tables of the model.</param>
    /// <param name="database">The database's tables.</param>
    /// <param name="dialect">Its dialect.</param>
    /// <param name="options">The given renames.</param>
    /// <param name="tableNames">How the names of tables are compared.</param>
    public Renaming(
        IReadOnlyCollection<Table> model, IReadOnlyCollection<Table> database, Dialect dialect, ComparisonOptions options,
        StringComparer tableNames)
    {
        (_dialect, _options, _tableNames) = (dialect, options, tableNames);
        Database = [.. database];
        foreach (var schema in model.Concat(database).Select(t => t.Schema).Distinct().ToList())
            RenameTables([.. model.Where(t => t.Schema == schema)], schema);
        foreach (var table in model)
            if (Find(table.Schema, table.Name) is { } existing)
                RenameColumns(table, existing);
        Mistaken.AddRange(options.Renames.Where(r => r.Column is not null && !_ofColumns.Contains(r))
            .Select(r => new MistakenRename(r, $"model and database have no table '{r.Table}' in common")));
        Mistaken.AddRange(options.Renames.Where(r => r.Column is null && model.Concat(database).All(t => t.Schema != r.Schema))
            .Select(r => new MistakenRename(r, $"the database has no table '{r.Table}'")));
    }

    /// <summary>The database's tables, with their names after the renames.</summary>
    public IReadOnlyList<Table> Database { get; private set; }

    public List<PlannedOperation> Operations { get; } = [];

    /// <summary>The columns that are copied instead of being renamed.</summary>
    public List<SyncColumns> Copies { get; } = [];

    public List<LogEvent> Log { get; } = [];

    public List<MistakenRename> Mistaken { get; } = [];

    /// <summary>A table of the model without old names and values for existing rows, which are not part of the schema.</summary>
    public static Table Done(Table table) =>
        table with
        {
            RenamedFrom = null,
            Items = [
                .. table.Items.Select(i => i is Column c && (c.RenamedFrom ?? (object?)c.Fill) is not null
                    ? c with { RenamedFrom = null, Fill = null }
                    : i)]
        };

    /// <summary>Adds a comment above each drop that might have been a rename.</summary>
    public IEnumerable<PlannedOperation> Explain(IEnumerable<PlannedOperation> plan) => plan.Select(p =>
        string.Join('\n', new[] { p.Remark }.Concat(Remarks(p.Operation)).OfType<string>()) is { Length: > 0 } remark
        ? p with { Remark = remark }
        : p);

    private IEnumerable<string> Remarks(Operation operation) => operation switch
    {
        DropTable drop when _undecided.TryGetValue((drop.Schema, drop.Table), out var of) => [of],
        DropColumn drop when _undecided.TryGetValue((drop.Schema, $"{drop.Table}.{drop.Column}"), out var of) => [of],
        BatchAlterTable batch => batch.Operations.SelectMany(Remarks),
        _ => [],
    };

    private void RenameTables(IReadOnlyList<Table> model, string? schema)
    {
        var database = Database.Where(t => t.Schema == schema).ToList();
        var decision = new RenameDecision(_options, schema, table: null)
        {
            Names = _tableNames,
            IsAbout = r => r.Column is null && r.Schema == schema,
            IsAlike = (old, @new) => IsAlike(database.Single(t => t.Name == old), model.Single(t => t.Name == @new)),
        };
        foreach (var (old, @new, why) in decision.Decide([.. model.Select(t => t.Name)], [.. database.Select(t => t.Name)],
            name => model.FirstOrDefault(t => t.Name == name)?.RenamedFrom))
        {
            Database = Database.RenameTable(schema, old, @new);
            Operations.Add(new(new RenameTable(old, @new, schema)));
            AddToLog($"Detected renamed table '{Named(schema, old)}' to '{@new}' ({why})");
        }
        foreach (var (old, names) in decision.Undecided)
            Leave(schema, old, "table", Named(schema, old), names,
                $"op.RenameTable({CodeWriter.Literal(old)}, {CodeWriter.Literal(names[0])}{In(schema)})",
                $"--rename-table {Named(schema, old)}:{names[0]}");
        Mistaken.AddRange(decision.Mistaken);
    }

    private void RenameColumns(Table model, Table database)
    {
        var (schema, name) = (model.Schema, model.Name);
        var before = Operations.Select(p => p.Operation).OfType<RenameTable>()
            .FirstOrDefault(r => r.To == name && r.Schema == schema)?.From;
        var decision = new RenameDecision(_options, schema, name)
        {
            Names = NameAlignment.ColumnNames(_dialect),
            IsAbout = r => r.Column is not null && r.Schema == schema
                && (_tableNames.Equals(r.Table, name) || _tableNames.Equals(r.Table, before)),
            IsAlike = (old, @new) => IsAlike(database.Columns.Single(c => c.Name == old), model.Columns.Single(c => c.Name == @new)),
        };
        _ofColumns.UnionWith(_options.Renames.Where(decision.IsAbout));
        foreach (var (old, @new, why) in decision.Decide([.. model.Columns.Select(c => c.Name)], [.. database.Columns.Select(c => c.Name)],
            c => model.Columns.FirstOrDefault(m => m.Name == c)?.RenamedFrom))
        {
            var table = Find(schema, name)!;
            AddToLog($"Detected renamed column '{TablePair.LogNameOf(model)}.{old}' to '{@new}' ({why})");
            if (_options.ZeroDowntime)
            {
                Copies.Add(SyncColumns.Of(model, table, old, @new, _dialect, decision.IsAlike(old, @new), Database.Any(t =>
                    t.ForeignKeys.Any(k => (k.ReferentSchema, k.ReferentTable) == (schema, name) && k.ReferentColumns.Contains(old)))));
                continue;
            }
            var column = table.Columns.Single(c => c.Name == old);
            var alter = new AlterColumn(name, old, schema) { NewName = @new };
            // A script that restates the column needs its definition.
            var rename = _dialect.Comparison.RestatesColumns
                ? new ColumnPair(column, column, new(model, table, _dialect, _options)).Existing with { NewName = @new }
                : alter;
            Database = Database.RenameColumn(table, old, @new);
            Operations.AddRange(ColumnHolders.Aside(rename, table, Find(schema, name)!, _dialect.Comparison)
                .Select(o => new PlannedOperation(o)));
        }
        foreach (var (old, names) in decision.Undecided)
        {
            Leave(schema, $"{name}.{old}", "column", $"{TablePair.LogNameOf(model)}.{old}", names,
                $"op.AlterColumn({CodeWriter.Literal(name)}, {CodeWriter.Literal(old)}, newColumnName: "
                    + $"{CodeWriter.Literal(names[0])}{In(schema)})", $"--rename {TablePair.LogNameOf(model)}.{old}:{names[0]}");
        }
        Mistaken.AddRange(decision.Mistaken);
    }

    private void Leave(string? schema, string key, string kind, string old, IReadOnlyList<string> names, string directive, string option)
    {
        var list = string.Join(" or ", names.Select(n => $"'{n}'"));
        var text =
            $"If this {kind} was renamed to {list}, do not drop and add it: revision --autogenerate {option}, or here {directive}.";
        _undecided[(schema, key)] = text;
        AddToLog($"The {kind} '{old}' is dropped and {list} added; if it was renamed: revision --autogenerate {option}");
    }

    private Table? Find(string? schema, string name) => Database.FirstOrDefault(t => t.Schema == schema && t.Name == name);

    private bool IsAlike(Column a, Column b) => TypeText.Of(a.Type, _dialect).IsSameAs(TypeText.Of(b.Type, _dialect));

    // At least half of the columns of the larger one.
    private bool IsAlike(Table old, Table @new) =>
        2 * old.Columns.Count(c => @new.Columns.Any(n => n.Name == c.Name && IsAlike(c, n))) >= Math.Max(old.Columns.Count(),
            @new.Columns.Count());

    private void AddToLog(string message) => Log.Add(new LogEvent("alembic.autogenerate.compare.renames", LogLevel.Information, message));

    private static string In(string? schema) => schema is null ? "" : $", schema: {CodeWriter.Literal(schema)}";

    private static string Named(string? schema, string name) => schema is null ? name : $"{schema}.{name}";
}
