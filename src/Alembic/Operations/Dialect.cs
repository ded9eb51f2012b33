using System.ComponentModel;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Alembic.Schema;

namespace Alembic.Operations;

/// <summary>Writes names, types, literals and statements for one database. This class writes standard SQL.</summary>
public abstract partial class Dialect
{
    /// <summary>The dialect's name: "sqlite", "postgresql", "mysql", "mariadb" or "mssql".</summary>
    public abstract string Name { get; }

    /// <summary>The name that the log uses, as Alembic's: "SQLiteImpl".</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract string ImplementationName { get; }

    /// <summary>The database's rules for comparisons.</summary>
    internal abstract ComparisonRules Comparison { get; }

    /// <summary>Tells whether DDL can be rolled back.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract bool HasTransactionalDdl { get; }

    /// <summary>
    /// Tells whether an operation of several statements needs a savepoint to be atomic. Other databases do not: a failed statement ends
    /// the transaction, or DDL cannot be rolled back.
    /// </summary>
    internal virtual bool HasSavepointPerOperation => false;

    /// <summary>How long finished migrations may wait for a shared commit; zero if each is committed by itself.</summary>
    internal virtual TimeSpan CommitInterval => TimeSpan.Zero;

    /// <summary>Tells whether the database stores comments on tables and columns.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool HasComments => true;

    /// <summary>Tells whether a script begins and commits transactions.</summary>
    internal virtual bool ScriptsTransactions => HasTransactionalDdl;

    /// <summary>The statement that begins a transaction in a script.</summary>
    internal virtual string BeginText => "BEGIN";

    /// <summary>The text that ends a statement in a script.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string StatementTerminator => ";";

    /// <summary>Tells whether a script is divided into batches (SQL Server's GO).</summary>
    internal virtual bool HasBatches => false;

    /// <summary>Statements to run on a fresh connection, outside of any transaction.</summary>
    internal virtual IReadOnlyList<string> OnConnect => [];

    /// <summary>Runs an action that the database may refuse, without ending the transaction.</summary>
    /// <param name="run">Runs a statement.</param>
    /// <param name="action">The action.</param>
    internal virtual void Attempt(Action<string> run, Action action) => action();

    /// <summary>
    /// Gets the statements that undo <see cref="OnConnect"/> on a connection that the application continues to use. Called before
    /// <see cref="OnConnect"/> runs.
    /// </summary>
    /// <param name="query">Queries the connection.</param>
    /// <param name="isInTransaction">Whether the application has begun a transaction on it.</param>
    /// <exception cref="AlembicException">Migrations cannot run in that transaction.</exception>
    internal virtual IReadOnlyList<string> OnDisconnect(Func<Statement, IReadOnlyList<IReadOnlyDictionary<string, object?>>> query,
        bool isInTransaction) => [];

    /// <summary>Words that must be quoted as names, in lower case.</summary>
    protected abstract IReadOnlySet<string> ReservedWords { get; }

    /// <summary>Writes the statements for an operation. A dialect overrides this for operations that need other statements.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="session">The database, for operations that depend on its current state.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual IEnumerable<Statement> Compile(Operation operation, IMigrationSession session) => operation switch
    {
        // A script has one statement per row; in a run, fewer and longer statements save round trips.
        BulkInsert insert when session.IsOffline => insert.RowByRow(this).Select(text => new Statement(text)),
        // Compiled one at a time: a later operation may read the result of the earlier ones.
        BatchAlterTable batch => batch.Operations.SelectMany(o => Compile(o, session)),
        _ => operation.Statements(this),
    };

    /// <summary>Writes a name, quoted if necessary.</summary>
    /// <param name="name">A name of any characters.</param>
    /// <exception cref="AlembicException">The database cannot store the name unchanged.</exception>
    public string Quote(string name)
    {
        CheckName(name);
        return IsPlainName(name) && !ReservedWords.Contains(name) ? name : QuoteAlways(name);
    }

    /// <summary>Refuses a name that the database would truncate or cannot store.</summary>
    /// <param name="name">A name of any characters.</param>
    /// <exception cref="AlembicException">The database cannot store the name unchanged.</exception>
    protected virtual void CheckName(string name)
    {
    }

    /// <summary>Writes a name with its schema, each quoted if necessary.</summary>
    /// <param name="schema">The schema, or null.</param>
    /// <param name="name">The name.</param>
    public string Quote(string? schema, string name) => string.IsNullOrEmpty(schema) ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";

