namespace Alembic.Operations;

/// <summary>Classifies a statement by its words. A statement that they do not classify may do anything.</summary>
internal sealed class StatementKind
{
    // The form of a statement is read only from its first tokens.
    private const int MostTokens = 10_000;

    private static readonly IReadOnlySet<string> Writes = StatementWords.Set("INSERT UPDATE DELETE REPLACE MERGE CALL");

    private readonly List<SqlToken> _tokens = [];
    private readonly StatementWords _words;
    private readonly SqlQuotes _quotes;
    private readonly SqlToken? _object;
    private readonly bool _isCut;

    private StatementKind(Statement statement, Dialect dialect)
    {
        (_words, _quotes) = (dialect.Words, dialect.Quotes);
        var (blocks, isOver) = (new BlockDepth(), false);
        foreach (var token in SqlToken.Read(statement.Text, dialect.Quotes))
        {
            if (blocks.Take(token, () => HasStatements) && token.Is(';'))
            {
                isOver = _tokens.Count > 0;
                continue;
            }
            if (isOver)
            {
                HasSeveral = true;
                break;
            }
            if (_tokens.Count < MostTokens)
                _tokens.Add(token);
            else
                _isCut = true;
            if (_object is null && _tokens.Count > 1 && (Begins("CREATE") || Begins("ALTER") || Begins("DROP"))
                && _words.Objects.Contains(token.ToString()) && token.Kind == SqlTokenKind.Word)
                _object = token;
        }
        // Such a statement may be partly done when the database refuses it.
        HasSeveral |= Begins("CALL") || (Begins("DROP") && !dialect.HasTransactionalDdl && HasComma && !IsConditional("EXISTS"));
    }

    /// <summary>Tells whether it may be partly done when the database refuses it.</summary>
    public bool HasSeveral { get; }

    /// <summary>Tells whether it can be rolled back on every database.</summary>
    public bool IsData =>
        !HasSeveral && (_tokens.Count == 0 || First(_words.Reads) || First(_words.Data) || (First(_words.Session) && !MayCommit)
            || IsOfSavepoint);

    /// <summary>
    /// Tells whether it changes only the session, and gives the same result if it runs again in the same order: it reads no table and calls
    /// no function.
    /// </summary>
    public bool IsSession => !HasSeveral && (First(_words.Session)
        ? !MayCommitOther && !_tokens.Any(t => t.Is('(') || t.Is("SELECT")) || Begins("PREPARE")
        : IsPlainSetting);

    /// <summary>Tells whether it only reads, as far as its words show: a function may do anything.</summary>
    public bool IsRead => !HasSeveral && !_isCut && (_tokens.Count == 0 || First(_words.Reads) || First(_words.Session) || Begins("WITH"))
        && !_tokens.Index().Any(t => t.Item.Kind == SqlTokenKind.Word && Writes.Contains(t.Item.ToString())
            && !(t.Index > 0 && _tokens[t.Index - 1].Is("FOR")));

    /// <summary>Tells whether it changes the session.</summary>
    public bool IsOfSession => First(_words.Session);

    /// <summary>Tells whether it may change rows.</summary>
    public bool MayWriteRows => !IsOfSession && _object is null;

    /// <summary>Tells whether running it twice has the same effect as running it once.</summary>
    public bool IsRepeatable =>
        !HasSeveral && (_tokens.Count == 0 || First(_words.Repeatable) || IsSession || (Begins("SET") && !Second("STATEMENT"))
        || ((Begins("DROP") || (Begins("CREATE") && !IsTable)) && IsConditional("EXISTS"))
        || (Begins("CREATE") && IsOrReplace && !IsTable));

    /// <summary>
    /// Tells whether it can be sent again if the schema's fingerprint has not changed: its effect shows in the fingerprint, or the database
    /// refuses it the second time.
    /// </summary>
    public bool MayBeSentAgain =>
        IsSchema && !_isCut && (Begins("CREATE") || Begins("DROP") || (Begins("RENAME") && !HasComma) || IsKnownAlter);

