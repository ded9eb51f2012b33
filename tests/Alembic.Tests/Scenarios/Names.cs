using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

/// <summary>Spells the names of a scenario, and finds them again in what a database says.</summary>
internal sealed class Names(Dialect dialect, RoundTripped spelling, string? schema, Func<string, string> lengthen)
{
    // Every quotation mark, and what elsewhere begins a parameter, a comment, an escape or the next statement.
    public const string Hostile = "\"'`[]@:?$ .\\%;--/*ü表";

    // By all of the databases.
    private static readonly string[] Reserved =
    [
        "select", "from", "order", "group", "table", "where", "check", "default", "column", "references", "to", "in", "and", "or", "desc",
        "union", "unique", "create", "on", "then",
        "not", "null", "having", "when", "case", "else", "like", "into", "as", "all", "distinct",
    ];

    private readonly Dictionary<string, string> _spelled = [];

    public string? Schema => schema;

    public bool IsPlain => spelling == RoundTripped.Plain;

    public string this[string name]
    {
        get
        {
            if (!_spelled.TryGetValue(name, out var spelled))
            {
                _spelled[name] = spelled = spelling switch
                {
                    RoundTripped.Hostile => lengthen(Hostile + name),
                    RoundTripped.Reserved => Reserved[_spelled.Count],
                    _ => name,
                };
            }
            return spelled;
        }
    }

    /// <summary>A column as it stands in SQL.</summary>
    public string Sql(string name) => dialect.Quote(this[name]);

    /// <summary>A table as it stands in SQL.</summary>
    public string Table(string name) => dialect.Quote(schema, this[name]);

    /// <summary>What a foreign key points to.</summary>
    public string Target(string table, string column) => ForeignKeyConstraint.TargetOf(schema, this[table], this[column]);

    /// <summary>The name that the scenario uses for one that the database gave.</summary>
    public string Plain(string name) => _spelled.FirstOrDefault(p => p.Value == name).Key
        ?? _spelled.OrderByDescending(p => p.Value.Length)
            .Aggregate(name, (text, p) => text.Replace(p.Value, p.Key, StringComparison.Ordinal));

    /// <summary>SQL that the database gave, with the scenario's names and without quotation marks around them.</summary>
    public string PlainSql(string sql)
    {
        var quoted = dialect.Quote("select");
        var (open, close) = ($"{quoted[0]}", $"{quoted[^1]}");
        return _spelled.OrderByDescending(p => p.Value.Length).Aggregate(
            sql,
            (text, p) => text.Replace(open + p.Value.Replace(close, close + close, StringComparison.Ordinal) + close, p.Key,
                StringComparison.Ordinal));
    }
}

internal enum RoundTripped
{
    Plain,
    Reserved,
    Hostile,
}
