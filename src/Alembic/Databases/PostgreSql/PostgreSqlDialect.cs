using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>PostgreSQL, from version 12 on.</summary>
public sealed partial class PostgreSqlDialect : Dialect
{
    private const int NameBytes = 63;

    /// <inheritdoc/>
    public override string Name => "postgresql";

    /// <inheritdoc/>
    public override string ImplementationName => "PostgresqlImpl";

    internal override ComparisonRules Comparison => field ??= new PostgreSqlComparison();

    internal override OnlineChanges Online => PostgreSqlOnline.Instance;

    /// <inheritdoc/>
    public override bool HasTransactionalDdl => true;

    /// <inheritdoc/>
    public override bool HasEnumTypes => true;

    /// <inheritdoc/>
    internal override SqlQuotes Quotes => SqlQuotes.EscapeStrings | SqlQuotes.Dollars | SqlQuotes.NestedComments;

    /// <inheritdoc/>
    protected override bool HasDeferrableKeys => true;

    /// <inheritdoc/>
    protected override bool HasNullsNotDistinct => true;

    /// <inheritdoc/>
    protected override IReadOnlySet<string> ReservedWords { get; } = new HashSet<string>(
    [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary", "both", "case", "cast",
        "check", "collate", "collation",
        "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date", "current_role", "current_schema",
        "current_time", "current_timestamp",
        "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for", "foreign",
        "freeze", "from", "full", "grant",
        "group", "having", "ilike", "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left",
        "like", "limit", "localtime",
        "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
        "primary", "references", "returning",
        "right", "select", "session_user", "similar", "some", "symmetric", "system_user", "table", "tablesample", "then", "to", "trailing",
        "true", "union", "unique", "user",
        "using", "variadic", "verbose", "when", "where", "window", "with",
    ]);

    /// <inheritdoc/>
    public override IEnumerable<Statement> Compile(Operation operation, IMigrationSession session) => operation switch
    {
        CreateIndex { Concurrently: true } or DropIndex { Concurrently: true }
            when session is { IsOffline: false, Transaction: not null } => throw new AlembicException(
            "PostgreSQL cannot create or drop an index concurrently inside a transaction")
            {
                Hint = "op.AutocommitBlock(() => op.CreateIndex(…, concurrently: true))"
            },
        CreateTable create => [.. RefuseVirtual(create.Table.Columns, session),
            .. PostgreSqlEnums.Need(create.Table.Columns.Select(c => c.Type), this, session), .. base.Compile(create, session)],
        AddColumn add => [.. RefuseVirtual([add.Column], session), .. PostgreSqlEnums.Need([add.Column.Type], this, session),
            .. base.Compile(add, session)],
        Execute execute when session is { IsOffline: false, Transaction: not null }
            && TransactionEnd.In(execute.Text, Quotes) is { } word => throw new AlembicException(
            $"A migration cannot end the transaction that it runs in: {word}")
            {
                Hint = "what must run outside of the transaction goes into op.AutocommitBlock"
            },
        AlterColumn alter => [.. PostgreSqlEnums.Need(ref alter, this, session),
            .. PostgreSqlAlter.Compile(alter, this)],
        CreateEnumType create => PostgreSqlEnums.Create(create, this, session),
        AlterEnumType alter => PostgreSqlEnums.Alter(alter, this, session),
        DropEnumType drop => [new Statement($"DROP TYPE {(drop.IfExists ? "IF EXISTS " : "")}{Quote(drop.Schema, drop.Name)}")],
        _ => base.Compile(operation, session),
    };

    // For a script, the server that runs it reports this.
    private static IEnumerable<Statement> RefuseVirtual(IEnumerable<Column> columns, IMigrationSession session) =>
        columns.FirstOrDefault(c => c.Computed?.Persisted == false) is not { } column || session.IsOffline
            || (int)session.Query(new Statement("SELECT current_setting('server_version_num')::int AS version"))[0]["version"]! >= 180000
            ? []
            : throw new AlembicException($"PostgreSQL before version 18 has no virtual computed columns: column '{column.Name}'")
            {
                Hint = "leave 'persisted' out or set it to true",
            };

    /// <inheritdoc/>
    internal override void BeforeAlone(IMigrationSession session, string statement, bool isRepeatable) =>
        PostgreSqlConcurrently.Prepare(session, QuotedText.Bare(statement, Quotes), isRepeatable);

    /// <inheritdoc/>
    internal override MigrationLock Lock(LockScope scope) =>
        new PostgreSqlLock(scope.Session, scope.Schema, scope.Table, scope.Process);

