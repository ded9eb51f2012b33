using System.Data.Common;
using System.Globalization;
using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>
/// MySQL and MariaDB, which differ in little. What a column alteration does not mention is read from the server: see
/// <see cref="MySqlAlter"/>.
/// </summary>
/// <param name="isMariaDb">Whether it is MariaDB.</param>
public sealed partial class MySqlDialect(bool isMariaDb = false) : Dialect
{
    // Literals are written so, whatever the server's settings are.
    private const string BackslashesEscape = "SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '')";

    private static readonly MySqlDialect MariaDb = new(isMariaDb: true);
    private static readonly MySqlDialect MySql = new();

    /// <inheritdoc/>
    public override string Name => isMariaDb ? "mariadb" : "mysql";

    /// <inheritdoc/>
    public override string ImplementationName => isMariaDb ? "MariaDBImpl" : "MySQLImpl";

    internal override ComparisonRules Comparison => field ??= new MySqlComparison(isMariaDb);

    internal override OnlineChanges Online => MySqlOnline.Instance;

    /// <inheritdoc/>
    public override bool HasTransactionalDdl => false;

    /// <inheritdoc/>
    protected internal override string OneRow(long offset) => $"LIMIT 1 OFFSET {offset}";

    // Literals are written with doubled backslashes, so backslashes have to escape. A table lock is waited for no longer than a row lock.
    /// <inheritdoc/>
    internal override IReadOnlyList<string> OnConnect =>
        [$"{BackslashesEscape}, wait_timeout = 28800, lock_wait_timeout = 5, innodb_lock_wait_timeout = 5"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OnDisconnect(Func<Statement, IReadOnlyList<IReadOnlyDictionary<string, object?>>> query,
        bool isInTransaction) => [MySqlSettings.Restoring(query)];

    /// <inheritdoc/>
    internal override string? Preparation(string statement) =>
        statement.Contains('\\', StringComparison.Ordinal) ? BackslashesEscape : null;

    /// <inheritdoc/>
    internal override bool HasEnums => true;

    /// <inheritdoc/>
    internal override SqlQuotes Quotes => SqlQuotes.Backticks | SqlQuotes.Backslashes | SqlQuotes.Hashes | SqlQuotes.ExecutableComments;

    /// <inheritdoc/>
    protected override IReadOnlySet<string> ReservedWords => MySqlReservedWords.All;

    /// <inheritdoc/>
    protected override void CheckName(string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
            throw new AlembicException(
                $"'{name.Replace("\0", "\\0", StringComparison.Ordinal)}' is not a name: MySQL's names are not empty and have no zero "
                    + "character");
        if (name.Length > 64)
            throw new AlembicException($"The name '{name}' is {name.Length} characters long; MySQL allows 64")
            {
                Hint = "give it a shorter name"
            };
    }

    /// <inheritdoc/>
    public override IEnumerable<Statement> Compile(Operation operation, IMigrationSession session)
    {
        // A URL that says mysql often leads to a MariaDB; the other way round is a harmless mistake.
        if (!session.IsOffline && IsMariaDb(session) != isMariaDb)
            return (isMariaDb ? MySql : MariaDb).Compile(operation, session);
        if (!session.IsOffline && !isMariaDb)
            MySqlReferences.Check(this, operation, session);
        if (!session.IsOffline && operation is Execute execute)
            CheckUserSql(execute.Text);
        return operation switch
        {
            AlterColumn alter => MySqlAlter.Compile(this, alter, session),
            DropConstraint drop => Drop(drop, session),
            DropSchema drop => Drop(drop, session),
            AlterSequence { Type: not null } alter when isMariaDb => throw Fixed(alter),
            RenameTable { Schema: not null } rename =>
                [new Statement($"ALTER TABLE {Quote(rename.Schema, rename.From)} RENAME TO {Quote(rename.Schema, rename.To)}")],
            TableComment comment => [
                new Statement($"ALTER TABLE {Quote(comment.Schema, comment.Table)} COMMENT {Literal(comment.Comment ?? "")}")],
            AddColumn { IfNotExists: true } => Optional("ADD COLUMN IF NOT EXISTS", operation, session),
            DropColumn { IfExists: true } => Optional("DROP COLUMN IF EXISTS", operation, session),
            _ => base.Compile(operation, session),
        };
    }

    // MariaDB only records the new length, even if it needs more bytes.
    internal bool LengthensInPlace => isMariaDb;

    internal static bool IsMariaDb(IMigrationSession session) =>
        session.Connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<Statement> Optional(string clause, Operation operation, IMigrationSession session) =>
        isMariaDb ? base.Compile(operation, session) : throw Lacks(clause);

    private static AlembicException Lacks(string clause) =>
        new($"MySQL has no {clause}") { Hint = "MariaDB has it; for MySQL query information_schema with op.Query first" };

    /// <inheritdoc/>
    internal override MigrationLock Lock(LockScope scope) =>
        new MySqlClusterLock(scope.Session, new MySqlLock(scope.Session, scope.Schema, scope.Table), new MySqlLease(scope, this));

    /// <inheritdoc/>
    internal override string UtcNow => "UTC_TIMESTAMP()";

    /// <inheritdoc/>
    internal override string? WhyReadOnly(IMigrationSession session) => MySqlReadOnly.Why(session);

    /// <inheritdoc/>
    internal override ForeignProduct? Product(IMigrationSession session) => MySqlProduct.Of(session.Connection.ServerVersion);

    /// <inheritdoc/>
    internal override bool HasTable(IMigrationSession session, string? schema, string table) => session.Query(
        new Statement("SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = COALESCE(@schema, DATABASE()) AND TABLE_NAME = @name")
        {
            Parameters = Parameter.Of(("schema", schema), ("name", table)),
        }).Count > 0;

    /// <inheritdoc/>
    internal override IReadOnlyList<UnmappedObject> UnmappedObjects(IMigrationSession session, MetaData inspected, bool allSchemas) =>
        MySqlUnmapped.Read(this, session, inspected);

    /// <inheritdoc/>
    internal override void CheckUserSql(string sql)
    {
        if (MySqlTableLocks.LeftBy(sql, Quotes) is { } locked)
            throw new AlembicException($"{locked} would keep the run from recording its progress")
            {
                Hint = "put it, the statements that need it and UNLOCK TABLES into one op.Execute",
            };
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<Table> RoundTrip(IMigrationSession session, IReadOnlyList<Table> tables) =>
        MySqlSettings.Prepared(session, tables, () => MySqlScratch.Read(session, tables, this));

    /// <inheritdoc/>
    protected override string QuoteAlways(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <inheritdoc/>
    protected override string StringLiteral(string text) => base.StringLiteral(
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            // The client refuses the first, and drops the second at the end of a line.
            .Replace("\0", "\\0", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal));

    // Hours may exceed a day, points in time have no zone, and a GUID is CHAR(32): as the driver writes parameters.
    /// <inheritdoc/>
    public override string Literal(object? value) => value switch
    {
        DateTimeOffset time => Literal(time.UtcDateTime),
        TimeSpan span => StringLiteral(string.Create(
            CultureInfo.InvariantCulture,
            $"{(span.Ticks < 0 ? "-" : "")}{(long)span.Duration().TotalHours}:{span.Duration():mm\\:ss\\.ffffff}")),
        Guid guid => StringLiteral(guid.ToString("N")),
        _ => base.Literal(value),
    };

    /// <inheritdoc/>
    internal override void Bind(DbParameter parameter, object? value) =>
        base.Bind(parameter, value is Guid guid ? guid.ToString("N") : value);

    /// <inheritdoc/>
    public override string TypeName(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => "BOOL",
        SqlTypeKind.Double => "DOUBLE",
        SqlTypeKind.String or SqlTypeKind.Unicode
            when type.Length is null => throw new AlembicException("VARCHAR requires a length on dialect " + Name)
        {
            Hint = "SqlType.String(255), or SqlType.Text for text of any length",
        },
        SqlTypeKind.LargeBinary when type.Length is { } length => $"BLOB({length})",
        SqlTypeKind.Enum => $"ENUM({string.Join(",", type.Values.Select(StringLiteral))})",
        _ => base.TypeName(type),
    };

    /// <inheritdoc/>
    public override string DefaultText(ServerDefault value) =>
        value.Kind == ServerDefaultKind.Sql && !MySqlDefaults.IsSimple(value.Value) ? $"({value.Value})" : base.DefaultText(value);

    /// <inheritdoc/>
    public override string ColumnDefinition(Column column, Table? table = null)
    {
        var text = new StringBuilder(Quote(column.Name)).Append(' ').Append(TypeName(column.Type));
        if (column.Collation is { } collation)
            text.Append(" COLLATE ").Append(Collation(collation));
        if (column.Computed is { } computed)
            text.Append(ComputedText(computed));
        // MariaDB infers it for a generated column; on older servers, a timestamp is NOT NULL unless it says NULL.
        if (!column.Nullable && !(isMariaDb && column.Computed is not null))
            text.Append(" NOT NULL");
        else if (column.Computed is null && TypeName(column.Type).StartsWith("TIMESTAMP", StringComparison.OrdinalIgnoreCase))
            text.Append(" NULL");
        if (column.ServerDefault is { } value)
            text.Append(" DEFAULT ").Append(DefaultText(value, TypeName(column.Type)));
        if (IsNumbered(column, table))
            text.Append(" AUTO_INCREMENT").Append(table is null && column.PrimaryKey ? " PRIMARY KEY" : "");
        if (column.Comment is { } comment)
            text.Append(" COMMENT ").Append(Literal(comment));
        return text.ToString();
    }

    /// <summary>What follows DEFAULT in a column of a type, given by its name.</summary>
    internal string DefaultText(ServerDefault value, string type) =>
        DefaultText(value) is var text && MySqlDefaults.IsLong(type) && !text.StartsWith('(') ? $"({text})" : text;

    internal static string ComputedText(Computed computed) =>
        $" GENERATED ALWAYS AS ({computed.Sql}){computed.Persisted switch { true => " STORED", false => " VIRTUAL", null => "" }}";

    private static bool IsNumbered(Column column, Table? table)
    {
        if (column.Autoincrement == true || column.Identity is not null)
            return true;
        return column is { Autoincrement: null, ServerDefault: null, Computed: null } && IsInteger(column.Type)
            && table?.PrimaryKey?.Columns is [var key] && key == column.Name && !table.ForeignKeys.Any(k => k.Columns.Contains(key));
    }

    private static bool IsInteger(SqlType type) =>
        type.Kind is SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger
        || (type is MySqlType && type.Name!.Contains("INT", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ConstraintDefinition(Constraint constraint)
    {
        if (constraint is not ForeignKeyConstraint key)
            return base.ConstraintDefinition(constraint);
        if (key.Deferrable == true || key.Initially?.Equals("DEFERRED", StringComparison.OrdinalIgnoreCase) == true)
            throw new AlembicException($"Foreign key '{key.Name}': {Name} has no deferrable constraints");
        // With a MATCH, the server would ignore the actions.
        if (key.Match is { } match && !match.Equals("SIMPLE", StringComparison.OrdinalIgnoreCase))
            throw new AlembicException($"Foreign key '{key.Name}': {Name} has no MATCH {match}");
        return base.ConstraintDefinition(key with { Deferrable = null, Initially = null, Match = null });
    }

    /// <inheritdoc/>
    protected override string TableOptions(Table table) => MySqlOptions.Of(table, this, isMariaDb);

    /// <inheritdoc/>
    protected override string IndexOptions(CreateIndex operation) =>
        string.Concat(MySqlOptions.Of(operation.Index.Options, this, isMariaDb).Select(o => " " + o));

    // CONSTRAINT_1 and t_chk_1, t_ibfk_1; an index is named after its first column.
    /// <inheritdoc/>
    internal override bool IsGeneratedName(Constraint constraint, Table table) =>
        constraint.Name?.TrimEnd([.. "0123456789"]) is not { } name || constraint switch
    {
        CheckConstraint => name == "CONSTRAINT_" || name == table.Name + "_chk_",
        ForeignKeyConstraint => name == table.Name + "_ibfk_",
        UniqueConstraint unique => name.TrimEnd('_') == unique.Columns[0],
        _ => true,
    };

    // They are a part of the definitions.
    /// <inheritdoc/>
    public override IEnumerable<string> Comments(Table table) => [];
}
