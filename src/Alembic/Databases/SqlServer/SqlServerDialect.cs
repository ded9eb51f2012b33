using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <summary>SQL Server.</summary>
public sealed partial class SqlServerDialect : Dialect
{
    /// <inheritdoc/>
    public override string Name => "mssql";

    /// <inheritdoc/>
    public override string ImplementationName => "MSSQLImpl";

    internal override ComparisonRules Comparison => field ??= new SqlServerComparison();

    /// <inheritdoc/>
    internal override string BeginText => "BEGIN TRANSACTION";

    /// <inheritdoc/>
    public override bool HasTransactionalDdl => true;

    /// <inheritdoc/>
    internal override bool HasBatches => true;

    /// <inheritdoc/>
    internal override IEnumerable<string> ScriptStatements(string script) => SqlServerBatches.Of(script);

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OnConnect => [SqlServerSettings.Ours];

    /// <inheritdoc/>
    internal override void Attempt(Action<string> run, Action action) => SqlServerSettings.WithoutAbort(run, action);

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OnDisconnect(Func<Statement, IReadOnlyList<IReadOnlyDictionary<string, object?>>> query,
        bool isInTransaction) =>
        [SqlServerSettings.Restoring(query)];

    /// <inheritdoc/>
    protected override IReadOnlySet<string> ReservedWords => SqlServerReservedWords.All;

    /// <inheritdoc/>
    protected override void CheckName(string name) => SqlServerNames.Check(name);

