using Alembic.Schema;

namespace Alembic.Operations;

/// <summary>
/// What a comparison of a model with a database has to know of that database. A member with a default says what is right for standard SQL;
/// each database answers the others, and overrides where it differs.
/// </summary>
internal abstract class ComparisonRules
{
    // What every database takes for the same.
    private static readonly Dictionary<string, string> CommonSynonyms = new()
    {
        ["DECIMAL"] = "NUMERIC", ["DEC"] = "NUMERIC", ["INT"] = "INTEGER", ["CHARACTER VARYING"] = "VARCHAR", ["CHARACTER"] = "CHAR",
        ["BOOL"] = "BOOLEAN",
        ["DOUBLE"] = "DOUBLE PRECISION", ["NATIONAL CHARACTER VARYING"] = "NVARCHAR", ["NATIONAL CHARACTER"] = "NCHAR",
    };

    /// <summary>Which names are the same when only their case differs.</summary>
    public abstract NameCase NameCase { get; }

    /// <summary>The tables of a model as this database creates them, where that is not what the model says to all.</summary>
    /// <param name="model">The tables of the model.</param>
    /// <param name="database">The tables that are there.</param>
    public virtual IReadOnlyList<Table> Modelled(IReadOnlyList<Table> model, IReadOnlyList<Table> database) => model;

    /// <summary>Gives the statement with which a migration begins that creates or changes tables; null for none.</summary>
    /// <param name="tables">The tables.</param>
    public virtual string? Preparation(IEnumerable<Table> tables) => null;

    /// <summary>Gives the tables that a table inherits its columns from.</summary>
    /// <param name="table">The table.</param>
    public virtual IEnumerable<(string? Schema, string Name)> Parents(Table table) => [];

    /// <summary>Gives those options of a table that decide what its columns are where these do not say it.</summary>
    /// <param name="table">The table.</param>
    public virtual DialectOptions ColumnDefaults(Table table) => DialectOptions.None;

    /// <summary>Where the name of a constraint or an index may stand only once.</summary>
    public abstract NameScope ScopeOf(SchemaItem item);

    /// <summary>What gives a counted column its next number.</summary>
    public abstract AutoincrementKind Autoincrement { get; }

    /// <summary>Tells whether an identity can be changed, and keeps its column from being NULL.</summary>
    public virtual bool AltersIdentity => true;

    /// <summary>Tells whether an alteration writes the whole column anew, so that a script has to know all of it.</summary>
    public virtual bool RestatesColumns => false;

    /// <summary>
    /// Tells whether an alteration makes the table anew: nothing has to step aside for it, a foreign key costs least beside a new column,
    /// and a constraint needs no name to be dropped.
    /// </summary>
    public virtual bool RebuildsTables => false;

    /// <summary>Tells whether a table is nothing without its primary key, which is then replaced at once.</summary>
    /// <param name="table">The table.</param>
    public virtual bool NeedsKey(Table table) => false;

    /// <summary>Tells whether a foreign key may point to what is not there yet, or no longer.</summary>
    public virtual bool AllowsDanglingKeys => false;

    /// <summary>Tells whether a foreign key needs an index over its own columns as long as it is there.</summary>
    public virtual bool IndexesForeignKeys => false;

    /// <summary>Tells whether a column cannot begin or cease to be numbered as long as a foreign key has it.</summary>
    public virtual bool ForeignKeysHoldAutoincrement => false;

    /// <summary>Tells whether a foreign key may point to columns, because there is an index over these.</summary>
    /// <param name="indexed">The columns of the index.</param>
    /// <param name="isUnique">Whether it is a key.</param>
    /// <param name="columns">The columns that are pointed to.</param>
    public virtual bool Serves(IReadOnlyList<string> indexed, bool isUnique, IReadOnlyList<string> columns) =>
        isUnique && indexed.ToHashSet().SetEquals(columns);

    /// <summary>
    /// Tells whether RESTRICT is another action than NO ACTION: in standard SQL it refuses at once, and NO ACTION at the end of the
    /// statement.
    /// </summary>
    public virtual bool HasRestrict => true;

    /// <summary>Tells whether a unique constraint over the columns of the primary key is left out.</summary>
    public virtual bool MergesUniqueWithPrimaryKey => false;