    /// <inheritdoc/>
    internal override string UtcNow => "clock_timestamp() AT TIME ZONE 'UTC'";

    /// <inheritdoc/>
    internal override string? WhyReadOnly(IMigrationSession session) =>
        session.Query(new Statement("SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') AS read_only"))[
            0] switch
        {
            var row when row["standby"] is true => "the server is a standby",
            var row when row["read_only"] is "on" => "transactions are read-only here (default_transaction_read_only)",
            _ => null,
        };

    /// <inheritdoc/>
    internal override ForeignProduct? Product(IMigrationSession session) =>
        PostgreSqlProduct.Of((string)session.Query(new Statement("SELECT version() AS version"))[0]["version"]!);

    /// <inheritdoc/>
    internal override bool HasTable(IMigrationSession session, string? schema, string table) =>
        PostgreSqlInspector.HasTable(session, schema, table);

    /// <inheritdoc/>
    internal override string? CurrentSchema(IMigrationSession session) =>
        (string?)session.Query(new Statement("SELECT current_schema()::text AS name"))[0]["name"];

    // CREATE SCHEMA IF NOT EXISTS requires the right to create a schema even if it exists.
    /// <inheritdoc/>
    internal override string? EnsureSchemaText(string schema) => "DO " + InDollars(
        $"BEGIN IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = {Literal(schema)}) "
            + $"THEN CREATE SCHEMA {Quote(schema)}; END IF; END");

    /// <inheritdoc/>
    internal override Action KeepState(IMigrationSession session) => PostgreSqlState.Keep(session, this);

