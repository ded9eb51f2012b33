using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Dialects.PostgreSql;

/// <summary>The statements that change a column; the type comes first, as what follows is said of the new type.</summary>
internal static class PostgreSqlAlter
{
    public static IEnumerable<string> Sql(AlterColumn alter, Dialect dialect)
    {
        var column = $"ALTER TABLE {dialect.Quote(alter.Schema, alter.Table)} ALTER COLUMN {dialect.Quote(alter.Column)}";
        if (alter.Type is { } type)
        {
            // A default is not converted with its column; where a new one comes, the old one may go first.
            if (alter.ServerDefault is not null && alter.ExistingServerDefault is { Kind: not ServerDefaultKind.None })
                yield return $"{column} DROP DEFAULT";
            yield return $"{column} TYPE {dialect.TypeName(type)}{Using(alter, type, dialect)}";
        }
        foreach (var text in (alter with { Type = null }).Sql(dialect))
            yield return text;
    }

    // Nothing turns into an enum by itself, and everything does by way of its text.
    private static string Using(AlterColumn alter, SqlType type, Dialect dialect) => alter.PostgresqlUsing is { } expression
        ? $" USING {expression}"
        : type.Kind == SqlTypeKind.Enum ? $" USING {dialect.Quote(alter.Column)}::text::{dialect.TypeName(type)}" : "";
}
