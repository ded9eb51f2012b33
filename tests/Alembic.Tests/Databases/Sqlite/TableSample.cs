using Alembic.Databases.Sqlite;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>
/// A CREATE TABLE put together at random from what SQLite takes, with comments and white space in every gap, and rows that fit it.
/// </summary>
internal sealed class TableSample
{
    private static readonly string[] _names =
        ["a", "b b", "select", "größe", "x\"y", "it's", "[z", "end", "desc", "like", "-- c", "new\nline", "T", "表", "t.a", "1", "check",
            "/*", "q`q", "key", "left", "generated", "a,b)"];

    private static readonly string[] _types = ["INT", "integer", "TEXT", "VARCHAR(10)", "DOUBLE PRECISION", "UNSIGNED BIG INT",
        "\"odd type\"", "[x] y", "DECIMAL(10,-2)", "DATE", "BLOB", ""];

    private static readonly string[] _strictTypes = ["INT", "INTEGER", "REAL", "TEXT", "ANY"];

    private readonly Random _random;
    private readonly List<string> _tokens = [];
    private readonly List<string> _columns = [];
    private readonly HashSet<string> _keys = [];
    private readonly HashSet<string> _generated = [];
    private readonly bool _strict;
    private readonly bool _withoutRowid;
    private int _constraints;

    public TableSample(int seed)
    {
        _random = new Random(seed);
        (_strict, _withoutRowid) = (Chance(4), Chance(4));
        Name = Pick("t", "T T", "a", "order", "größe");
        Write();
        Sql = Text();
    }

    public string Name { get; }

    public string Sql { get; }

    public IReadOnlyList<string> Columns => _columns;

    public IEnumerable<string> StoredColumns => _columns.Where(c => !_generated.Contains(c));

    public bool Strict => _strict;

    public IEnumerable<string> Inserts() => Enumerable.Range(1, 3).Select(i =>
        $"INSERT INTO {DdlName.Quote(Name)} ({string.Join(", ", StoredColumns.Select(DdlName.Quote))}) VALUES "
            + $"({string.Join(", ", StoredColumns.Select(_ => i))})");

    public bool IsNewKey(IEnumerable<string> columns) => _keys.Add(string.Join('\u001F', columns));

