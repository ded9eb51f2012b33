using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>An operation as a rule sees it.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="At">The operation.</param>
internal sealed record OperationContext(LintedMigration Migration, LintedOperation At)
{
    private static readonly IReadOnlySet<string> OtherConditions = StatementWords.Set("OR CASE");

    public Dialect Dialect => Migration.Dialect;

    public bool IsInTransaction => At.IsInTransaction;

    /// <summary>The operations of the upgrade that come before it. The operations that were read from SQL do not come before it.</summary>
    public IEnumerable<Operation> Before => Migration.Upgrade.Operations
        .TakeWhile(o => !ReferenceEquals(o, At) && (o.Text is null || !ReferenceEquals(o.Text, At.Operation))).Select(o => o.Operation);

    private IEnumerable<Operation> Earlier =>
        Migration.Earlier.SelectMany(m => m.Upgrade.Operations).Select(o => o.Operation).Concat(Before);

    /// <summary>Tells whether the same migration creates the table: nobody reads it yet, and it has no rows.</summary>
    public bool IsNew(string? schema, string table) =>
        Before.OfType<CreateTable>().Any(c => c.Table.Name == table && c.Table.Schema == schema);

    /// <summary>Gets the type that a column has before; null if neither the operation nor an earlier one tells it.</summary>
    public SqlType? ExistingType(AlterColumn alter) => alter.ExistingType ?? ColumnBefore(alter)?.Type;

    /// <summary>Tells whether a column takes NULL before; null if that is not known.</summary>
    public bool? ExistingNullable(AlterColumn alter) => alter.ExistingNullable ?? ColumnBefore(alter)?.Nullable;

    /// <summary>Tells whether a validated check of the table already ensures that the column is never NULL.</summary>
    public bool IsProven(AlterColumn alter)
    {
        var constraints = new Dictionary<string, Constraint>();
        foreach (var operation in Earlier)
        {
            switch (operation)
            {
                case CreateTable { Table: var table } when IsOf(table.Schema, table.Name):
                    foreach (var constraint in table.Items.OfType<Constraint>().Where(c => c.Name is not null))
                        constraints[constraint.Name!] = constraint;
                    break;
                case CreateConstraint { Constraint: { Name: { } name } constraint } create when IsOf(create.Schema, create.Table):
                    constraints[name] = constraint;
                    break;
                case ValidateConstraint validate when IsOf(validate.Schema, validate.Table):
                    // Nothing is known about a check that SQL created, but validating it suggests that it is this one.
                    var found = constraints.GetValueOrDefault(validate.Name, new CheckConstraint($"{alter.Column} IS NOT NULL"));
                    constraints[validate.Name] = found is CheckConstraint check ? check with { NotValid = false } : found;
                    break;
                case DropConstraint drop when IsOf(drop.Schema, drop.Table):
                    constraints.Remove(drop.Name);
                    break;
            }
        }
        return constraints.Values.OfType<CheckConstraint>()
            .Any(c => c is { NotValid: false, NotEnforced: false } && SaysNotNull(c.Sql, alter.Column));

        bool IsOf(string? schema, string table) => schema == alter.Schema && table == alter.Table;
    }

    /// <summary>Tells whether this migration changes the table's rows before, or an earlier one fills the column.</summary>
    public bool HasFilled(string table, string? column = null) =>
        Before.Any(o => Fills(o, table, column))
        || Migration.Upgrade.Backfills.Any(b => b.Table == table && b.Before <= Before.Count())
        || (column is not null && Migration.Earlier.Any(m => m.Upgrade.Operations.Any(o => Fills(o.Operation, table, column))
            || m.Upgrade.Backfills.Any(b => b.Table == table)));

    /// <summary>Gets the tokens of a text, including those in dollar-quoted blocks: <c>DO $$ … $$</c>.</summary>
    public IEnumerable<SqlToken> Tokens(string sql) => SqlToken.Read(sql, Dialect.Quotes).SelectMany(token =>
        token.Kind == SqlTokenKind.Text && token.ToString() is ['$', ..] text
            ? Tokens(Inside(text))
            : [token]);

    private static string Inside(string text)
    {
        var mark = text[..(text.IndexOf('$', 1) + 1)];
        return text.Length >= 2 * mark.Length && text.EndsWith(mark, StringComparison.Ordinal) ? text[mark.Length..^mark.Length] : "";
    }

    // The column as earlier migrations and the operations before this one leave it.
    private Column? ColumnBefore(AlterColumn alter)
    {
        var columns = new Dictionary<(string? Schema, string Table, string Column), Column>();
        foreach (var operation in Earlier)
        {
            switch (operation)
            {
                case CreateTable { Table: var table }:
                    foreach (var column in table.Columns)
                        columns[(table.Schema, table.Name, column.Name)] = column;
                    break;
                case AddColumn add:
                    columns[(add.Schema, add.Table, add.Column.Name)] = add.Column;
                    break;
                case AlterColumn change when columns.Remove((change.Schema, change.Table, change.Column), out var column):
                    columns[(change.Schema, change.Table, change.NewName ?? change.Column)] =
                        column with { Type = change.Type ?? column.Type, Nullable = change.Nullable ?? column.Nullable };
                    break;
                case RenameTable rename:
                    foreach (var key in columns.Keys.Where(k => k.Schema == rename.Schema && k.Table == rename.From).ToList())
                        columns[key with { Table = rename.To }] = columns[key];
                    break;
            }
        }
        return columns.GetValueOrDefault((alter.Schema, alter.Table, alter.Column));
    }

    // A block, a function or a condition cannot be followed: if it names the column, assume that it fills it.
    private bool Fills(Operation operation, string table, string? column) => operation switch
    {
        UpdateData update => update.Table == table && (column is null || update.Columns.Contains(column)),
        ChangedRows changed => changed.Table == table && (column is null || changed.Columns?.Contains(column) == true),
        Execute execute => Tokens(execute.Text).Select(t => t.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase) is var words
            && words.Contains(table) && (column is null || words.Contains(column))
            && (words.Contains("UPDATE") || words.Contains("DELETE")),
        _ => false,
    };

    // AND with another condition still proves it; OR does not.
    private bool SaysNotNull(string sql, string column)
    {
        var tokens = Tokens(sql).Where(t => !t.Is('(') && !t.Is(')')).ToList();
        return !tokens.Exists(t => t.IsAny(OtherConditions))
            && Enumerable.Range(0, Math.Max(0, tokens.Count - 3)).Any(at => tokens[at].IsIdentifier
                && tokens[at].Span.Equals(column, StringComparison.OrdinalIgnoreCase)
                && tokens[at + 1].Is("IS") && tokens[at + 2].Is("NOT") && tokens[at + 3].Is("NULL"));
    }
}
