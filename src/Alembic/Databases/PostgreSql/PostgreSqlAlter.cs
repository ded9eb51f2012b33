using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>The statements that change a column; the type comes first, as the other changes apply to the new type.</summary>
internal static class PostgreSqlAlter
{
    /// <summary>If the alteration asks for it, what uses the column is dropped and recreated.</summary>
    public static IEnumerable<Statement> Compile(AlterColumn alter, Dialect dialect)
    {
        var texts = Sql(alter, dialect).ToList();
        return alter.RecreateDependents && TypeOf(alter) is not null
            ? [new Statement(PostgreSqlAside.Around(alter, texts, dialect)) { Shown = string.Join(";\n", texts) }]
            : texts.Select(text => new Statement(text));
    }

    private static IEnumerable<string> Sql(AlterColumn alter, Dialect dialect)
    {
        var column = $"ALTER TABLE {dialect.Quote(alter.Schema, alter.Table)} ALTER COLUMN {dialect.Quote(alter.Column)}";
        // An identity column has to be a NOT NULL integer without a default, so the identity is dropped first.
        if (alter.Identity is { IsNone: true })
            yield return $"{column} DROP IDENTITY";
        if (TypeOf(alter) is { } type)
        {
            // Converting the values does not convert the default, or leaves a cast on it: the default is dropped and set again.
            var conversion = alter.PostgresqlUsing
                ?? PostgreSqlConversion.Using(alter.ExistingType, type, dialect.Quote(alter.Column), dialect);
            var aside = alter.ExistingServerDefault is { Kind: not ServerDefaultKind.None }
                && (alter.ServerDefault is not null || conversion is not null
                    || (alter.ExistingType is { } old && IsText(old) != IsText(type)));
            if (aside)
                yield return $"{column} DROP DEFAULT";
            foreach (var need in PostgreSqlConversion.Need(conversion ?? ""))
                yield return need;
            var collation = alter.Collation ?? alter.ExistingCollation;
            yield return $"{column} TYPE "
                + $"{dialect.TypeName(type)}{(collation is { Length: > 0 } ? $" COLLATE {dialect.Collation(collation)}" : "")}"
                + (conversion is null ? "" : $" USING {conversion}");
            if (!alter.IsAutoincrementOnly && alter.Autoincrement == true)
                yield return PostgreSqlSerial.Widen(alter, type, dialect);
            if (aside)
                alter = alter with { ServerDefault = alter.ServerDefault ?? alter.ExistingServerDefault };
        }
        var identity = alter.Identity is { IsNone: false } wanted
            ? Identity(alter, wanted, column, dialect)
            : alter is { IsAutoincrementOnly: true, Autoincrement: { } numbered } ? [PostgreSqlSerial.Sql(alter, numbered, dialect)]
            : Array.Empty<string>();
        foreach (var text in (alter with { Type = null }).Sql(dialect).Concat(identity))
            yield return text;
    }

    // The collation is given with the type, and is lost otherwise.
    private static SqlType? TypeOf(AlterColumn alter) =>
        alter.Type ?? (alter.Collation is null ? null : alter.ExistingType ?? throw new AlembicException(
        $"Column '{alter.Table}.{alter.Column}': PostgreSQL changes a collation with the type")
    {
        Hint = $"op.AlterColumn(\"{alter.Table}\", \"{alter.Column}\", collation: …, existingType: …)",
    });

    private static IEnumerable<string> Identity(AlterColumn alter, Identity wanted, string column, Dialect dialect)
    {
        if (alter.ExistingIdentity is null)
            return [$"{column} ADD {dialect.IdentityText(wanted)}",
                .. wanted is { Start: null, Increment: not < 0 }
                    ? ["SELECT " + PostgreSqlSerial.GoOn(alter, wanted.MinValue ?? 1, dialect)]
                    : Array.Empty<string>()];
        var (increment, first) = (wanted.Increment ?? 1, wanted.Increment < 0 ? wanted.MaxValue ?? -1 : wanted.MinValue ?? 1);
        string Bound(string name, long? value) => value is { } given ? $"SET {name} {given}" : $"SET NO {name}";
        return
        [
            $"{column} SET GENERATED {(wanted.Always ? "ALWAYS" : "BY DEFAULT")} SET INCREMENT BY {increment} "
                + $"{Bound("MINVALUE", wanted.MinValue)} {Bound("MAXVALUE", wanted.MaxValue)}"
                + $" SET START WITH {wanted.Start ?? first} SET CACHE {wanted.Cache ?? 1} SET {(wanted.Cycle == true ? "" : "NO ")}CYCLE",
        ];
    }

    private static bool IsText(SqlType type) =>
        type.Kind is SqlTypeKind.String or SqlTypeKind.Text or SqlTypeKind.Unicode or SqlTypeKind.UnicodeText;
}
