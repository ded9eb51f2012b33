using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>What the reader of a generated migration should know before running it.</summary>
internal static class Remarks
{
    public static string? OfAdded(Column column, TablePair pair)
    {
        string?[] remarks = [OfMissingDefault(column, pair.Name), OfRename(column, pair)];
        var text = string.Join('\n', remarks.Where(r => r is not null));
        return text.Length == 0 ? null : text;
    }

    public static string? OfAltered(AlterColumn alter) => alter.Nullable != false ? null :
        $"This fails while rows have NULL in '{alter.Column}': fill them first, for example op.Execute(\"UPDATE …\").";

    /// <summary>The same for what a downgrade brings back.</summary>
    public static string? OfRestored(Operation operation) => operation switch
    {
        AddColumn add => OfMissingDefault(add.Column, add.Table),
        AlterColumn alter => OfAltered(alter),
        _ => null,
    };

    private static string? OfMissingDefault(Column column, string table) =>
        column.Nullable || column.ServerDefault is not null || column.Computed is not null || column.Identity is not null ? null :
        $"""
        '{column.Name}' is NOT NULL and has no server default: on a table with rows this fails. Give it a server default in the model, or go in three phases:
        1. add it with nullable: true; 2. fill it, op.Execute("UPDATE …"), and let the application write it;
        3. op.AlterColumn({CodeWriter.Literal(table)}, {CodeWriter.Literal(column.Name)}, nullable: false).
        """.ReplaceLineEndings("\n");

    // A rename is never guessed, but shown.
    private static string? OfRename(Column column, TablePair pair)
    {
        var type = TypeSpelling.Of(column.Type, pair.Dialect);
        var removed = pair.Database.Columns.ExceptBy(pair.Model.Columns.Select(c => c.Name), c => c.Name).Where(c => TypeSpelling.Of(c.Type, pair.Dialect).IsSameAs(type)).ToList();
        return removed is [var old]
            ? $"If '{old.Name}' has become '{column.Name}', write this instead of adding and dropping: op.AlterColumn({CodeWriter.Literal(pair.Name)}, {CodeWriter.Literal(old.Name)}, newColumnName: {CodeWriter.Literal(column.Name)})."
            : null;
    }
}
