using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>Enum types: created before the first column that needs them; operations of their own change and drop them.</summary>
internal static class PostgreSqlEnums
{
    private const string Existing =
        """
        SELECT e.enumlabel::text AS label FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_enum e
          ON e.enumtypid = t.oid
        WHERE t.typtype = 'e' AND t.typname = @name AND CASE WHEN @schema = '' THEN pg_type_is_visible(t.oid) ELSE n.nspname = @schema END
        ORDER BY e.enumsortorder
        """;

    private const string Partitioned =
        """
        SELECT c.oid::regclass::text AS name FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (p.partattrs) WHERE a.atttypid = to_regtype(@type) ORDER BY 1
        """;

    /// <summary>The types whose values cannot be removed again: the server changes no column by which a table is partitioned.</summary>
    public static IReadOnlyList<string> NotRestored(AlterEnumType alter, Dialect dialect, IMigrationSession session) =>
        !alter.IsAddition ? [] : [.. session.Query(new Statement(Partitioned)
        {
            Parameters = Parameter.Of(("type", dialect.Quote(alter.Schema, alter.Name))),
        }).Select(row => $"the values of the type '{alter.Name}', because the table '{row["name"]}' is partitioned by it")];

    /// <summary>Creates the types that columns need and that do not exist yet.</summary>
    public static IEnumerable<Statement> Need(IEnumerable<SqlType> types, Dialect dialect, IMigrationSession session) =>
        types.Select(t => t.EnumType).OfType<SqlType>().Where(t => t.CreateType).DistinctBy(dialect.TypeName)
            .SelectMany(t => Create(new CreateEnumType(t.Name!, t.Values, t.Schema, ifNotExists: true), dialect, session));

    /// <summary>
    /// What an alteration of a column needs. If only the values of the same type change, the column itself needs no new type.
    /// </summary>
    public static IEnumerable<Statement> Need(ref AlterColumn alter, Dialect dialect, IMigrationSession session)
    {
        if (alter.Type?.EnumType is not { } type)
            return [];
        if (alter.ExistingType?.EnumType is not { } existing || dialect.TypeName(alter.ExistingType) != dialect.TypeName(alter.Type))
            return Need([type], dialect, session);
        alter = alter with { Type = null };
        return type.CreateType ? Alter(new AlterEnumType(type.Name!, type.Values, existing.Values, type.Schema), dialect, session) : [];
    }

    public static IEnumerable<Statement> Create(CreateEnumType create, Dialect dialect, IMigrationSession session)
    {
        var text = $"CREATE TYPE {dialect.Quote(create.Schema, create.Name)} AS ENUM ({Values(create.Values, dialect)})";
        if (!create.IfNotExists)
            return [new Statement(text)];
        // A script cannot check, and CREATE TYPE has no IF NOT EXISTS.
        if (session.IsOffline)
            return [Block($"BEGIN\n    {text};\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND")];
        return Read(create.Name, create.Schema, session) switch
        {
            null => [new Statement(text)],
            var there when there.SequenceEqual(create.Values) => [],
            var there =>
                throw new AlembicException(
                    $"The enum type '{create.Name}' exists with other values: {string.Join(", ", there)} instead of "
                        + $"{string.Join(", ", create.Values)}")
            {
                Hint = $"op.AlterEnumType(\"{create.Name}\", …) gives it other values",
            },
        };
    }

    public static IEnumerable<Statement> Alter(AlterEnumType alter, Dialect dialect, IMigrationSession session)
    {
        if (!session.IsOffline)
            alter = alter with { ExistingValues = Read(alter.Name, alter.Schema, session)
            ?? throw new AlembicException($"There is no enum type '{alter.Name}'") { Hint = "op.CreateEnumType creates one" } };
        return alter.IsAddition ? Additions(alter, alter.ExistingValues!, dialect) : [Block(PostgreSqlEnumRebuild.Text(alter, dialect)) with
        {
            Shown = $"CREATE TYPE {dialect.Quote(alter.Schema, alter.Name)} AS ENUM ({Values(alter.Values, dialect)})",
        }];
    }

    internal static string Values(IEnumerable<string> values, Dialect dialect) => string.Join(", ", values.Select(v => dialect.Literal(v)));

    // Each value goes after the one before it, which exists by then; the first of all goes before the first existing one.
    private static IEnumerable<Statement> Additions(AlterEnumType alter, IReadOnlyList<string> existing, Dialect dialect) =>
        alter.Values.Index().Where(v => !existing.Contains(v.Item)).Select(v => new Statement(
            $"ALTER TYPE {dialect.Quote(alter.Schema, alter.Name)} ADD VALUE IF NOT EXISTS {dialect.Literal(v.Item)}"
            + (v.Index > 0 ? $" AFTER {dialect.Literal(alter.Values[v.Index - 1])}"
                : existing.Count > 0 ? $" BEFORE {dialect.Literal(existing[0])}" : "")));

    private static Statement Block(string text)
    {
        var quote = "$$";
        for (var i = 1; text.Contains(quote, StringComparison.Ordinal); i++)
            quote = $"$e{i}$";
        return new Statement($"DO {quote} {text} {quote}");
    }

    private static List<string>? Read(string name, string? schema, IMigrationSession session) =>
        session.Query(new Statement(Existing) { Parameters = Parameter.Of(("name", name), ("schema", schema ?? "")) })
            is { Count: > 0 } rows
            ? [.. rows.Select(row => (string?)row["label"]).OfType<string>()]
            : null;
}
