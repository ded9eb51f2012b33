using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// Translates the operations of EF Core's migrations into operations of Alembic. An operation without a counterpart becomes the
/// provider's own SQL.
/// </summary>
/// <param name="dialect">The database's dialect.</param>
/// <param name="defaultSchema">The schema of objects that name none; null for the connection's own.</param>
internal sealed class EfTranslator(Dialect dialect, string? defaultSchema)
{
    private readonly EfProvider _provider = EfProvider.Of(dialect);
    private readonly EfTables _tables = new(dialect, defaultSchema);

    /// <summary>The operations that could not be translated and have no SQL either.</summary>
    public List<string> Missing { get; } = [];

    /// <param name="operations">The operations of one migration, in one of its directions.</param>
    public IReadOnlyList<Operation> Translate(IEnumerable<EfOperation> operations) => [.. operations.SelectMany(Translate)];

    private IReadOnlyList<Operation> Translate(EfOperation operation)
    {
        // Only the translation shows whether everything in it was understood.
        var translated = Convert(operation);
        if (translated is not null && !operation.UnknownAnnotations.Any())
            return translated;
        if (operation.ProviderSql is { } sql)
            return [.. sql.Select(text => operation.Flag("SuppressTransaction") ? (Operation)new Autocommitted(text) : new Execute(text))];
        var what = $"{operation.Kind[..^"Operation".Length]}{(operation.Text("Name") is { } name ? $" of '{name}'" : "")}";
        Missing.Add(what);
        return [new Refusal($"{what} of EF Core has no operation here: write it")];
    }

    // Null if there is no such operation.
    private IReadOnlyList<Operation>? Convert(EfOperation operation) => operation.Kind switch
    {
        "AlterDatabaseOperation" => AlterDatabase(operation),
        "EnsureSchemaOperation" => _provider.HasSchemas ? [new CreateSchema(operation.Name, IfNotExists: true)] : [],
        "DropSchemaOperation" => [new DropSchema(operation.Name)],
        "CreateTableOperation" => [new CreateTable(_tables.Read(operation))],
        "DropTableOperation" => [new DropTable(operation.Name, operation.Schema)],
        "RenameTableOperation" => RenameTable(operation),
        "AlterTableOperation" => AlterTable(operation),
        // The expression of such a column or index depends on columns that the operation does not name.
        "AddColumnOperation" or "CreateIndexOperation" when operation.Annotation("Npgsql:TsVectorConfig") is not null => null,
        "AddColumnOperation" => _provider.IsOfTheSystem(operation) ? []
            : [new AddColumn(operation.Table, _tables.Columns.Read(operation), operation.Schema)],
        "DropColumnOperation" => _provider.IsOfTheSystem(operation) ? []
            : [new DropColumn(operation.Table, operation.Name, operation.Schema)],
        "RenameColumnOperation" => RenameColumn(operation),
        "AlterColumnOperation" => AlterColumn(operation),
        "CreateIndexOperation" =>
            [new CreateIndex(operation.Table, EfItems.Index(operation, _provider, dialect, _ => false), operation.Schema)],
        "DropIndexOperation" => [new DropIndex(operation.Name, operation.Table, operation.Schema)],
        "AddPrimaryKeyOperation" => AddPrimaryKey(operation),
        "AddUniqueConstraintOperation" => Create(operation, EfItems.Unique(operation)),
        "AddCheckConstraintOperation" or "CreateCheckConstraintOperation" => Create(operation, EfItems.Check(operation)),
        "AddForeignKeyOperation" => Create(operation, EfItems.ForeignKey(operation, _tables.KeyOf)),
        "DropPrimaryKeyOperation" => Drop(operation, ConstraintType.PrimaryKey),
        "DropUniqueConstraintOperation" => Drop(operation, ConstraintType.Unique),
        "DropCheckConstraintOperation" => Drop(operation, ConstraintType.Check),
        "DropForeignKeyOperation" => Drop(operation, ConstraintType.ForeignKey),
        "CreateSequenceOperation" => [new CreateSequence(EfItems.Sequence(operation, dialect))],
        "DropSequenceOperation" => [new DropSequence(operation.Name, operation.Schema)],
        "InsertDataOperation" => [Insert(_tables.Rows(operation))],
        "UpdateDataOperation" => Update(operation),
        "DeleteDataOperation" =>
            [new DeleteData(operation.Table, operation.Texts("KeyColumns"), operation.Rows("KeyValues", dialect), operation.Schema)],
        _ => null,
    };

    private static IReadOnlyList<Operation> Create(EfOperation operation, Constraint constraint) =>
        [new CreateConstraint(operation.Table, constraint, operation.Schema)];

    private static IReadOnlyList<Operation> Drop(EfOperation operation, ConstraintType type) =>
        [new DropConstraint(operation.Name, operation.Table, type, operation.Schema)];

    private IReadOnlyList<Operation> AddPrimaryKey(EfOperation operation)
    {
        var key = EfItems.PrimaryKey(operation);
        _tables.SetKey(operation.Schema, operation.Table, key.Columns);
        return _tables.IsNumbered(operation.Schema, operation.Table, key.Columns)
            ? [.. Create(operation, key), new AlterColumn(operation.Table, key.Columns[0], operation.Schema) { Autoincrement = true }]
            : Create(operation, key);
    }

    private IReadOnlyList<Operation>? RenameTable(EfOperation operation)
    {
        var (name, schema) = (operation.Text("NewName") ?? operation.Name, operation.Text("NewSchema"));
        _tables.Rename(operation.Schema, operation.Name, schema, name);
        // Only the provider knows what a missing new schema means.
        return schema == operation.Schema ? [new RenameTable(operation.Name, name, schema)] : null;
    }

