using System.Data.Common;
using System.Globalization;
using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>SQLite. <see cref="SqliteRebuild"/> does what its ALTER TABLE cannot.</summary>
public sealed partial class SqliteDialect : Dialect
{
    /// <inheritdoc/>
    public override string Name => "sqlite";

    /// <inheritdoc/>
    public override string ImplementationName => "SQLiteImpl";

    internal override ComparisonRules Comparison => field ??= new SqliteComparison();

    internal override OnlineChanges Online => SqliteOnline.Instance;

    /// <inheritdoc/>
    public override bool HasComments => false;

    /// <inheritdoc/>
    public override bool HasTransactionalDdl => true;

    /// <inheritdoc/>
    internal override string UtcNow => "CURRENT_TIMESTAMP";

    /// <inheritdoc/>
    protected internal override string OneRow(long offset) => $"LIMIT 1 OFFSET {offset}";

    // A migration that catches the exception of a rebuild must not commit half of it.
    /// <inheritdoc/>
    internal override bool HasSavepointPerOperation => true;

    // A script runs in sqlite3 as Alembic's do: to get all or nothing, put it between BEGIN and COMMIT, or set TransactionalDdl.
    /// <inheritdoc/>
    internal override bool ScriptsTransactions => false;

    // Keys are checked as a whole before each commit instead (ForeignKeyGuard): dropping a table to rebuild it must not delete the rows
    // that refer to it, and inside a transaction this setting cannot be changed.
    /// <inheritdoc/>
    internal override IReadOnlyList<string> OnConnect => ["PRAGMA foreign_keys=OFF"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OnDisconnect(Func<Statement, IReadOnlyList<IReadOnlyDictionary<string, object?>>> query,
        bool isInTransaction)
    {
        if (query(new Statement("PRAGMA foreign_keys")) is not [{ } row] || row["foreign_keys"] is not 1L)
            return [];
        // A rebuild drops the old table, which would delete the rows that refer to it; and in a transaction, SQLite ignores this pragma.
        return isInTransaction
            ? throw new AlembicException("SQLite enforces foreign keys in this transaction, and migrations need them off")
            {
                Hint = "run PRAGMA foreign_keys=OFF before you begin the transaction"
            }
            : [EnforceKeys(true)];
    }

    /// <inheritdoc/>
    internal override string EnforceKeys(bool isOn) => $"PRAGMA foreign_keys={(isOn ? "ON" : "OFF")}";

    /// <inheritdoc/>
    /// <remarks>A commit waits four times for the disk, which takes longer than a small migration; a savepoint never does.</remarks>
    internal override TimeSpan CommitInterval => TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    protected override IReadOnlySet<string> ReservedWords { get; } = new HashSet<string>(
    [
        "add", "after", "all", "alter", "analyze", "and", "as", "asc", "attach", "autoincrement", "before", "begin", "between", "by",
        "cascade", "case", "cast", "check",
        "collate", "column", "commit", "conflict", "constraint", "create", "cross", "current_date", "current_time", "current_timestamp",
        "database", "default",
        "deferrable", "deferred", "delete", "desc", "detach", "distinct", "drop", "each", "else", "end", "escape", "except", "exclusive",
        "exists", "explain", "false",
        "fail", "for", "foreign", "from", "full", "generated", "glob", "group", "having", "if", "ignore", "immediate", "in", "index",
        "indexed", "initially", "inner", "insert",
        "instead", "intersect", "into", "is", "isnull", "join", "key", "left", "like", "limit", "match", "natural", "not", "nothing",
        "notnull", "null", "of", "offset", "on",
        "or", "order", "outer", "plan", "pragma", "primary", "query", "raise", "references", "reindex", "rename", "replace", "restrict",
        "returning", "right", "rollback", "row",
        "select", "set", "table", "temp", "temporary", "then", "to", "transaction", "trigger", "true", "union", "unique", "update", "using",
        "vacuum", "values", "view",
        "virtual", "when", "where",
    ]);

    /// <inheritdoc/>
    public override IEnumerable<Statement> Compile(Operation operation, IMigrationSession session)
    {
        SqliteReferences.Check(operation);
        switch (operation)
        {
            case RenameTable rename:
                return SqliteViews.Around(this, session, rename.Schema, Renames(rename, session), (rename.From, rename.To));
            case CreateTable or CreateIndex or TableComment:
                return base.Compile(operation, session);
            case AddColumn or DropColumn or AlterColumn or CreateConstraint or DropConstraint or DropIndex:
                return SqliteAlter.Compile(this, [operation], Recreate.Auto, session);
            case RenameIndex rename:
                return SqliteIndexRename.Compile(this, rename, session);
            case BatchAlterTable batch:
                return SqliteAlter.Compile(this, batch.Operations, batch.Recreate, session, batch.CopyFrom);
            case Execute execute when !session.IsOffline:
                if (session.Transaction is not null)
                    RefuseTransactions(execute.Text);
                if (MayLoseRows(execute.Text))
                    session.BeforeLoss();
                BeforeUserSql(session);
                var alters = SqlStatement.In(execute.Text, this).Any(statement => statement.Tokens[0].Is("ALTER"));
                return base.Compile(operation, session).Select(statement => statement with { ReadsStoredTexts = alters });
            default:
                if (operation is DropTable or DeleteData)
                    session.BeforeLoss();
                BeforeUserSql(session);
                return base.Compile(operation, session);
        }
    }

    // To SQLite, a table whose name differs only in case exists already.
    private IEnumerable<Statement> Renames(RenameTable rename, IMigrationSession session) =>
        rename.From != rename.To && DdlName.Comparer.Equals(rename.From, rename.To)
        ? [.. base.Compile(rename with { To = StoredTable.Leftover(rename.From) }, session),
            .. base.Compile(rename with { From = StoredTable.Leftover(rename.From) }, session)]
        : base.Compile(rename, session);

    /// <inheritdoc/>
    internal override bool MayLoseRows(string sql) => SqlStatement.In(sql, this).Any(statement =>
    {
        var first = statement.Tokens[0];
        bool Has(string word) => statement.Tokens.Any(token => token.Is(word));
        return first.Is("DROP") || first.Is("DELETE") || (first.Is("ALTER") && Has("DROP")) || (first.Is("WITH") && Has("DELETE"));
    });

    // A COMMIT would separate the migration from its row in the version table.
    private void RefuseTransactions(string sql)
    {
        foreach (var statement in SqlStatement.In(sql, this))
        {
            if (TransactionWords.FirstOrDefault(word => statement.Tokens[0].Is(word)) is { } found)
            {
                throw new AlembicException(
                    "A migration cannot "
                        + $"{(found is "BEGIN" or "SAVEPOINT" ? "begin" : "end")} a transaction: {found}")
                {
                    Hint = "what must run outside of the transaction goes into op.AutocommitBlock",
                };
            }
        }
    }

    private static readonly string[] TransactionWords = ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"];

    /// <inheritdoc/>
    internal override MigrationLock Lock(LockScope scope) => new SqliteLock(scope.Session, scope.Clock);

    /// <inheritdoc/>
    internal override string? WhyReadOnly(IMigrationSession session) => SqliteReadOnly.Why(session);

    /// <inheritdoc/>
    internal override bool HasTable(IMigrationSession session, string? schema, string table) => session.Query(
        new Statement($"SELECT 1 FROM {Quote(schema, "sqlite_schema")} WHERE type = 'table' AND name = @name COLLATE NOCASE")
        {
            Parameters = new Dictionary<string, object?> { ["name"] = table }
        }).Count > 0;

    /// <inheritdoc/>
    internal override MetaData Inspect(IMigrationSession session, bool allSchemas) =>
        SqliteInspector.Inspect(session) with { OwnSchema = "main" };

    // SQLite keeps the texts as written, so none needs to be stored to be read.
    /// <inheritdoc/>
    internal override IReadOnlyList<Table> RoundTrip(IMigrationSession session, IReadOnlyList<Table> tables) => SqliteInspector.Read(
    [
        .. tables.Select(t => new StoredObject("table", t.Name, t.Name, CreateTableText(t, ifNotExists: false))),
        .. tables.SelectMany(t =>
            t.Indexes.Select(i => new StoredObject("index", i.Name!, t.Name, CreateIndexText(new CreateIndex(t.Name, i))))),
    ]).Tables;

    /// <inheritdoc/>
    internal override IReadOnlyList<UnmappedObject> UnmappedObjects(IMigrationSession session, MetaData inspected, bool allSchemas) =>
        SqliteUnmapped.Read(session, inspected);

    /// <inheritdoc/>
    internal override ILookup<ColumnName, ColumnUser> UsersOf(IMigrationSession session, IReadOnlyList<ColumnName> columns) =>
        SqliteViews.Users(this, session, columns);

    /// <inheritdoc/>
    internal override IReadOnlyList<string> NotRestored(IMigrationSession session, Operation operation) =>
        SqliteUnmapped.Lost(this, session, operation);

    /// <inheritdoc/>
    internal override IReadOnlyList<NameHolder> NameHolders(IMigrationSession session) => [.. session.Query(
        new Statement("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name"))
        .Select(row => new NameHolder("view", null, (string)row["name"]!))];

    /// <inheritdoc/>
    internal override void BeforeUserSql(IMigrationSession session) => ForeignKeyGuard.Watch(session);

    /// <inheritdoc/>
    internal override SqlType ReadType(string text, IReadOnlyDictionary<string, SqlType> enums) => SqliteTypes.Read(text);

    /// <inheritdoc/>
    public override string TypeName(SqlType type) => type.Kind == SqlTypeKind.Double ? "DOUBLE" : base.TypeName(type);

    /// <inheritdoc/>
    public override string CreateIndexText(CreateIndex operation)
    {
        // The schema of an attached database is in the index's own name, not in its table's.
        var text = base.CreateIndexText(operation with { Schema = null });
        return operation.Schema is { } schema
            ? text.Insert(text.IndexOf(Quote(operation.Name) + " ON ", StringComparison.Ordinal), Quote(schema) + ".")
            : text;
    }

    /// <inheritdoc/>
    internal override string InsertVersion(string table, string revision, bool hasKey) =>
        base.InsertVersion(table, revision, hasKey) + (hasKey ? " RETURNING version_num" : "");

    /// <inheritdoc/>
    public override string DefaultText(ServerDefault value) => value.Kind switch
    {
        // ADD COLUMN requires a constant.
        ServerDefaultKind.String =>
            value.Value.Contains('\0', StringComparison.Ordinal) ? $"({StringLiteral(value.Value)})" : base.StringLiteral(value.Value),
        ServerDefaultKind.Sql when !IsSimple(value.Value) => $"({value.Value})",
        _ => base.DefaultText(value),
    };

    /// <inheritdoc/>
    internal override SqlQuotes Quotes => SqlQuotes.Backticks | SqlQuotes.Brackets;

    // The options that SQLAlchemy knows: sqlite_strict=True, sqlite_with_rowid=False.
    /// <inheritdoc/>
    protected override string TableOptions(Table table) => table.Options.Of(Name).Select(o => o switch
    {
        ("strict", bool strict) => strict ? "STRICT" : "",
        ("with_rowid", bool rowid) => rowid ? "" : "WITHOUT ROWID",
        var (option, _) => throw NoOption(option, $"table '{table.Name}'"),
    }).Where(o => o.Length > 0).ToList() is { Count: > 0 } options ? " " + string.Join(", ", options) : "";

    // Only a column called INTEGER, which holds 64 bits, can have AUTOINCREMENT.
    /// <inheritdoc/>
    internal override SqlType StoredType(Column column, Table? table) => IsAutoincrement(column, table) ? SqlType.Integer : column.Type;

    // SQLite numbers an INTEGER PRIMARY KEY by itself; AUTOINCREMENT (never the same number twice) is possible only on the column.
    /// <inheritdoc/>
    public override string ColumnDefinition(Column column, Table? table = null) =>
        base.ColumnDefinition(column with { Identity = null }, table)
        + (IsAutoincrement(column, table)
            ? $"{(table?.PrimaryKey?.Name is { } name ? $" CONSTRAINT {Quote(name)}" : "")} PRIMARY KEY AUTOINCREMENT"
            : "");

    /// <inheritdoc/>
    protected override IEnumerable<Constraint> TableConstraints(Table table) =>
        base.TableConstraints(table)
        .Where(c => c is not PrimaryKeyConstraint || !table.Columns.Any(column => IsAutoincrement(column, table)));

    /// <summary>Tells whether a column of a table is numbered so that no number is ever given twice.</summary>
    internal static bool IsAutoincrement(Column column, Table? table) =>
        column is { Autoincrement: true, Type.IsInteger: true }
        && (table?.PrimaryKey?.Columns is [var key] ? key == column.Name : column.PrimaryKey);

    // A literal or a keyword may follow DEFAULT as it is; any other expression needs parentheses.
    internal static bool IsSimple(string expression)
    {
        var tokens = DdlTokenizer.Tokenize(expression).Where(t => !t.IsTrivia).ToList();
        return tokens switch
        {
            [{ Kind: DdlTokenKind.String or DdlTokenKind.Number or DdlTokenKind.Blob }] => true,
            [var sign, { Kind: DdlTokenKind.Number }] => sign.Is("-") || sign.Is("+"),
            [var word] => Keywords.Any(k => word.Is(k)),
            [var first, .., var last] => first.Is("(") && last.Is(")") && IsOnePair(tokens),
            _ => false,
        };
    }

    private static readonly string[] Keywords = ["NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"];

    private static bool IsOnePair(IEnumerable<DdlToken> tokens)
    {
        var depth = 0;
        return tokens.SkipLast(1).All(t => (depth += t.Is("(") ? 1 : t.Is(")") ? -1 : 0) > 0);
    }

    // It is this table's own schema, as SqliteReferences has checked, and SQLite accepts none there.
    /// <inheritdoc/>
    protected override string References(ForeignKeyConstraint key) => base.References(key.ReferentSchema is null
        ? key
        : key with { Targets = [.. key.ReferentColumns.Select(c => ForeignKeyConstraint.TargetOf(null, key.ReferentTable, c))] });

    /// <summary>The foreign key of a column as a clause of the column, which needs no constraint added later.</summary>
    internal string InlineReferences(Column column) => column.ForeignKey is { } key
        ? $" {(key.Name is null ? "" : $"CONSTRAINT {Quote(key.Name)} ")}{References(key.OnColumn(column.Name))}"
        : "";
}
