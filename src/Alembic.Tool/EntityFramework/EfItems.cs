using System.Text.Json;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>Translates constraints and indexes of EF Core and its providers.</summary>
internal static class EfItems
{
    public static PrimaryKeyConstraint PrimaryKey(EfOperation key) => new(key.Texts("Columns"), key.Name);

    public static UniqueConstraint Unique(EfOperation unique) =>
        new(unique.Texts("Columns"), unique.Name, nullsNotDistinct: unique.Annotation("Npgsql:NullsDistinct") == "false");

    public static CheckConstraint Check(EfOperation check) => new(check.Text("Sql")!, check.Name);

    /// <param name="key">The key.</param>
    /// <param name="primaryKeyOf">Gets the columns of a table's primary key: an old migration does not say which columns the key
    /// references.</param>
    public static ForeignKeyConstraint ForeignKey(EfOperation key, Func<string?, string, IReadOnlyList<string>> primaryKeyOf)
    {
        var (schema, table) = (key.Text("PrincipalSchema"), key.Text("PrincipalTable")!);
        var columns = key.Texts("PrincipalColumns") is { Count: > 0 } given ? given : primaryKeyOf(schema, table);
        return new(key.Texts("Columns"), [.. columns.Select(c => ForeignKeyConstraint.TargetOf(schema, table, c))], key.Name,
            Action(key.Text("OnDelete")), Action(key.Text("OnUpdate")));
    }

    /// <summary>Gets the expression of a column or an index for full-text search.</summary>
    /// <param name="of">The column or the index.</param>
    /// <param name="columns">The columns with the text.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="isNullable">Whether a column can be NULL.</param>
    public static string TsVector(EfOperation of, IReadOnlyList<string> columns, Dialect dialect, Func<string, bool> isNullable)
    {
        var texts = columns.Select(c => isNullable(c) ? $"coalesce({dialect.Quote(c)}, '')" : dialect.Quote(c));
        return $"to_tsvector({dialect.Literal(of.Annotation("Npgsql:TsVectorConfig"))}, {string.Join(" || ' ' || ", texts)})";
    }

    /// <param name="index">The index.</param>
    /// <param name="provider">The database's provider.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="isNullable">Whether a column of its table can be NULL.</param>
    public static TableIndex Index(EfOperation index, EfProvider provider, Dialect dialect, Func<string, bool> isNullable)
    {
        var columns = index.Texts("Columns");
        var descending = index.Flags("IsDescending");
        var (operators, collations) = (index.AnnotationTexts("Npgsql:IndexOperators"), index.AnnotationTexts("Relational:Collation"));
        if (collations.Count == 0)
            collations = index.AnnotationTexts("Npgsql:IndexCollation");
        var nulls = index.AnnotationTexts("Npgsql:IndexNullSortOrder");
        var sorted = index.AnnotationTexts("Npgsql:IndexSortOrder");
        var prefixes = index.AnnotationTexts("MySql:IndexPrefixLength");
        string[] include = [.. index.AnnotationTexts("Npgsql:IndexInclude"), .. index.AnnotationTexts("SqlServer:Include")];
        return new TableIndex(
            index.Name,
            index.Annotation("Npgsql:TsVectorConfig") is null ? [.. columns.Select(Element)]
                : [Sql.Text(TsVector(index, columns, dialect, isNullable))], index.Flag("IsUnique"), provider.Filter(index),
            include.Length == 0 ? null : include,
            index.Annotation("Npgsql:IndexMethod")?.ToLowerInvariant(), index.Annotation("Npgsql:NullsDistinct") == "false",
            provider.IndexOptions(index));

        IndexElement Element(string column, int position)
        {
            // An empty list means all columns.
            var isDescending = descending is not null && (descending.Count == 0 || descending[position])
                || sorted.ElementAtOrDefault(position) is "Descending" or "1";
            var words = new[]
            {
                collations.ElementAtOrDefault(position) is { Length: > 0 } collation ? $"COLLATE {dialect.Quote(collation)}" : null,
                operators.ElementAtOrDefault(position) is { Length: > 0 } name ? name : null,
                isDescending ? "DESC" : null,
                nulls.ElementAtOrDefault(position) switch
                {
                    "NullsFirst" or "1" => "NULLS FIRST", "NullsLast" or "2" => "NULLS LAST", _ => null,
                },
            }.OfType<string>().ToList();
            // Zero means the whole column.
            var prefix = prefixes.ElementAtOrDefault(position) is { } length and not "0" ? $"({length})" : "";
            return (prefix, words) switch
            {
                ("", []) => column,
                ("", ["DESC"]) => IndexElement.Descending(column),
                _ => Sql.Text(string.Join(' ', [$"{dialect.Quote(column)}{prefix}", .. words])),
            };
        }
    }

    public static Sequence Sequence(EfOperation sequence, Dialect dialect) => new(
        sequence.Name,
        sequence.Schema,
        // A sequence has 64 bits by default.
        sequence.Text("ClrType") switch
        {
            "System.Int16" => SqlType.SmallInteger,
            "System.Int32" => SqlType.Integer,
            "System.Decimal" => dialect.ReadType("decimal", NoEnums),
            _ => null,
        },
        sequence.Number("StartValue"), sequence.Number("IncrementBy"), sequence.Number("MinValue"), sequence.Number("MaxValue"),
        sequence.Flag("IsCyclic"), sequence.Number("CacheSize"));

    private static readonly Dictionary<string, SqlType> NoEnums = [];

    /// <summary>Gets the storage parameters of a table or an index, as written after WITH; empty if there are none.</summary>
    public static string StorageParameters(EfOperation item) =>
        string.Join(", ", item.AnnotationsOf("Npgsql:StorageParameter:").Select(p => $"{p.Name}={p.Value}"));

    private static string? Action(string? action) => action switch
    {
        "Cascade" => "CASCADE", "SetNull" => "SET NULL", "SetDefault" => "SET DEFAULT", "Restrict" => "RESTRICT", _ => null,
    };
}
