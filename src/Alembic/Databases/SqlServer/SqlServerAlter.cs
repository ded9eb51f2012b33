using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <summary>A column's alteration: each facet is a statement of its own, except type and nullability.</summary>
internal static class SqlServerAlter
{
    /// <param name="dialect">The dialect.</param>
    /// <param name="alter">The alteration.</param>
    /// <param name="hasChecks">Whether checks name a column that is renamed.</param>
    public static IEnumerable<string> Compile(SqlServerDialect dialect, AlterColumn alter, bool hasChecks)
    {
        var table = dialect.Quote(alter.Schema, alter.Table);
        if (alter is { Autoincrement: { } numbered, Type: null, Nullable: null, ServerDefault: null, NewName: null, Comment: null })
        {
            throw new AlembicException(
                $"Column '{alter.Table}.{alter.Column}': SQL Server cannot "
                    + $"{(numbered ? "make an existing column an identity" : "remove the identity from a column")}")
            {
                Hint =
                    "add a new column, fill it from the old one (SET IDENTITY_INSERT for an identity), drop the old one and "
                        + "rename the new one",
            };
        }
        // Before the type, which cannot change while the column has a default. If the old default is unknown, there may still be one, and
        // a column has at most one.
        if (alter.ServerDefault is not null && alter.ExistingServerDefault is not { Kind: ServerDefaultKind.None })
            yield return SqlServerText.DropDefault(dialect, alter.Schema, alter.Table, alter.Column);
        if (alter.Type is not null || alter.Nullable is not null || alter.Collation is not null)
            yield return Definition(dialect, alter, table);
        if (alter.ServerDefault is { Kind: not ServerDefaultKind.None } value)
            yield return $"ALTER TABLE {table} ADD DEFAULT {dialect.DefaultText(value)} FOR {dialect.Quote(alter.Column)}";
        if (alter.Comment is { } comment)
            yield return SqlServerComments.Set(dialect, alter.Schema, alter.Table, alter.Column, comment);
        if (alter.NewName is { } name)
            yield return hasChecks ? SqlServerText.RenameColumn(dialect, alter, name)
                : SqlServerText.Rename(dialect, $"{table}.{dialect.Quote(alter.Column)}", name, "COLUMN");
    }

    private static string Definition(SqlServerDialect dialect, AlterColumn alter, string table)
    {
        var type = dialect.TypeName(alter.Type ?? alter.ExistingType ?? throw new AlembicException(
            "MS-SQL ALTER COLUMN operations with NULL or NOT NULL require the existing_type or a new type_ be passed.")
        {
            Hint = $"op.AlterColumn(\"{alter.Table}\", \"{alter.Column}\", …, existingType: …)",
        });
        var nullable = alter.Nullable ?? alter.ExistingNullable;
        return nullable is { } known && !HoldsDefault(dialect, alter) && !SqlServerText.HasCollation(type)
            ? $"ALTER TABLE {table} ALTER COLUMN {dialect.Quote(alter.Column)} {type} {(known ? "NULL" : "NOT NULL")}"
            : SqlServerText.AlterColumn(dialect, alter, type, nullable);
    }

    // Length and digits may change while there is a default, the type may not.
    private static bool HoldsDefault(SqlServerDialect dialect, AlterColumn alter) =>
        alter is { Type: { } type, ServerDefault: null, ExistingServerDefault: not { Kind: ServerDefaultKind.None } }
        && (alter.ExistingType is not { } old || Words(dialect.TypeName(old)) != Words(dialect.TypeName(type)));

    private static string Words(string type) => type.Split('(')[0];
}