    /// <inheritdoc/>
    internal override MetaData Inspect(IMigrationSession session, bool allSchemas)
    {
        var row =
            session.Query(new Statement(
                "SELECT current_schema()::text AS own, ARRAY(SELECT nspname::text FROM pg_namespace ORDER BY 1) AS schemas"))[0];
        return PostgreSqlInspector.Inspect(session, allSchemas) with
        {
            OwnSchema = (string?)row["own"], SchemaNames = (string[])row["schemas"]!
        };
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<UnmappedObject> UnmappedObjects(IMigrationSession session, MetaData inspected, bool allSchemas) =>
        PostgreSqlUnmapped.Read(session, inspected, allSchemas);

    /// <inheritdoc/>
    internal override IReadOnlyList<Table> RoundTrip(IMigrationSession session, IReadOnlyList<Table> tables) =>
        PostgreSqlScratch.Read(session, tables, this);

    // PostgreSQL truncates a longer name with only a notice, and then two names may become one.
    /// <inheritdoc/>
    protected override void CheckName(string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
            throw new AlembicException(
                $"'{name.Replace("\0", "\\0", StringComparison.Ordinal)}' is not a name: PostgreSQL's names are not empty and have no zero "
                    + "character");
        if (Encoding.UTF8.GetByteCount(name) is > NameBytes and var bytes)
            throw new AlembicException($"The name '{name}' is {bytes} bytes long; PostgreSQL allows {NameBytes}")
            {
                Hint = "give it a shorter name"
            };
    }

    // The server's own names end in the kind and maybe a number. The part before is shortened, and stays when the table is renamed.
    /// <inheritdoc/>
    internal override bool IsGeneratedName(Constraint constraint, Table table)
    {
        var kind = constraint switch { PrimaryKeyConstraint => "_pkey", UniqueConstraint => "_key", ForeignKeyConstraint => "_fkey",
        ExcludeConstraint => "_excl", _ => "_check" };
        return constraint.Name?.TrimEnd([.. "0123456789"]) is not { } name || name.EndsWith(kind, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    internal override SqlType ReadType(string text, IReadOnlyDictionary<string, SqlType> enums) => PostgreSqlTypes.Read(text, enums);

    /// <inheritdoc/>
    public override string TypeName(SqlType type) => type switch
    {
        PostgreSqlType { Element: { } element } => TypeName(element) + "[]",
        { Kind: SqlTypeKind.Enum, Name: null } => throw new AlembicException("PostgreSQL ENUM type requires a name."),
        { Kind: SqlTypeKind.Enum, Name: { } name } => Quote(type.Schema, name),
        _ => type.Kind switch
        {
            SqlTypeKind.LargeBinary => "BYTEA",
            SqlTypeKind.Time => "TIME WITHOUT TIME ZONE",
            SqlTypeKind.TimeTz => "TIME WITH TIME ZONE",
            SqlTypeKind.DateTime => "TIMESTAMP WITHOUT TIME ZONE",
            SqlTypeKind.DateTimeTz => "TIMESTAMP WITH TIME ZONE",
            SqlTypeKind.Interval => "INTERVAL",
            SqlTypeKind.Uuid => "UUID",
            _ => base.TypeName(type),
        },
    };

    // A collation of another schema is given as quoted SQL; no collation's own name begins with a quotation mark.
    /// <inheritdoc/>
    protected internal override string Collation(string name) => name.StartsWith('"') ? name : base.Collation(name);

    /// <inheritdoc/>
    protected override string ColumnType(Column column, Table? table) => (IsSerial(column, table), column.Type.Kind) switch
    {
        (true, SqlTypeKind.SmallInteger) => "SMALLSERIAL",
        (true, SqlTypeKind.Integer) => "SERIAL",
        (true, SqlTypeKind.BigInteger) => "BIGSERIAL",
        _ => base.ColumnType(column, table),
    };

    // As in SQLAlchemy, the one integer column of a primary key is numbered unless something else gives its values.
    private static bool IsSerial(Column column, Table? table) => (table ?? new Table("", [column])).IsSerial(column);

    /// <inheritdoc/>
    public override string ColumnDefinition(Column column, Table? table = null) => column switch
    {
        { Computed: { Persisted: null } computed } =>
            ColumnDefinition(column with { Computed = computed with { Persisted = true } }, table),
        // An identity column is never NULL, and does not need to say so.
        { Identity: not null } => base.ColumnDefinition(column with { Nullable = true }, table),
        _ => base.ColumnDefinition(column, table),
    };

    /// <inheritdoc/>
    public override string ConstraintDefinition(Constraint constraint) => constraint is not ExcludeConstraint exclude
        ? base.ConstraintDefinition(constraint)
        : $"{(exclude.Name is null ? "" : $"CONSTRAINT {Quote(exclude.Name)} ")}EXCLUDE USING {Quote(exclude.Method)} "
            + $"({string.Join(", ", exclude.Elements.Select(e => $"{IndexElementText(e.Element)} WITH {e.Operator}"))})"
            + $"{(exclude.Where is { } where ? $" WHERE ({where})" : "")}"
            + DeferralText(exclude.Deferrable, exclude.Initially);

    /// <inheritdoc/>
    protected override string ConstraintOptions(Constraint constraint) => constraint switch
    {
        CheckConstraint check => (check.NoInherit ? " NO INHERIT" : "") + Enforcement(check.NotEnforced, check.NotValid),
        ForeignKeyConstraint key => Enforcement(key.NotEnforced, key.NotValid),
        _ => "",
    };

    private static string Enforcement(bool notEnforced, bool notValid) => notEnforced ? " NOT ENFORCED" : notValid ? " NOT VALID" : "";

    /// <inheritdoc/>
    public override string ValidateConstraintText(ValidateConstraint operation) =>
        $"ALTER TABLE {Quote(operation.Schema, operation.Table)} VALIDATE CONSTRAINT {Quote(operation.Name)}";

    // Within CREATE TABLE the server takes NOT VALID for valid, as there are no rows.
    /// <inheritdoc/>
    protected internal override IEnumerable<Constraint> LateConstraints(Table table) => base.TableConstraints(table).Where(IsLate);

    /// <inheritdoc/>
    protected override IEnumerable<Constraint> TableConstraints(Table table) => base.TableConstraints(table).Where(c => !IsLate(c));

    private static bool IsLate(Constraint constraint) =>
        constraint is CheckConstraint { NotValid: true } or ForeignKeyConstraint { NotValid: true };

    /// <inheritdoc/>
    protected override string Include(IReadOnlyList<string> columns) => columns.Count == 0 ? "" : $" INCLUDE ({QuoteAll(columns)})";

    /// <inheritdoc/>
    public override string CreateTableText(Table table, bool ifNotExists) =>
        base.CreateTableText(table, ifNotExists) is var text && PostgreSqlOptions.IsUnlogged(table)
        ? text.Insert("CREATE ".Length, "UNLOGGED ")
        : text;

    /// <inheritdoc/>
    protected override string TableOptions(Table table) => PostgreSqlOptions.Of(table, this);

    /// <inheritdoc/>
    internal override string? CheckDeferred => "SET CONSTRAINTS ALL IMMEDIATE";

    /// <inheritdoc/>
    internal override string InsertVersion(string table, string revision, bool hasKey) =>
        base.InsertVersion(table, revision, hasKey) + (hasKey ? $" RETURNING {table}.version_num" : "");

    /// <inheritdoc/>
    internal override bool MakesTypes(Statement statement)
    {
        bool Says(string word) => statement.Text.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Says("CREATE") && (Says("TYPE") || Says("DOMAIN") || Says("EXTENSION"));
    }
}