    /// <summary>Tells whether the fingerprint can show that it was executed.</summary>
    public bool IsSchema => !HasSeveral && ((_object is not null && !(IsTable && IsOrReplace)) || Begins("RENAME"));

    public static StatementKind Of(Statement statement, Dialect dialect) => new(statement, dialect);

    /// <summary>Gets the first of some names (tables, variables <c>@name</c>, functions) that it reads; null for none.</summary>
    public string? Reads(Statement statement, IReadOnlySet<string> names)
    {
        if (names.Count == 0)
            return null;
        SqlToken? last = null;
        foreach (var token in SqlToken.Read(statement.Text, _quotes))
        {
            // SET @x = 1 writes the variable and does not read it.
            if (last is { } name && !(name.Kind == SqlTokenKind.Variable && Begins("SET") && (token.Is('=') || token.Is(':'))))
                return name.ToString();
            // nextval('kept') names a sequence.
            if (token.Kind == SqlTokenKind.Text && token.ToString().Trim('\'') is var text && !text.StartsWith('@') && names.Contains(text))
                return text;
            last = (token.IsIdentifier || token.Kind == SqlTokenKind.Variable) && names.Contains(token.ToString())
                && !IsParameter(token, statement) ? token : null;
        }
        return last?.ToString();
    }

    /// <summary>
    /// Gets the session state that it leaves and later statements may read: variables, temporary tables, functions that return its result.
    /// </summary>
    public IReadOnlyList<string> Leaves(Statement statement)
    {
        List<string> left = First(_words.Session) || _object is not null ? [] : [.. _words.LastResults];
        var isInto = false;
        var takesAll = HasSeveral || Begins("EXECUTE");
        foreach (var (index, token) in _tokens.Index())
        {
            var next = index + 1 < _tokens.Count ? _tokens[index + 1] : default;
            isInto = token.Is("INTO") || (isInto && (token.Kind == SqlTokenKind.Variable || token.Is(',')));
            if (token.Kind == SqlTokenKind.Variable && !IsParameter(token, statement)
                && (takesAll || isInto || (next.Sql is not null && (next.Is(':') || (next.Is('=') && Begins("SET"))))))
                left.Add(token.ToString());
            if (IsTemporary(index))
                left.AddRange(_tokens.Skip(index + 1).Where(t => t.IsIdentifier && !IsBeforeName(t)).Take(1).Select(t => t.ToString()));
        }
        if (_object?.Is("TRIGGER") == true && _tokens.Index().Any(t => IsTemporary(t.Index)))
            left.AddRange(_tokens.SkipWhile(t => !t.Is("ON")).Skip(1).Take(1).Select(t => t.ToString()));
        if (Begins("PREPARE") || Begins("DECLARE"))
            left.AddRange(_tokens.Skip(1).Take(1).Select(t => t.ToString()));
        if (Begins("HANDLER"))
            left.Add("HANDLER");
        if (_words.SettingFunction is { } function && _tokens.Any(t => t.Is(function)) && !IsPlainSetting)
            left.Add("current_setting");
        return left;
    }

    private bool IsTable => _object?.Is("TABLE") == true;

    private bool IsOrReplace => _tokens is [_, var or, var replace, ..] && or.Is("OR") && replace.Is("REPLACE");

    private bool HasStatements => (Begins("CREATE") || Begins("ALTER"))
        && _object is { } o && (o.Is("PROCEDURE") || o.Is("FUNCTION") || o.Is("TRIGGER") || o.Is("EVENT") || o.Is("PACKAGE"));

    private bool HasComma => AtDepth0(_tokens).Any(t => t.Is(','));

    // Savepoint statements have no effect outside of their transaction.
    private bool IsOfSavepoint => Begins("SAVEPOINT") || (Begins("RELEASE") && Second("SAVEPOINT"))
        || (Begins("ROLLBACK") && _tokens.Any(t => t.Is("TO")));