    /// <summary>Tells whether the index of a key may hold more than its columns, and keep ranges apart.</summary>
    public virtual bool HasKeyOptions => false;

    /// <summary>Tells whether values of a type can be compared as texts only.</summary>
    /// <param name="type">The type.</param>
    public virtual bool IsComparedAsText(SqlType type) => false;

    /// <summary>Tells whether only values of like types can be compared: a text with a number is an error.</summary>
    public virtual bool ComparesLikeTypes => false;

    /// <summary>Tells whether values of a type have a form of their own, which as text can be written again to the letter.</summary>
    /// <param name="type">The type.</param>
    public virtual bool IsReadAsText(SqlType type) => false;

    /// <summary>Tells whether length and digits of a type mean anything.</summary>
    public virtual bool HasTypeArguments => true;

    /// <summary>
    /// Tells whether a computed column has the type and the collation that it is declared with, not those of its expression. Standard SQL
    /// lets a generated column declare its type.
    /// </summary>
    public virtual bool DeclaresComputedType => true;

    /// <summary>Tells whether a column keeps its name as long as a check, a computed column or an index names it in an
    /// expression.</summary>
    public virtual bool HoldsNamesInExpressions => false;

    /// <summary>Tells whether an expression is kept as it was written.</summary>
    public virtual bool KeepsExpressions => false;

    /// <summary>Tells whether a column's collation is read also where it is the one that the column has anyway.</summary>
    public virtual bool ReadsUsualCollation => false;

    /// <summary>Other names of types, in capitals, and the name that they are compared by.</summary>
    protected virtual IReadOnlyDictionary<string, string> TypeSynonyms { get; } = new Dictionary<string, string>();

    /// <summary>The name that a type is compared by.</summary>
    /// <param name="name">Its name in capitals, without what stands in parentheses.</param>
    public virtual string TypeName(string name)
    {
        var common = CommonSynonyms.GetValueOrDefault(name, name);
        return TypeSynonyms.GetValueOrDefault(common, common);
    }

    /// <summary>The name that a collation is compared by; null for the one that a column has anyway.</summary>
    /// <param name="name">Its name, or null.</param>
    public virtual string? Collation(string? name) => name;

    /// <summary>An expression without what the database may have added to it; asked only where the database itself could not be.</summary>
    /// <param name="expression">The expression.</param>
    public virtual string Simplified(string expression) => expression;

    /// <summary>The value that a column makes of a literal, or null; asked only where the database itself could not be.</summary>
    /// <param name="literal">The literal.</param>
    /// <param name="type">The name that the column's type is compared by.</param>
    /// <param name="arguments">What stands in the type's parentheses.</param>
    public virtual string? ValueOf(string literal, string type, IReadOnlyList<string> arguments) => null;

    /// <summary>Tells whether the database made an index without being asked, for something that the model has.</summary>
    public virtual bool IsImplied(TableIndex index, Table model, Table database) => false;

    /// <summary>Tells whether the database makes an index of the model without being asked, for a foreign key.</summary>
    public virtual bool ComesWithForeignKey(TableIndex index, Table model) => false;

    /// <summary>The unique constraints that show up as indexes.</summary>
    public virtual IEnumerable<UniqueConstraint> UniqueIndexes(Table model, Table database) => [];
}

/// <summary>Which names are the same when only their case differs.</summary>
internal enum NameCase
{
    /// <summary>None.</summary>
    Matters,

    /// <summary>Those of columns, indexes and constraints; those of tables only where the server says so.</summary>
    MattersForTables,

    /// <summary>All.</summary>
    Ignored,
}

/// <summary>Where a name may stand only once.</summary>
internal enum NameScope
{
    /// <summary>In its table.</summary>
    Table,

    /// <summary>Among the constraints of its schema.</summary>
    Constraints,

    /// <summary>Among the tables, and what shares their names, of its schema.</summary>
    Tables,
}

/// <summary>What gives a counted column its next number.</summary>
internal enum AutoincrementKind
{
    /// <summary>The table; that cannot be changed later.</summary>
    Fixed,

    /// <summary>The table, for an integer that is its primary key; a word makes sure that no number comes twice.</summary>
    Word,

    /// <summary>A mark of the column, which has to be a key.</summary>
    Mark,

    /// <summary>A sequence that the column owns.</summary>
    Sequence,
}
