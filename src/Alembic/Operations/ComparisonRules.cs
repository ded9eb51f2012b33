using Alembic.Schema;

namespace Alembic.Operations;

/// <summary>
/// The rules of one database for comparing a model with it. Defaults are correct for standard SQL. Each database implements the abstract
/// members, and overrides the defaults if it differs.
/// </summary>
internal abstract class ComparisonRules
{
    // Synonyms in every database.
    private static readonly Dictionary<string, string> CommonSynonyms = new()
    {
        ["DECIMAL"] = "NUMERIC", ["DEC"] = "NUMERIC", ["INT"] = "INTEGER", ["CHARACTER VARYING"] = "VARCHAR", ["CHARACTER"] = "CHAR",
        ["BOOL"] = "BOOLEAN",
        ["DOUBLE"] = "DOUBLE PRECISION", ["NATIONAL CHARACTER VARYING"] = "NVARCHAR", ["NATIONAL CHARACTER"] = "NCHAR",
    };

    /// <summary>Tells which names are equal if they differ only in case.</summary>
    public abstract NameCase NameCase { get; }

    /// <summary>Gets a model's tables as this database would create them, if that differs from the general model.</summary>
    /// <param name="model">The tables of the model.</param>
    /// <param name="database">The existing tables.</param>
    public virtual IReadOnlyList<Table> Modelled(IReadOnlyList<Table> model, IReadOnlyList<Table> database) => model;

    /// <summary>Gets the first statement of a migration that creates or changes tables; null for none.</summary>
    /// <param name="tables">The tables.</param>
    public virtual string? Preparation(IEnumerable<Table> tables) => null;

    /// <summary>Gets the tables that a table inherits columns from.</summary>
    /// <param name="table">The table.</param>
    public virtual IEnumerable<(string? Schema, string Name)> Parents(Table table) => [];

    /// <summary>Gets the table options that set defaults for its columns.</summary>
    /// <param name="table">The table.</param>
    public virtual DialectOptions ColumnDefaults(Table table) => DialectOptions.None;

    /// <summary>Gets the scope in which the name of a constraint or an index must be unique.</summary>
    public abstract NameScope ScopeOf(SchemaItem item);

    /// <summary>Tells what gives an autoincrement column its next number.</summary>
    public abstract AutoincrementKind Autoincrement { get; }

    /// <summary>Tells whether an identity can be changed, and makes its column NOT NULL.</summary>
    public virtual bool AltersIdentity => true;

    /// <summary>Tells whether a change of a column restates the whole column, so that a script must know all of it.</summary>
    public virtual bool RestatesColumns => false;

    /// <summary>
    /// Tells whether a change of a column rebuilds the table. Dependent objects then need not be dropped, a foreign key is cheapest
    /// together with its new column, and a constraint can be dropped without a name.
    /// </summary>
    public virtual bool RebuildsTables => false;

    /// <summary>Tells whether a table cannot be without its primary key, which must then be replaced in one step.</summary>
    /// <param name="table">The table.</param>
    public virtual bool NeedsKey(Table table) => false;

    /// <summary>Tells whether a foreign key may reference a table or column that does not exist.</summary>
    public virtual bool AllowsDanglingKeys => false;

    /// <summary>Tells whether a foreign key needs an index on its own columns as long as it exists.</summary>
    public virtual bool IndexesForeignKeys => false;

    /// <summary>Tells whether autoincrement of a column cannot change while a foreign key uses the column.</summary>
    public virtual bool ForeignKeysHoldAutoincrement => false;

    /// <summary>Tells whether an index allows a foreign key to reference columns.</summary>
    /// <param name="indexed">The columns of the index.</param>
    /// <param name="isUnique">Whether it is a key.</param>
    /// <param name="columns">The referenced columns.</param>
    public virtual bool Serves(IReadOnlyList<string> indexed, bool isUnique, IReadOnlyList<string> columns) =>
        isUnique && indexed.ToHashSet().SetEquals(columns);

    /// <summary>
    /// Tells whether RESTRICT differs from NO ACTION: in standard SQL, RESTRICT refuses at once, NO ACTION at the end of the statement.
    /// </summary>
    public virtual bool HasRestrict => true;

    /// <summary>Tells whether a unique constraint on the columns of the primary key is omitted.</summary>
    public virtual bool MergesUniqueWithPrimaryKey => false;