    /// <summary>Writes a list of names, separated by commas.</summary>
    /// <param name="names">The names.</param>
    public string QuoteAll(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));

    /// <summary>Writes a name in quotation marks, with those inside it doubled.</summary>
    /// <param name="name">A name of any characters.</param>
    protected virtual string QuoteAlways(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Names that every database accepts unquoted and whose case none changes.
    private static bool IsPlainName(string name) =>
        name.Length > 0 && (name[0] is '_' or (>= 'a' and <= 'z')) && name.All(c => c is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    /// <summary>Writes a column for CREATE TABLE and ADD COLUMN, without its foreign key and unique constraint.</summary>
    /// <param name="column">The column.</param>
    /// <param name="table">The table that is created, or null for a column that is added to one.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string ColumnDefinition(Column column, Table? table = null)
    {
        var text = new StringBuilder(Quote(column.Name)).Append(' ').Append(ColumnType(column, table));
        if (column.Collation is { } collation)
            text.Append(" COLLATE ").Append(Collation(collation));
        if (column.ServerDefault is { } value)
            text.Append(" DEFAULT ").Append(DefaultText(value));
        if (column.Computed is { } computed)
            text.Append(" GENERATED ALWAYS AS (").Append(computed.Sql).Append(')')
                .Append(computed.Persisted switch { true => " STORED", false => " VIRTUAL", null => "" });
        if (column.Identity is { } identity)
            text.Append(' ').Append(IdentityText(identity));
        if (!column.Nullable)
            text.Append(" NOT NULL");
        return text.Append(EnumCheck(column)).ToString();
    }

    /// <summary>Writes the type in a column's definition; dialects override it for SERIAL and the like.</summary>
    /// <param name="column">The column.</param>
    /// <param name="table">The table that is created, or null.</param>
    protected virtual string ColumnType(Column column, Table? table) => TypeName(StoredType(column, table));

    /// <summary>Gets the type that the database uses for a column of the model, if the column's other properties affect it.</summary>
    internal virtual SqlType StoredType(Column column, Table? table) => column.Type;

    /// <summary>Writes a collation's name as it follows COLLATE.</summary>
    /// <param name="name">The name.</param>
    protected internal virtual string Collation(string name) => Quote(name);

    /// <summary>Writes an identity clause.</summary>
    /// <param name="identity">The identity.</param>
    protected internal virtual string IdentityText(Identity identity)
    {
        string?[] options =
        [
            identity.Start is { } start ? $"START WITH {start}" : null,
            identity.Increment is { } increment ? $"INCREMENT BY {increment}" : null,
            identity.MinValue is { } min ? $"MINVALUE {min}" : null,
            identity.MaxValue is { } max ? $"MAXVALUE {max}" : null,
            identity.Cycle is { } cycle ? cycle ? "CYCLE" : "NO CYCLE" : null,
            identity.Cache is { } cache ? $"CACHE {cache}" : null,
        ];
        var text = string.Join(' ', options.Where(o => o is not null));
        return $"GENERATED {(identity.Always ? "ALWAYS" : "BY DEFAULT")} AS IDENTITY{(text.Length == 0 ? "" : $" ({text})")}";
    }

    /// <summary>Writes a constraint for CREATE TABLE and ADD.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <exception cref="AlembicException">The database has no such constraint.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string ConstraintDefinition(Constraint constraint) =>
        (constraint.Name is null ? "" : $"CONSTRAINT {Quote(constraint.Name)} ") + constraint switch
    {
        PrimaryKeyConstraint key =>
            "PRIMARY KEY "
                + $"({KeyColumns(key.Columns, key.WithoutOverlaps)}){Include(key.Include)}{Deferral(key, key.Deferrable, key.Initially)}",
        UniqueConstraint unique => $"UNIQUE{NullsNotDistinct(unique.NullsNotDistinct, $"Unique constraint '{unique.Name}'")} "
            + $"({KeyColumns(unique.Columns, unique.WithoutOverlaps)}){Include(unique.Include)}"
            + $"{Deferral(unique, unique.Deferrable, unique.Initially)}",
        CheckConstraint check => $"CHECK ({check.Sql})",
        ForeignKeyConstraint key => $"FOREIGN KEY({PeriodColumns(key.Columns, key.Period)}) {References(key)}",
        _ => throw new AlembicException($"Exclusion constraint '{constraint.Name}': {Name} has no exclusion constraints"),
    } + ConstraintOptions(constraint);

    /// <summary>Writes the part of a foreign key from REFERENCES on.</summary>
    /// <param name="key">The key.</param>
    protected virtual string References(ForeignKeyConstraint key)
    {
        var text = new StringBuilder(
            $"REFERENCES {Quote(key.ReferentSchema, key.ReferentTable)} ({PeriodColumns(key.ReferentColumns, key.Period)})");
        if (key.Match is { } match)
            text.Append(" MATCH ").Append(Keyword(match));
        if (key.OnDelete is { } onDelete)
            text.Append(" ON DELETE ").Append(Keyword(onDelete))
                .Append(key.SetNullColumns.Count == 0 ? "" : $" ({QuoteAll(key.SetNullColumns)})");
        if (key.OnUpdate is { } onUpdate)
            text.Append(" ON UPDATE ").Append(Keyword(onUpdate));
        return text.Append(DeferralText(key.Deferrable, key.Initially)).ToString();
    }

    private string KeyColumns(IReadOnlyList<string> columns, bool withoutOverlaps) =>
        QuoteAll(columns) + (withoutOverlaps ? " WITHOUT OVERLAPS" : "");

    private string PeriodColumns(IReadOnlyList<string> columns, bool isPeriod) =>
        isPeriod ? string.Join(", ", [.. columns.SkipLast(1).Select(Quote), $"PERIOD {Quote(columns[^1])}"]) : QuoteAll(columns);

    // Actions and the like are keywords, so they cannot be quoted. Only letters and blanks are allowed: they cannot inject SQL.
    private static string Keyword(string text) => text.All(c => char.IsAsciiLetter(c) || c == ' ')
        ? text
        : throw new AlembicException($"'{text}' is not a keyword of a foreign key");

    /// <summary>Tells whether the database generated a constraint's name.</summary>
    /// <param name="constraint">The constraint, as it was read.</param>
    /// <param name="table">The table that it belongs to.</param>
    internal virtual bool IsGeneratedName(Constraint constraint, Table table) => constraint.Name is null;

    /// <summary>Writes a CREATE TABLE statement.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ifNotExists">Whether a table of that name is left as it is.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string CreateTableText(Table table, bool ifNotExists)
    {
        var items = table.Columns.Select(c => ColumnDefinition(c, table))
            .Concat(TableConstraints(table).Select(ConstraintDefinition));
        return $"CREATE TABLE {(ifNotExists ? "IF NOT EXISTS " : "")}{Quote(table.Schema, table.Name)} (\n    "
            + $"{string.Join(",\n    ", items)}\n){TableOptions(table)}";
    }

    /// <summary>Gets the constraints that CREATE TABLE lists after the columns: the primary key first, then as given.</summary>
    /// <param name="table">The table.</param>
    protected virtual IEnumerable<Constraint> TableConstraints(Table table) =>
    [
        .. table.PrimaryKey is { } key ? [key] : Array.Empty<Constraint>(),
        .. table.ForeignKeys.Take(table.Columns.Count(c => c.ForeignKey is not null)),
        .. table.Uniques.Take(table.Columns.Count(c => c.Unique && !c.Index)),
        .. table.Items.OfType<Constraint>().Where(c => c is not PrimaryKeyConstraint),
    ];

    /// <summary>Writes a CREATE INDEX statement.</summary>
    /// <param name="operation">The index and how it is created.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string CreateIndexText(CreateIndex operation)
    {
        var index = operation.Index;
        var text = new StringBuilder("CREATE ").Append(index.Unique ? "UNIQUE " : "").Append("INDEX ")
            .Append(operation.IfNotExists ? "IF NOT EXISTS " : "")
            .Append(Quote(operation.Name)).Append(" ON ").Append(Quote(operation.Schema, operation.Table))
            .Append(" (").AppendJoin(", ", operation.Elements(this)).Append(')')
            .Append(NullsNotDistinct(index.NullsNotDistinct, $"Index '{operation.Name}'")).Append(IndexOptions(operation));
        if (index.Where is { } where)
            text.Append(" WHERE ").Append(where);
        return text.ToString();
    }

    /// <summary>Writes a script's statement that inserts a revision into the version table.</summary>
    /// <param name="table">The table, quoted.</param>
    /// <param name="revision">The revision's identifier.</param>
    /// <param name="hasKey">Whether the table has a primary key.</param>
    internal virtual string InsertVersion(string table, string revision, bool hasKey) =>
        $"INSERT INTO {table} (version_num) VALUES ({Literal(revision)})";

    /// <summary>Writes a DROP INDEX statement.</summary>
    /// <param name="operation">The index and how it is dropped.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string DropIndexText(DropIndex operation) =>
        $"DROP INDEX {(operation.IfExists ? "IF EXISTS " : "")}{Quote(operation.Schema, operation.Name)}";

    /// <summary>Writes the statement that renames an index.</summary>
    /// <param name="operation">The index and its new name.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string RenameIndexText(RenameIndex operation) =>
        $"ALTER INDEX {Quote(operation.Schema, operation.From)} RENAME TO {Quote(operation.To)}";

    /// <summary>Writes a CREATE SCHEMA statement.</summary>
    /// <param name="operation">The schema and how it is created.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string CreateSchemaText(CreateSchema operation) =>
        $"CREATE SCHEMA {(operation.IfNotExists ? "IF NOT EXISTS " : "")}{Quote(operation.Name)}";

    /// <summary>Writes a DROP SCHEMA statement.</summary>
    /// <param name="operation">The schema and how it is dropped.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string DropSchemaText(DropSchema operation) =>
        $"DROP SCHEMA {(operation.IfExists ? "IF EXISTS " : "")}{Quote(operation.Name)}";

    /// <summary>Writes the statements that give a new table, or a new column, its comments.</summary>
    /// <param name="table">The table, or one that contains only the new column.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual IEnumerable<string> Comments(Table table) => !HasComments ? [] :
    [
        .. table.Comment is { } comment
            ? [$"COMMENT ON TABLE {Quote(table.Schema, table.Name)} IS {Literal(comment)}"]
            : Array.Empty<string>(),
        .. table.Columns.Where(c => c.Comment is not null)
            .Select(c => $"COMMENT ON COLUMN {Quote(table.Schema, table.Name)}.{Quote(c.Name)} IS {Literal(c.Comment)}"),
    ];
}
