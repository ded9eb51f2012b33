using System.Text.RegularExpressions;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>The options of tables and indexes, named as SQLAlchemy names them.</summary>
internal static partial class PostgreSqlOptions
{
    private const string Unlogged = "unlogged";

    // In the order of the grammar.
    private static readonly string[] OfTable = ["inherits", "partition_by", "using", "with", "tablespace"];

    private static readonly string[] OfIndex = ["with", "tablespace"];

    public static bool IsUnlogged(Table table) => table.Options["postgresql_unlogged"] is true;

    public static string Of(Table table, Dialect dialect) => Text(table.Options, [Unlogged, .. OfTable], dialect, $"table '{table.Name}'");

    public static string Of(CreateIndex operation, Dialect dialect) =>
        Text(operation.Index.Options, OfIndex, dialect, $"index '{operation.Name}'");

    /// <summary>The tables that a table inherits from.</summary>
    public static IEnumerable<(string? Schema, string Name)> Parents(Table table) =>
        table.Options["postgresql_inherits"] is not string names ? [] : Names().Matches(names)
        .Select(name => new ForeignKeyConstraint([""], [$"{name.Value}.x"])).Select(key => (key.ReferentSchema, key.ReferentTable));

    [GeneratedRegex("(\"[^\"]*\"|[^\\s,\"])+")]
    private static partial Regex Names();

    private static string Text(DialectOptions options, string[] known, Dialect dialect, string of)
    {
        var given = options.Of(dialect.Name).ToDictionary(o => o.Name, o => o.Value.ToString()!);
        if (given.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            throw dialect.NoOption(unknown, of);
        return string.Concat(known.Where(key => key != Unlogged && given.ContainsKey(key)).Select(key => key switch
        {
            "inherits" => $" INHERITS ({given[key]})",
            "partition_by" => $" PARTITION BY {given[key]}",
            "using" => $" USING {dialect.Quote(given[key])}",
            "with" => $" WITH ({given[key]})",
            _ => $" TABLESPACE {dialect.Quote(given[key])}",
        }));
    }
}
