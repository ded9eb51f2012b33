using System.Text.RegularExpressions;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>An operation as a rule sees it.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="At">The operation.</param>
internal sealed record OperationContext(LintedMigration Migration, LintedOperation At)
{
    public Dialect Dialect => Migration.Dialect;

    public bool IsInTransaction => At.IsInTransaction;

    /// <summary>The operations of the upgrade that come before it.</summary>
    public IEnumerable<Operation> Before =>
        Migration.Upgrade.Operations.TakeWhile(o => !ReferenceEquals(o, At)).Select(o => o.Operation);

    /// <summary>Whether the same migration creates the table: nobody reads it yet, and it has no rows.</summary>
    public bool IsNew(string? schema, string table) =>
        Before.OfType<CreateTable>().Any(c => c.Table.Name == table && c.Table.Schema == schema);

    /// <summary>Whether a validated check of the table says already that the column is never NULL.</summary>
    public bool IsProven(AlterColumn alter)
    {
        var constraints = new Dictionary<string, Constraint>();
        foreach (var operation in Migration.Earlier.SelectMany(m => m.Upgrade.Operations).Select(o => o.Operation).Concat(Before))
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
                    // Of one that SQL has created nothing is known but that somebody validates it.
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

    /// <summary>Whether this migration changes the table's rows before, or an earlier one has filled the column.</summary>
    public bool HasFilled(string table, string? column = null) =>
        Before.Any(o => Fills(o, table, column)) || Migration.Upgrade.Backfilled.Contains(table)
        || (column is not null && Migration.Earlier.Any(m => m.Upgrade.Operations.Any(o => Fills(o.Operation, table, column))
            || m.Upgrade.Backfilled.Contains(table)));

    private static bool Fills(Operation operation, string table, string? column) => operation switch
    {
        UpdateData update => update.Table == table && (column is null || update.Columns.Contains(column)),
        Execute execute => Says(execute, table) && (column is null || Says(execute, column))
            && (Says(execute, "UPDATE") || Says(execute, "DELETE")),
        _ => false,
    };

    private static bool Says(Execute execute, string word) => Regex.IsMatch(execute.Text, Word(word), RegexOptions.IgnoreCase);

    // Another condition beside it proves less only if one of them is enough.
    private static bool SaysNotNull(string sql, string column) =>
        !Regex.IsMatch(sql, Word("OR"), RegexOptions.IgnoreCase)
        && Regex.IsMatch(sql, Word(column) + @"\W*\s+IS\s+NOT\s+NULL", RegexOptions.IgnoreCase);

    private static string Word(string text) => $@"(?<!\w){Regex.Escape(text)}(?!\w)";
}