    [GeneratedRegex(@"^[ \t]*GO([ \t]+\d+)?[ \t]*\r?$", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    internal static partial Regex EndOfBatch();

    /// <inheritdoc/>
    public override IEnumerable<Statement> Compile(Operation operation, IMigrationSession session) => operation switch
    {
        AlterColumn alter => Texts(SqlServerAlter.Compile(this, alter, alter.NewName is not null && !session.IsOffline
            && session.Query(new Statement("select 1 as found " + SqlServerText.Naming(this, alter))).Count > 0)),
        AddColumn add => Texts(AddColumn(add)),
        AlterSequence { Type: not null } or AlterSequence { Start: not null } => throw Fixed((AlterSequence)operation),
        DropColumn drop => Texts(DropColumn(drop)),
        RenameTable rename => Texts([SqlServerText.Rename(this, Quote(rename.Schema, rename.From), rename.To)]),
        TableComment comment => Texts([SqlServerComments.Set(this, comment.Schema, comment.Table, null, comment.Comment)]),
        BulkInsert { Rows.Count: > 0 } insert => [.. Texts([IdentityInsert(insert, "ON")]), .. base.Compile(insert, session),
            .. Texts([IdentityInsert(insert, "OFF")])],
        Execute execute => SqlServerBatches.Of(execute.Text).Select(text => new Statement(text) { Parameters = execute.Parameters }),
        _ => base.Compile(operation, session),
    };

    private static IEnumerable<Statement> Texts(IEnumerable<string> texts) => texts.Select(t => new Statement(t));

    private IEnumerable<string> AddColumn(AddColumn add)
    {
        var table = Quote(add.Schema, add.Table);
        // If the column is left out, so is what comes with it: one statement has one condition.
        var text = add.IfNotExists
            ? $"IF COL_LENGTH({SqlServerText.Literal(table)}, {SqlServerText.Literal(add.Column.Name)}) IS NULL ALTER TABLE {table} ADD "
                + string.Join(", ", add.Beside.Select(ConstraintDefinition).Prepend(AddedDefinition(add.Column)))
            : $"ALTER TABLE {table} ADD {AddedDefinition(add.Column)}";
        return
        [
            text,
            .. Comments(new Table(add.Table, [add.Column], add.Schema)),
            .. add.IfNotExists
                ? []
                : add.Beside.SelectMany(constraint => new CreateConstraint(add.Table, constraint, add.Schema).Sql(this)),
            .. add.Indexes
                .Select(index => CreateIndexText(new CreateIndex(add.Table, index, add.Schema) { IfNotExists = add.IfNotExists })),
        ];
    }

    // Other databases give the default to existing rows too; SQL Server does so only for a NOT NULL column, or WITH VALUES.
    private string AddedDefinition(Column column) => column is { Nullable: true, Computed: null, ServerDefault: { } value }
        ? ColumnDefinition(column)
            .Replace($" DEFAULT {DefaultText(value)}", $" DEFAULT {DefaultText(value)} WITH VALUES", StringComparison.Ordinal)
        : ColumnDefinition(column);

    // What names the column prevents dropping it; on other databases it is dropped too.
    private IEnumerable<string> DropColumn(DropColumn drop) =>
        [SqlServerText.DropHolders(this, drop.Schema, drop.Table, drop.Column), .. drop.Sql(this)];

    // Setting it would be an error if the identity is not among the columns, and so would not setting it if it is.
    private string IdentityInsert(BulkInsert insert, string state)
    {
        var table = Quote(insert.Schema, insert.Table);
        return $"IF EXISTS (SELECT 1 FROM sys.identity_columns WHERE object_id = OBJECT_ID({SqlServerText.Literal(table)}) AND name IN "
            + $"({string.Join(", ", insert.Columns.Select(SqlServerText.Literal))})) "
            + $"SET IDENTITY_INSERT {table} {state}";
    }

    /// <inheritdoc/>
    internal override MigrationLock Lock(LockScope scope) => new SqlServerLock(scope.Session, scope.Schema, scope.Table);

    /// <inheritdoc/>
    internal override string UtcNow => "SYSUTCDATETIME()";

    /// <inheritdoc/>
    internal override ILookup<ColumnName, ColumnUser> UsersOf(IMigrationSession session, IReadOnlyList<ColumnName> columns) =>
        SqlServerViews.Users(this, session, columns);

    /// <inheritdoc/>
    internal override string? WhyReadOnly(IMigrationSession session) =>
        session.Query(new Statement("SELECT DATABASEPROPERTYEX(DB_NAME(), 'Updateability') AS answer"))[0]["answer"] is "READ_ONLY"
        ? "it is set to READ_ONLY"
        : null;

    /// <inheritdoc/>
    internal override bool HasTable(IMigrationSession session, string? schema, string table) => session.Query(
        new Statement(
            "SELECT 1 AS found FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = COALESCE(@schema, SCHEMA_NAME()) AND TABLE_NAME = @name")
        {
            Parameters = Parameter.Of(("schema", schema), ("name", table)),
        }).Count > 0;

    /// <inheritdoc/>
    internal override MetaData Inspect(IMigrationSession session, bool allSchemas) => SqlServerInspector.Inspect(session, allSchemas) with
    {
        OwnSchema = CurrentSchema(session),
    };

    /// <inheritdoc/>
    internal override IReadOnlyList<UnmappedObject> UnmappedObjects(IMigrationSession session, MetaData inspected, bool allSchemas) =>
        SqlServerUnmapped.Read(this, session, inspected, allSchemas);

    /// <inheritdoc/>
    internal override string Canonical(string expression) => SqlServerDefaults.Canonical(expression);

    // CK__account__balance__3B75D760: the end is different in each database.
    /// <inheritdoc/>
    internal override bool IsGeneratedName(Constraint constraint, Table table) => constraint.Name is null
        || (constraint.Name is ['P' or 'U' or 'F' or 'C', 'K' or 'Q', '_', '_', ..] name && name.Length > 12
            && name[^8..].All(c => char.IsAsciiDigit(c) || c is >= 'A' and <= 'F'));

    /// <inheritdoc/>
    internal override SqlQuotes Quotes => SqlQuotes.Brackets | SqlQuotes.NestedComments;

    /// <inheritdoc/>
    protected override string QuoteAlways(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    // A collation's name is a keyword: it cannot be in brackets.
    /// <inheritdoc/>
    protected internal override string Collation(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        ? name
        : throw new AlembicException($"'{name}' is not a collation of SQL Server");

    // As SQLAlchemy spells them for every server since 2012; DATETIME2 is in SqlServerType.
    /// <inheritdoc/>
    public override string TypeName(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => "BIT",
        SqlTypeKind.String when type.Length is null or > 8000 => "VARCHAR(max)",
        SqlTypeKind.Text => "VARCHAR(max)",
        SqlTypeKind.Unicode => type.Length is { } length and <= 4000 ? $"NVARCHAR({length})" : "NVARCHAR(max)",
        SqlTypeKind.UnicodeText => "NVARCHAR(max)",
        SqlTypeKind.LargeBinary => type.Length is { } length and <= 8000 ? $"VARBINARY({length})" : "VARBINARY(max)",
        SqlTypeKind.DateTime or SqlTypeKind.Interval => "DATETIME",
        SqlTypeKind.DateTimeTz => "DATETIMEOFFSET",
        SqlTypeKind.Json => "NVARCHAR(max)",
        SqlTypeKind.Uuid => "UNIQUEIDENTIFIER",
        _ => base.TypeName(type),
    };

    /// <inheritdoc/>
    public override string ColumnDefinition(Column column, Table? table = null)
    {
        if (column.Computed is { } computed)
            return $"{Quote(column.Name)} AS "
                + $"({computed.Sql}){(computed.Persisted == true ? " PERSISTED" : "")}"
                + $"{(column.Nullable || computed.Persisted != true ? "" : " NOT NULL")}";
        var text = new StringBuilder(Quote(column.Name)).Append(' ').Append(TypeName(column.Type));
        if (column.Collation is { } collation)
            text.Append(" COLLATE ").Append(Collation(collation));
        text.Append(column.Nullable ? " NULL" : " NOT NULL");
        if (IsNumbered(column, table))
            text.Append(" IDENTITY").Append(column.Identity is { } identity && (identity.Start ?? identity.Increment) is not null
                ? $"({identity.Start ?? 1},{identity.Increment ?? 1})"
                : "");
        if (column.ServerDefault is { } value)
            text.Append(" DEFAULT ").Append(DefaultText(value));
        return text.Append(EnumCheck(column)).ToString();
    }

    private static bool IsNumbered(Column column, Table? table)
    {
        if (column.Autoincrement == true || column.Identity is not null)
            return true;
        return column is { Autoincrement: null, ServerDefault: null, Type.Kind: SqlTypeKind.SmallInteger or SqlTypeKind.Integer
            or SqlTypeKind.BigInteger }
            && table?.PrimaryKey?.Columns is [var key] && key == column.Name && !table.ForeignKeys.Any(k => k.Columns.Contains(key));
    }

    /// <inheritdoc/>
    public override string ConstraintDefinition(Constraint constraint)
    {
        if (constraint is not ForeignKeyConstraint key)
            return base.ConstraintDefinition(constraint);
        if (key.Deferrable == true || key.Initially?.Equals("DEFERRED", StringComparison.OrdinalIgnoreCase) == true)
            throw new AlembicException($"Foreign key '{key.Name}': SQL Server has no deferrable constraints");
        if (key.Match is { } match && !match.Equals("SIMPLE", StringComparison.OrdinalIgnoreCase))
            throw new AlembicException($"Foreign key '{key.Name}': SQL Server has no MATCH {match}");
        return base.ConstraintDefinition(key with
        {
            Deferrable = null, Initially = null, Match = null, OnDelete = Action(key.OnDelete), OnUpdate = Action(key.OnUpdate)
        });
    }

    // The standard's RESTRICT does not exist here.
    private static string? Action(string? action) =>
        action?.Equals("RESTRICT", StringComparison.OrdinalIgnoreCase) == true ? "NO ACTION" : action;

    /// <inheritdoc/>
    public override string CreateTableText(Table table, bool ifNotExists)
    {
        var text = base.CreateTableText(table, ifNotExists: false);
        // Rows are in one order only: if an index is clustered, the primary key must not be.
        if (table.PrimaryKey is { } key
            && table.Indexes.Any(i => i.Method?.Equals("clustered", StringComparison.OrdinalIgnoreCase) == true))
            text = text.Replace(ConstraintDefinition(key),
                ConstraintDefinition(key).Replace("PRIMARY KEY (", "PRIMARY KEY NONCLUSTERED (", StringComparison.Ordinal),
                StringComparison.Ordinal);
        return (ifNotExists ? $"IF OBJECT_ID({SqlServerText.Literal(Quote(table.Schema, table.Name))}, 'U') IS NULL " : "") + text;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Comments(Table table) =>
    [
        .. table.Comment is { } comment ? [SqlServerComments.Set(this, table.Schema, table.Name, null, comment)] : Array.Empty<string>(),
        .. table.Columns.Where(c => c.Comment is not null)
            .Select(c => SqlServerComments.Set(this, table.Schema, table.Name, c.Name, c.Comment)),
    ];

    /// <inheritdoc/>
    public override string CreateIndexText(CreateIndex operation)
    {
        var index = operation.Index;
        if (index.Columns.Any(c => c.Expression is { } expression && HasCall(expression)))
            throw new AlembicException($"Index '{operation.Name}': SQL Server has no indexes on expressions")
            {
                Hint = "use an index on a computed column"
            };
        var text = base.CreateIndexText(operation with { IfNotExists = false, Index = index with { Where = null } });
        if (index.Method is { } method)
        {
            text = method.ToUpperInvariant() is "CLUSTERED" or "NONCLUSTERED"
                ? text.Replace("INDEX ", method.ToUpperInvariant() + " INDEX ", StringComparison.Ordinal)
                : throw new AlembicException(
                    $"Index '{operation.Name}': SQL Server has no method '{method}'; it has clustered and nonclustered");
        }
        if (index.Include.Count > 0)
            text += $" INCLUDE ({QuoteAll(index.Include)})";
        if (index.Where is { } where)
            text += " WHERE " + where;
        return operation.IfNotExists
            ? $"IF INDEXPROPERTY(OBJECT_ID({SqlServerText.Literal(Quote(operation.Schema, operation.Table))}), "
                + $"{SqlServerText.Literal(operation.Name)}, 'IndexID') IS NULL {text}"
            : text;
    }

    // A parenthesis outside of the brackets around names means a call.
    private static bool HasCall(string expression) =>
        expression.Replace("]]", "", StringComparison.Ordinal).Split('[')
        .Any(part => part[(part.IndexOf(']', StringComparison.Ordinal) + 1)..].Contains('(', StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string DropIndexText(DropIndex operation)
    {
        var table = operation.Table ?? throw new AlembicException($"SQL Server needs the table of the index '{operation.Name}' to drop it");
        return $"DROP INDEX {(operation.IfExists ? "IF EXISTS " : "")}{Quote(operation.Name)} ON {Quote(operation.Schema, table)}";
    }

    /// <inheritdoc/>
    public override string RenameIndexText(RenameIndex operation) => SqlServerText.RenameIndex(this, operation);

    /// <inheritdoc/>
    internal override string InsertVersion(string table, string revision, bool hasKey) =>
        $"INSERT INTO {table} (version_num) {(hasKey ? "OUTPUT inserted.version_num " : "")}VALUES ({Literal(revision)})";
}