    public T Pick<T>(params IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public bool Chance(int oneOf) => _random.Next(oneOf) == 0;

    /// <summary>A constraint's name, unlike any other of the table.</summary>
    public string NewName() => $"{Pick("c", "pk ", "\"", "--")}{++_constraints}";

    private void Write()
    {
        _columns.AddRange(_random.GetItems(_names, _random.Next(1, 6)).Distinct());
        var stored = _columns[0];
        _generated.UnionWith(_columns.Skip(1).Where(_ => Chance(6)));
        var keyIsInTable = Chance(2);
        var hasKey = _withoutRowid || Chance(2);
        List<string> key = keyIsInTable ? [stored, .. StoredColumns.Skip(1).Where(_ => Chance(2))] : [stored];
        if (hasKey)
        {
            // Of two keys over the same columns SQLite keeps one.
            IsNewKey(key);
        }
        Add("CREATE", "TABLE", Declared(Name), "(");
        foreach (var column in _columns)
        {
            if (column != stored)
            {
                Add(",");
            }
            Column(column, stored, hasKey && !keyIsInTable && column == stored);
        }
        var separator = ",";
        if (hasKey && keyIsInTable)
        {
            Add(separator);
            separator = Pick(",", "");
            Named();
            Add("PRIMARY", "KEY");
            Key(key);
            Conflict();
        }
        for (var i = _random.Next(4); i > 0; i--)
        {
            Add(separator);
            TableConstraint();
            separator = Pick(",", "");
        }
        Add(")");
        var options = new[] { _strict ? "STRICT" : "", _withoutRowid ? "WITHOUT ROWID" : "" }.Where(o => o.Length > 0).ToArray();
        _random.Shuffle(options);
        Add(string.Join(" , ", options).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private void Column(string column, string stored, bool isKey)
    {
        var type = isKey && Chance(2) ? "INTEGER" : Pick(_strict ? _strictTypes : _types);
        Add(Declared(column));
        Add(DdlTokenizer.Tokenize(type).Where(t => !t.IsTrivia).Select(t => t.ToString()).ToArray());
        List<Action> clauses = [];
        void Maybe(int oneOf, Action clause)
        {
            if (Chance(oneOf))
            {
                clauses.Add(clause);
            }
        }
        if (_generated.Contains(column))
        {
            clauses.Add(() =>
            {
                Add(Chance(2) ? ["GENERATED", "ALWAYS", "AS"] : ["AS"]);
                Add("(", "coalesce", "(", Quoted(stored), ",", "1", ")", ")");
                Add(Pick("", "STORED", "VIRTUAL"));
            });
        }
        else
        {
            Maybe(3,
                () => Add(["DEFAULT",
                    .. Pick<string[]>(["1"], ["-", "1"], ["+1.5e3"], ["'it''s ) , --'"], ["x'00'"], ["NULL"], ["CURRENT_TIME"], ["word"],
                        ["(", "1", "+", "(", "2", ")", ")"])]));
            Maybe(6, () => Add("COLLATE", Pick("nocase", "\"RTRIM\"", "BINARY")));
        }
        Maybe(3, () =>
        {
            Add("NOT", "NULL");
            Conflict();
        });
        Maybe(8, () => Add("NULL"));
        Maybe(3, () => Check(column));
        Maybe(3, () => Check(Pick(_columns)));
        Maybe(4, References);
        Maybe(6, () => Add("CONSTRAINT", Quoted(NewName())));
        if (isKey)
        {
            var autoincrement = type == "INTEGER" && !_withoutRowid && Chance(2);
            clauses.Add(() => Add("PRIMARY", "KEY", autoincrement || Chance(2) ? "" : "DESC", autoincrement ? "AUTOINCREMENT" : ""));
        }
        else if (Chance(5) && IsNewKey([column]))
        {
            clauses.Add(() =>
            {
                Add("UNIQUE");
                Conflict();
            });
        }
        var shuffled = clauses.ToArray();
        _random.Shuffle(shuffled);
        foreach (var clause in shuffled)
        {
            Named();
            clause();
        }
    }

    private void TableConstraint()
    {
        Named();
        List<string> columns = [.. _random.GetItems(_columns.ToArray(), _random.Next(1, 3)).Distinct()];
        switch (_random.Next(4))
        {
            case 0 when IsNewKey(columns):
                Add("UNIQUE");
                Key(columns);
                Conflict();
                break;
            case 1:
                Add("FOREIGN", "KEY", "(");
                Names(columns);
                Add(")");
                References(columns.Count);
                break;
            case 2:
                Add("CONSTRAINT", Quoted(NewName()));
                break;
            default:
                Check(columns[0]);
                break;
        }
    }

    private void Check(string column)
    {
        var name = Quoted(column);
        Add(["CHECK", "(", .. Pick<string[]>(
            ["length", "(", name, ")", ">=", "0", "OR", "1"],
            [name, "IN", "(", name, ",", "'x)'", ",", "1", ")"],
            [Quoted(Name), ".", name, "IS", name],
            ["CASE", name, "WHEN", "1", "THEN", "1", "ELSE", name, "END", "OR", "1"],
            [name, "NOT", "LIKE", name, "COLLATE", "nocase", "OR", "1"],
            ["(", "(", "CAST", "(", name, "AS", "DECIMAL", "(", "1", ",", "2", ")", ")", ")", ")", "<>", "'''--'"],
            ["1"]), ")"]);
    }

    private void References() => References(1);

    private void References(int columns)
    {
        Add("REFERENCES");
        if (Chance(2))
        {
            Add(Quoted(Name, anyString: true), "(");
            Names(Enumerable.Range(0, columns).Select(_ => Pick(_columns)));
            Add(")");
        }
        else
        {
            Add("p");
        }
        Add(Pick<string[]>([], ["ON", "DELETE", "CASCADE"], ["ON", "UPDATE", "SET", "NULL", "ON", "DELETE", "NO", "ACTION"],
            ["MATCH", "full", "ON", "DELETE", "SET", "DEFAULT"]));
        Add(Pick<string[]>([], [], ["DEFERRABLE"], ["NOT", "DEFERRABLE", "INITIALLY", "IMMEDIATE"],
            ["DEFERRABLE", "INITIALLY", "DEFERRED"]));
    }

    private void Key(IEnumerable<string> columns)
    {
        Add("(");
        foreach (var (i, column) in columns.Index())
        {
            Add(i > 0 ? "," : "", Quoted(column, anyString: true));
            Add(Pick<string[]>([], [], ["COLLATE", "nocase"]));
            Add(Pick("", "ASC", "DESC"));
        }
        Add(")");
    }

    private void Names(IEnumerable<string> columns)
    {
        foreach (var (i, column) in columns.Index())
        {
            Add(i > 0 ? "," : "", Quoted(column, anyString: true));
        }
    }

    private void Named()
    {
        if (Chance(3))
        {
            Add("CONSTRAINT", Quoted(NewName(), anyString: true));
        }
    }

    private void Conflict() => Add(Pick<string[]>([], [], ["ON", "CONFLICT", Pick("IGNORE", "REPLACE", "ABORT")]));

    private void Add(params IReadOnlyList<string> tokens) => _tokens.AddRange(tokens.Where(t => t.Length > 0));

    private string Declared(string name)
    {
        string written;
        do
        {
            written = Quoted(name, anyString: true);
        }
        while (DdlName.Of(DdlTokenizer.Tokenize(written).Single()) != name);
        return written;
    }

    private string Quoted(string name, bool anyString = false)
    {
        List<string> ways = [DdlName.Quote(name), $"`{name.Replace("`", "``", StringComparison.Ordinal)}`"];
        if (!name.Contains(']', StringComparison.Ordinal))
        {
            ways.Add($"[{name}]");
        }
        if (anyString)
        {
            ways.Add(ScratchDatabase.Literal(name));
        }
        // Such keywords are names too where no keyword can be, but for "generated" before "always".
        if (DdlTokenizer.Tokenize(name) is [{ Kind: DdlTokenKind.Word } word] && !DdlKeywords.IsReserved(word.Text)
            && name is not ("generated" or "left"))
        {
            ways.AddRange([name, name, string.Concat(name.Select(c => char.IsAscii(c) ? char.ToUpperInvariant(c) : c))]);
        }
        return Pick(ways);
    }

    private string Text()
    {
        var text = "";
        foreach (var (i, token) in _tokens.Index())
        {
            var tight = i == 0 || token is "(" or ")" or "," or "." || _tokens[i - 1] is "(" or ")" or "," or ".";
            // SQLite itself writes the statement's beginning, and takes a comment around GENERATED for a part of the type.
            text += (i < 3 || token == "GENERATED" || _tokens[i - 1] == "GENERATED"
                ? (i == 0 ? "" : " ") : tight && !Chance(4) ? Pick("", " ") : _tokens[i - 1] == "-" ? " " + Gap() : Gap()) + token;
        }
        return text;
    }

    private string Gap() =>
        Pick(" ", " ", " ", "\n  ", "\r\n\t", "/**/", " /* ) , ' \" */ ", " -- it's ), (\n", "--\n", "\n    -- own line\n    ");
}
