using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>MySQL and MariaDB create indexes by themselves, and rewrite a column to change it.</summary>
/// <param name="isMariaDb">Whether it is MariaDB.</param>
internal sealed class MySqlComparison(bool isMariaDb) : ComparisonRules
{
    private readonly MySqlLiterals _literals = new(isMariaDb);

    // Whether Users and users are one table depends on the server's file system.
    public override NameCase NameCase => NameCase.MattersForTables;

    public override AutoincrementKind Autoincrement => AutoincrementKind.Mark;

    public override bool AltersIdentity => false;

    public override string? Preparation(IEnumerable<Table> tables) => MySqlSettings.Preparation(tables);

    public override bool RestatesColumns => true;

    public override bool HasRestrict => false;

    public override bool HoldsNamesInExpressions => !isMariaDb;

    public override bool IndexesForeignKeys => true;

    public override bool ForeignKeysHoldAutoincrement => !isMariaDb;

    protected override IReadOnlyDictionary<string, string> TypeSynonyms { get; } = new Dictionary<string, string>(
    [
        new("BOOLEAN", "TINYINT"), new("REAL", "DOUBLE PRECISION"), new("FIXED", "NUMERIC"), new("INT1", "TINYINT"),
        new("INT2", "SMALLINT"), new("INT3", "MEDIUMINT"), new("MIDDLEINT", "MEDIUMINT"), new("INT4", "INTEGER"), new("INT8", "BIGINT"),
        new("FLOAT4", "FLOAT"), new("FLOAT8", "DOUBLE PRECISION"), new("LONG", "MEDIUMTEXT"), new("LONG VARCHAR", "MEDIUMTEXT"),
        new("LONG VARBINARY", "MEDIUMBLOB"), new("GEOMETRYCOLLECTION", "GEOMCOLLECTION"),
        .. isMariaDb ? [new("JSON", "LONGTEXT")] : Array.Empty<KeyValuePair<string, string>>(),
    ]);

    // UNSIGNED and ZEROFILL may follow any numeric type, and ZEROFILL implies UNSIGNED.
    public override string TypeName(string name)
    {
        var words = name.Split(' ');
        var zeros = words.Contains("ZEROFILL") ? " ZEROFILL" : "";
        var sign = zeros.Length > 0 || words.Contains("UNSIGNED") ? " UNSIGNED" : "";
        return base.TypeName(string.Join(' ', words.Where(w => w is not ("UNSIGNED" or "ZEROFILL" or "SIGNED")))) + sign + zeros;
    }

    public override string? ValueOf(string literal, string type, IReadOnlyList<string> arguments) =>
        _literals.Value(literal, type, arguments);

    public override NameScope ScopeOf(SchemaItem item) =>
        item is ForeignKeyConstraint || (item is CheckConstraint && !isMariaDb) ? NameScope.Constraints : NameScope.Table;

    // Any index that begins with the columns will do.
    public override bool Serves(IReadOnlyList<string> indexed, bool isUnique, IReadOnlyList<string> columns) =>
        indexed.Take(columns.Count).SequenceEqual(columns);

    // A column without a collation has its table's.
    public override DialectOptions ColumnDefaults(Table table) => new([("mysql_collate", table.Options["mysql_collate"])]);

    public override string? Collation(string? name) => name?.ToUpperInvariant();

    // The index of a unique constraint has the constraint's name; the index of a foreign key goes with the key.
    public override bool IsImplied(TableIndex index, Table model, Table database) =>
        model.Uniques.Any(u => index.Unique && (u.Name is { } name ? name == index.Name : Covers(u.Columns, index)))
        || model.ForeignKeys.Any(k => Covers(k.Columns, index))
        || database.ForeignKeys.Any(k => !index.Unique && k.Name == index.Name && Covers(k.Columns, index));

    // In a model read from a database, the index has another name if the key was created in another way.
    public override bool ComesWithForeignKey(TableIndex index, Table model) =>
        !index.Unique && model.ForeignKeys.Any(k => (index.Name == k.Name || index.Name == k.Columns[0]) && Covers(k.Columns, index));

    // A unique constraint is a unique index, and may have been read as such.
    public override IEnumerable<UniqueConstraint> UniqueIndexes(Table model, Table database) =>
        database.Indexes.Where(i => i.Unique && i.Columns.All(c => c.Column is not null) && model.Indexes.All(m => m.Name != i.Name))
            .Select(i => new UniqueConstraint([.. i.Columns.Select(c => c.Column!)], i.Name));

    private static bool Covers(IReadOnlyList<string> columns, TableIndex index) =>
        columns.SequenceEqual(index.Columns.Select(c => c.Column ?? ""));
}