    private IReadOnlyList<Operation> RenameColumn(EfOperation operation)
    {
        var name = operation.Text("NewName")!;
        _tables.RenameColumn(operation.Schema, operation.Table, operation.Name, name);
        return [new AlterColumn(operation.Table, operation.Name, operation.Schema) { NewName = name }];
    }

    private IReadOnlyList<Operation>? AlterTable(EfOperation operation)
    {
        var old = operation.Part("OldTable");
        if (EfItems.StorageParameters(operation) is var with && (old is null ? with.Length > 0 : with != EfItems.StorageParameters(old)))
            return null;
        return !dialect.HasComments || operation.Text("Comment") == old?.Text("Comment") ? []
            : [new TableComment(operation.Name, operation.Text("Comment"), old?.Text("Comment"), operation.Schema)];
    }

    private IReadOnlyList<Operation> AlterDatabase(EfOperation operation)
    {
        _tables.SetDefaults(operation);
        var old = operation.Part("OldDatabase");
        IReadOnlyList<SqlType> enumsBefore = old is null ? [] : _tables.Enums(old);
        var enums = _tables.Enums(operation);
        var extensionsBefore = old is null ? [] : EfTables.Extensions(old);
        var extensions = EfTables.Extensions(operation);
        List<NeededObject> neededBefore = old is null ? [] : [.. _tables.Needed(old)];
        List<NeededObject> needed = [.. _tables.Needed(operation)];
        return
        [
            .. extensions.Except(extensionsBefore).Select(e => new CreateExtension(e.Name, e.Schema)),
            .. needed.Except(neededBefore).Select(n => new Execute(n.Create)),
            .. enums.Where(e => !enumsBefore.Any(b => IsSame(b, e))).Select(e => new CreateEnumType(e.Name!, e.Values, e.Schema)),
            .. enums.SelectMany(e => enumsBefore.Where(b => IsSame(b, e) && !b.Values.SequenceEqual(e.Values))
                .Select(b => new AlterEnumType(e.Name!, e.Values, b.Values, e.Schema))),
            .. enumsBefore.Where(b => !enums.Any(e => IsSame(b, e))).Select(b => new DropEnumType(b.Name!, b.Schema)),
            .. neededBefore.Except(needed).Select(n => new Execute(n.Drop)),
            .. extensionsBefore.Except(extensions).Select(e => new DropExtension(e.Name)),
        ];

        static bool IsSame(SqlType one, SqlType other) => (one.Schema, one.Name) == (other.Schema, other.Name);
    }

    private IReadOnlyList<Operation>? AlterColumn(EfOperation operation)
    {
        if (operation.Part("OldColumn") is not { } before)
            return null;
        var (column, old) = (_tables.Columns.Read(operation), _tables.Columns.Read(before));
        if (column.Computed != old.Computed)
            return null;
        var isNumbered = column.Autoincrement ?? false;
        var change = new AlterColumn(operation.Table, operation.Name, operation.Schema)
        {
            Type = column.Type == old.Type ? null : column.Type,
            Nullable = column.Nullable == old.Nullable ? null : column.Nullable,
            ServerDefault = column.ServerDefault == old.ServerDefault ? null : column.ServerDefault ?? ServerDefault.None,
            Comment = column.Comment == old.Comment ? null : column.Comment ?? "",
            Identity = column.Identity == old.Identity ? null : column.Identity ?? Identity.None,
            Collation = column.Collation == old.Collation ? null : column.Collation ?? "",
            Autoincrement = isNumbered == (old.Autoincrement ?? false) ? null : isNumbered,
        };
        if (change == new AlterColumn(operation.Table, operation.Name, operation.Schema))
            return [];
        change = change with
        {
            ExistingType = old.Type,
            ExistingNullable = old.Nullable,
            ExistingServerDefault = old.ServerDefault ?? ServerDefault.None,
            ExistingComment = old.Comment,
            ExistingIdentity = old.Identity,
            ExistingCollation = old.Collation,
        };
        // As EF Core does: rows get the default before NULL is forbidden.
        return change.Nullable == false && column.ServerDefault is { } value
            ? [new Execute(Fill(operation, value)), change]
            : [change];
    }

    private string Fill(EfOperation column, ServerDefault value)
    {
        var name = dialect.Quote(column.Name);
        return $"UPDATE {dialect.Quote(column.Schema, column.Table)} SET {name} = {dialect.DefaultText(value)} WHERE {name} IS NULL";
    }

    // Rows belong to the model by a key. Into a table without one they are only inserted.
    private static Operation Insert(TableRows rows) => rows.Key.Count > 0 && rows.Key.All(rows.Columns.Contains)
        ? new InsertData(rows)
        : new BulkInsert(rows.Table, rows.Columns, rows.Rows, rows.Schema);

    private IReadOnlyList<Operation> Update(EfOperation operation) =>
    [
        .. operation.Rows("KeyValues", dialect).Zip(operation.Rows("Values", dialect), (key, values) =>
            new UpdateData(operation.Table, operation.Texts("KeyColumns"), key, operation.Texts("Columns"), values, operation.Schema)),
    ];

    private sealed record Autocommitted(string Text) : Operation
    {
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [Text];

        protected internal override string CSharp(CodeWriter code) => $"op.AutocommitBlock(() => {code.Write(new Execute(Text))})";
    }

    /// <summary>Makes a migration fail there, with a message.</summary>
    public sealed record Refusal(string Message) : Operation
    {
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [];

        protected internal override string CSharp(CodeWriter code) => $"throw new NotSupportedException({CodeWriter.Literal(Message)})";
    }
}
