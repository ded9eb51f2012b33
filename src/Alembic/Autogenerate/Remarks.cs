using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>What the reader of a generated migration should know before running it.</summary>
internal static class Remarks
{
    public static string? OfAdded(Column column, TablePair pair) => OfMissingDefault(column, pair.Name, pair.Schema);

    public static string? OfAltered(AlterColumn alter) => alter.Nullable != false ? null :
        $"This fails while rows have NULL in '{alter.Column}': fill them first, for example op.Execute(\"UPDATE …\").";

    /// <summary>The same for what a downgrade recreates.</summary>
    public static string? OfRestored(Operation operation) => operation switch
    {
        // Its existing rows already get values.
        { Back: not null } => null,
        AddColumn add => OfMissingDefault(add.Column, add.Table, add.Schema),
        AlterColumn alter => OfAltered(alter),
        _ => null,
    };

    private static string? OfMissingDefault(Column column, string table, string? schema)
    {
        if (!Filling.IsMissing(column))
            return null;
        var inSchema = schema is null ? "" : $", schema: {CodeWriter.Literal(schema)}";
        return $"""
            '{column.Name}' is NOT NULL and has no server default: on a table with rows this fails. Give it a server default in the model,
              or go in three phases:
            1. add it with nullable: true; 2. fill it, op.Execute("UPDATE …"), and let the application write it;
            3. op.AlterColumn({CodeWriter.Literal(table)}, {CodeWriter.Literal(column.Name)}, nullable: false{inSchema}).
            """.ReplaceLineEndings("\n");
    }
}
