using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Dialects.PostgreSql;

/// <summary>Makes the enum types that columns need and that are not there yet.</summary>
internal static class PostgreSqlEnums
{
    private const string Existing =
        """
        SELECT e.enumlabel::text AS label FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
        WHERE t.typname = @name AND pg_type_is_visible(t.oid)
        ORDER BY e.enumsortorder
        """;

    public static IEnumerable<Statement> Create(IEnumerable<SqlType> types, Dialect dialect, IMigrationSession session) =>
        Of(types)
            .SelectMany(t => session.IsOffline ? [Guarded(Text(t, dialect))] : IsThere(t, session) ? Enumerable.Empty<string>() : [Text(t, dialect)])
            .Select(text => new Statement(text));

    public static IEnumerable<SqlType> Of(IEnumerable<SqlType> types) =>
        types.Select(t => t is PostgreSqlType { Element: { } element } ? element : t).Where(t => t.Kind == SqlTypeKind.Enum).Distinct();

    public static string Text(SqlType type, Dialect dialect, string? schema = null) => $"CREATE TYPE {(schema is null ? "" : schema + ".")}{dialect.TypeName(type)} AS ENUM ({string.Join(", ", type.Values.Select(v => dialect.Literal(v)))})";

    // A script cannot look, and CREATE TYPE knows no IF NOT EXISTS.
    private static string Guarded(string create)
    {
        var quote = "$$";
        for (var i = 1; create.Contains(quote, StringComparison.Ordinal); i++)
            quote = $"$e{i}$";
        return $"DO {quote} BEGIN\n    {create};\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND {quote}";
    }

    private static bool IsThere(SqlType type, IMigrationSession session)
    {
        if (type.Name is null)
            return false;
        var labels = session.Query(new Statement(Existing) { Parameters = Parameter.From(new { name = type.Name }) }).Select(row => (string)row["label"]!).ToList();
        if (labels.Count > 0 && !labels.SequenceEqual(type.Values))
        {
            throw new AlembicException($"The enum type '{type.Name}' is there with other values: {string.Join(", ", labels)} instead of {string.Join(", ", type.Values)}")
            {
                Hint = $"op.Execute(\"ALTER TYPE {type.Name} ADD VALUE '…'\") in an autocommit block adds one",
            };
        }
        return labels.Count > 0;
    }
}
