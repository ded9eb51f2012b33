using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Dialects.SqlServer;

/// <summary>A column's alteration: each facet is a statement of its own here.</summary>
internal static class SqlServerAlter
{
    public static IEnumerable<string> Compile(SqlServerDialect dialect, AlterColumn alter)
    {
        var table = dialect.Quote(alter.Schema, alter.Table);
        if ((alter.Nullable ?? (alter.Type is null ? null : alter.ExistingNullable)) is { } nullable)
        {
            var type = alter.Type ?? alter.ExistingType ?? throw new AlembicException(
                "MS-SQL ALTER COLUMN operations with NULL or NOT NULL require the existing_type or a new type_ be passed.")
            {
                Hint = $"op.AlterColumn(\"{alter.Table}\", \"{alter.Column}\", …, existingType: …)",
            };
            yield return $"ALTER TABLE {table} ALTER COLUMN {dialect.Quote(alter.Column)} {dialect.TypeName(type)} {(nullable ? "NULL" : "NOT NULL")}";
        }
        else if (alter.Type is { } type)
        {
            yield return SqlServerText.AlterType(dialect, alter.Schema, alter.Table, alter.Column, dialect.TypeName(type));
        }
        if (alter.ServerDefault is { } value)
        {
            // Where the old one is not known there may still be one, and a column has one at the most.
            if (alter.ExistingServerDefault is not { Kind: ServerDefaultKind.None })
                yield return SqlServerText.DropDefault(dialect, alter.Schema, alter.Table, alter.Column);
            if (value.Kind != ServerDefaultKind.None)
                yield return $"ALTER TABLE {table} ADD DEFAULT {dialect.DefaultText(value)} FOR {dialect.Quote(alter.Column)}";
        }
        if (alter.Comment is { } comment)
            yield return SqlServerComments.Set(dialect, alter.Schema, alter.Table, alter.Column, comment);
        if (alter.NewName is { } name)
            yield return SqlServerText.Rename(dialect, $"{table}.{dialect.Quote(alter.Column)}", name, "COLUMN");
    }
}