    private bool MayCommit => MayCommitOther || (_words.CommitSetting is { } setting
        && _tokens.Any(t => t.Kind == SqlTokenKind.Word
            && t.ToString().TrimStart('@').Equals(setting, StringComparison.OrdinalIgnoreCase)));

    // MariaDB's SET STATEMENT … FOR runs any statement; passwords and default roles are stored permanently.
    private bool MayCommitOther =>
        Begins("SET") && (Second("STATEMENT") || Second("PASSWORD") || Second("DEFAULT") || Second("GLOBAL") || Second("PERSIST")
            || Second("PERSIST_ONLY"));

    // SELECT set_config('search_path', 'x', false)
    private bool IsPlainSetting => _words.SettingFunction is { } function && Begins("SELECT")
        && _tokens.Skip(1).All(t => t.Kind is SqlTokenKind.Text or SqlTokenKind.Sign || t.Is(function) || t.Is("pg_catalog") || t.Is("true")
            || t.Is("false"));

    private bool IsKnownAlter
    {
        get
        {
            if (!Begins("ALTER") || !IsTable)
                return Begins("ALTER") && _object is not null;
            var rest = AtDepth0(_tokens.SkipWhile(t => !t.Is("TABLE")).Skip(1).SkipWhile(t => t.Is("IF") || t.Is("EXISTS") || t.Is("ONLY")))
                .ToList();
            var at = 1;
            while (at + 1 < rest.Count && (rest[at].Is('.') || rest[at].Is('*')))
                at += rest[at].Is('.') ? 2 : 1;
            var isFirst = true;
            for (; at < rest.Count; at++)
            {
                if (isFirst
                    && (!_words.TableChanges.Contains(rest[at].ToString()) || (at + 1 < rest.Count && rest[at + 1].Is("PARTITION"))))
                    return false;
                // The USING expression of a new type may change the rows each time it runs.
                if (rest[at].Is("USING") && at > 0 && !rest.Take(at).Any(t => t.Is("ADD")))
                    return false;
                isFirst = rest[at].Is(',');
            }
            return true;
        }
    }

    private bool Begins(string word) => _tokens is [var first, ..] && first.Is(word);

    private bool Second(string word) => _tokens is [_, var second, ..] && second.Is(word);

    private bool First(IReadOnlySet<string> words) =>
        _tokens is [{ Kind: SqlTokenKind.Word } first, ..] && words.Contains(first.ToString());

    // IF EXISTS, IF NOT EXISTS.
    private bool IsConditional(string word) =>
        AtDepth0(_tokens).Take(12).Any(t => t.Is("IF")) && AtDepth0(_tokens).Take(12).Any(t => t.Is(word));

    // CREATE TEMP TABLE x, SELECT … INTO TEMPORARY x, temp.x. A trigger counts as its table.
    private bool IsTemporary(int index) => (_tokens[index].Is("TEMP") || _tokens[index].Is("TEMPORARY") || _tokens[index].Is("pg_temp"))
        && ((index > 0 && (Begins("CREATE") || _tokens[index - 1].Is("INTO")))
            || (index + 1 < _tokens.Count && _tokens[index + 1].Is('.')));

    private static bool IsParameter(SqlToken token, Statement statement) =>
        token.Kind == SqlTokenKind.Variable && statement.Parameters.ContainsKey(token.ToString()[1..]);

    private static bool IsBeforeName(SqlToken token) =>
        token.Is("TABLE") || token.Is("VIEW") || token.Is("SEQUENCE") || token.Is("IF") || token.Is("NOT") || token.Is("EXISTS")
        || token.Is("TRIGGER");

    private static IEnumerable<SqlToken> AtDepth0(IEnumerable<SqlToken> tokens)
    {
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
            if (depth == 0 && !token.Is(')'))
                yield return token;
        }
    }
}