    /// <summary>Tells whether the index of a key may include other columns, and exclude overlapping ranges.</summary>
    public virtual bool HasKeyOptions => false;

    /// <summary>Tells whether values of a type can only be compared as text.</summary>
    /// <param name="type">The type.</param>
    public virtual bool IsComparedAsText(SqlType type) => false;

    /// <summary>Tells whether only values of similar types can be compared: comparing a text with a number is an error.</summary>
    public virtual bool ComparesLikeTypes => false;

    /// <summary>Tells whether values of a type have a database-specific form that only text preserves exactly.</summary>
    /// <param name="type">The type.</param>
    public virtual bool IsReadAsText(SqlType type) => false;

    /// <summary>Tells whether the length, precision and scale of a type have a meaning.</summary>
    public virtual bool HasTypeArguments => true;

    /// <summary>
    /// Tells whether a computed column has its declared type and collation, not those of its expression. In standard SQL, a generated
    /// column can declare its type.
    /// </summary>
    public virtual bool DeclaresComputedType => true;

    /// <summary>Tells whether a column cannot be renamed while the expression of a check, a computed column or an index uses
    /// it.</summary>
    public virtual bool HoldsNamesInExpressions => false;

    /// <summary>Tells whether the database keeps an expression as it was written.</summary>
    public virtual bool KeepsExpressions => false;

    /// <summary>Tells whether a column's collation is read even if it is the default one.</summary>
    public virtual bool ReadsUsualCollation => false;

    /// <summary>Synonyms of types, in capitals, with the name that they are compared by.</summary>
    protected virtual IReadOnlyDictionary<string, string> TypeSynonyms { get; } = new Dictionary<string, string>();

    /// <summary>Gets the name that a type is compared by.</summary>
    /// <param name="name">Its name in capitals, without arguments in parentheses.</param>
    public virtual string TypeName(string name)
    {
        var common = CommonSynonyms.GetValueOrDefault(name, name);
        return TypeSynonyms.GetValueOrDefault(common, common);
    }

    /// <summary>Gets the name that a collation is compared by; null for the default one.</summary>
    /// <param name="name">Its name, or null.</param>
    public virtual string? Collation(string? name) => name;

    /// <summary>Removes what the database may have added to an expression; used only if the database itself cannot be asked.</summary>
    /// <param name="expression">The expression.</param>
    public virtual string Simplified(string expression) => expression;

    /// <summary>Gets the value that a column stores for a literal, or null; used only if the database itself cannot be asked.</summary>
    /// <param name="literal">The literal.</param>
    /// <param name="type">The name that the column's type is compared by.</param>
    /// <param name="arguments">The type's arguments in parentheses.</param>
    public virtual string? ValueOf(string literal, string type, IReadOnlyList<string> arguments) => null;

    /// <summary>Tells whether the database created an index by itself, for another object of the model.</summary>
    public virtual bool IsImplied(TableIndex index, Table model, Table database) => false;

    /// <summary>Tells whether the database creates an index of the model by itself, for a foreign key.</summary>
    public virtual bool ComesWithForeignKey(TableIndex index, Table model) => false;

    /// <summary>Gets the unique constraints that the database lists as indexes.</summary>
    public virtual IEnumerable<UniqueConstraint> UniqueIndexes(Table model, Table database) => [];
}

/// <summary>Tells which names are equal if they differ only in case.</summary>
internal enum NameCase
{
    /// <summary>None.</summary>
    Matters,

    /// <summary>Those of columns, indexes and constraints; those of tables only if the server says so.</summary>
    MattersForTables,

    /// <summary>All.</summary>
    Ignored,
}

/// <summary>The scope in which a name must be unique.</summary>
internal enum NameScope
{
    /// <summary>In its table.</summary>
    Table,

    /// <summary>Among the constraints of its schema.</summary>
    Constraints,

    /// <summary>Among the tables of its schema, and the objects that share their namespace.</summary>
    Tables,
}

/// <summary>The source of the next number of an autoincrement column.</summary>
internal enum AutoincrementKind
{
    /// <summary>The table; cannot be changed later.</summary>
    Fixed,

    /// <summary>The table, for an integer primary key; a keyword ensures that no number is reused.</summary>
    Word,

    /// <summary>An attribute of the column, which must be a key.</summary>
    Mark,

    /// <summary>A sequence that the column owns.</summary>
    Sequence,
}
