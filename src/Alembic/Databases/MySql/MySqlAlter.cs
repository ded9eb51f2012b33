using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>
/// MODIFY and CHANGE rewrite a column, and what they do not repeat is lost. Online, that is read from the server; offline, it has to be
/// given.
/// </summary>
internal static class MySqlAlter
{
    public static IEnumerable<Statement> Compile(MySqlDialect dialect, AlterColumn alter, IMigrationSession session)
    {
        if (alter is { Nullable: null, Type: null, ServerDefault: null, NewName: null, Comment: null, Autoincrement: null,
            Collation: null })
            return [];
        var table = $"ALTER TABLE {dialect.Quote(alter.Schema, alter.Table)} ";
        if (!session.IsOffline)
            return [new(table + FromServer(dialect, alter, session))];
        if (IsDefaultOnly(dialect, alter))
            return [new(table + Default(dialect, alter))];
        var given = alter.Type ?? alter.ExistingType
            ?? throw new AlembicException("All MySQL CHANGE/MODIFY COLUMN operations require the existing type.")
        {
            Hint = $"op.AlterColumn(\"{alter.Table}\", \"{alter.Column}\", …, existingType: …); without --sql it is read from the server",
        };
        var type = dialect.TypeName(given);
        return [.. MySqlModifyGuard.Of(dialect, alter, type), new(table + FromExisting(dialect, alter, type))];
    }

    private static string FromServer(MySqlDialect dialect, AlterColumn alter, IMigrationSession session)
    {
        var text = MySqlShown.Table(dialect.Quote(alter.Schema, alter.Table), session);
        var column = MySqlColumnText.Find(text, alter.Column)
            ?? throw new AlembicException($"Table '{alter.Table}' has no column '{alter.Column}'");
        var (before, after) = alter.NewName is { } name && dialect.Comparison.HoldsNamesInExpressions
            ? MySqlColumnChecks.Around(text, alter.Column, name, dialect)
            : ("", "");
        return before + Verb(dialect, alter) + column.With(alter, dialect) + after;
    }

    private static bool IsDefaultOnly(MySqlDialect dialect, AlterColumn alter) =>
        alter is { ServerDefault: not null, Nullable: null, Type: null, NewName: null, Comment: null, Collation: null }
        && !NeedsModify(dialect, alter);

    private static string Default(MySqlDialect dialect, AlterColumn alter) =>
        $"ALTER COLUMN {dialect.Quote(alter.Column)} " + (alter.ServerDefault is { Kind: not ServerDefaultKind.None } value
            ? "SET DEFAULT " + Settable(dialect, value, alter.ExistingType)
            : "DROP DEFAULT");

    private static string FromExisting(MySqlDialect dialect, AlterColumn alter, string type)
    {
        var text = new StringBuilder(Verb(dialect, alter)).Append(type)
            .Append((alter.Collation ?? alter.ExistingCollation) is { Length: > 0 } collation
                ? $" COLLATE {dialect.Collation(collation)}"
                : "");
        if (alter.ExistingComputed is { } computed)
            text.Append(MySqlDialect.ComputedText(computed));
        // MariaDB infers whether a generated column can be NULL.
        if (alter.ExistingComputed is null || (dialect.Name == "mysql" && (alter.Nullable ?? alter.ExistingNullable) == false))
            text.Append((alter.Nullable ?? alter.ExistingNullable ?? true) ? " NULL" : " NOT NULL");
        if ((alter.ServerDefault ?? alter.ExistingServerDefault) is { Kind: not ServerDefaultKind.None } kept)
            text.Append(" DEFAULT ").Append(dialect.DefaultText(kept, type));
        if (alter.Autoincrement == true)
            text.Append(" AUTO_INCREMENT");
        if ((alter.Comment ?? alter.ExistingComment) is { Length: > 0 } comment)
            text.Append(" COMMENT ").Append(dialect.Literal(comment));
        return text.ToString();
    }

    // SET DEFAULT neither adds nor removes ON UPDATE, and turns the clock into an ordinary expression. Here, MySQL takes a literal in
    // parentheses for a literal, which a long column does not accept.
    private static bool NeedsModify(MySqlDialect dialect, AlterColumn alter) =>
        (dialect.Name == "mysql"
            && alter is { ExistingType: { } type, ServerDefault.Kind: not (ServerDefaultKind.None or ServerDefaultKind.Sql) }
            && MySqlDefaults.IsLong(dialect.TypeName(type)))
        || MySqlDefaults.HasOnUpdate(alter.ServerDefault) || MySqlDefaults.HasOnUpdate(alter.ExistingServerDefault)
        || (alter.ExistingType is not null && MySqlDefaults.IsClock(alter.ServerDefault));

    // SET DEFAULT accepts a literal, or an expression in parentheses, even for the clock, which needs none elsewhere.
    private static string Settable(MySqlDialect dialect, ServerDefault value, SqlType? type) =>
        (type is null ? dialect.DefaultText(value) : dialect.DefaultText(value, dialect.TypeName(type))) is var text
        && value.Kind == ServerDefaultKind.Sql && char.IsAsciiLetter(text[0])
        ? $"({text})"
        : text;

    private static string Verb(MySqlDialect dialect, AlterColumn alter) => alter.NewName is { } name
        ? $"CHANGE {dialect.Quote(alter.Column)} {dialect.Quote(name)} "
        : $"MODIFY {dialect.Quote(alter.Column)} ";
}
