using System.ComponentModel;
using Alembic.Schema;

namespace Alembic.Operations;

// What not every database has: a dialect that has it says so.
public abstract partial class Dialect
{
    /// <summary>Tells whether enums are types of their own, made before and dropped after the columns that use them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool HasEnumTypes => false;

    /// <summary>Tells whether the database itself keeps to the values of an enum.</summary>
    internal virtual bool HasEnums => HasEnumTypes;

    /// <summary>What marks off text in which nothing is a parameter.</summary>
    internal virtual SqlQuotes Quotes => SqlQuotes.None;

    /// <summary>
    /// What a script has to say once, before the first statement that needs it, where the client's session may be other than ours; null for
    /// nothing.
    /// </summary>
    /// <param name="statement">The statement.</param>
    internal virtual string? Preparation(string statement) => null;

    /// <summary>
    /// Writes the statements that have to be run before and after rows are inserted with numbers that the database would have given them
    /// itself, so that both keep out of each other's way.
    /// </summary>
    /// <param name="data">The rows.</param>
    protected internal virtual (IEnumerable<string> Before, IEnumerable<string> After) AroundInsert(TableRows data) => ([], []);

    /// <summary>What uses columns, and keeps them from being dropped or from getting another type; empty where nothing does.</summary>
    /// <param name="session">The database.</param>
    /// <param name="columns">The columns.</param>
    internal abstract ILookup<ColumnName, ColumnUser> UsersOf(IMigrationSession session, IReadOnlyList<ColumnName> columns);

    /// <summary>What a change takes away and its undoing cannot say, as the database writes it.</summary>
    /// <param name="session">The database, before the change.</param>
    /// <param name="operation">The change.</param>
    internal virtual IReadOnlyList<string> NotRestored(IMigrationSession session, Operation operation) => [];

    /// <summary>What shares its names with tables, and is none and no part of one: views, for example.</summary>
    /// <param name="session">The database.</param>
    internal abstract IReadOnlyList<NameHolder> NameHolders(IMigrationSession session);

    /// <summary>Tells whether an extension is there; true where there are no extensions.</summary>
    /// <param name="session">The database.</param>
    /// <param name="name">Its name.</param>
    internal virtual bool HasExtension(IMigrationSession session, string name) => true;

    /// <summary>Tells whether something that tables need is there; true where there is nothing of the kind.</summary>
    /// <param name="session">The database.</param>
    /// <param name="needed">What is looked for.</param>
    internal virtual bool Has(IMigrationSession session, NeededObject needed) => true;

    /// <summary>What the database keeps of a name: some cut long ones off.</summary>
    /// <param name="name">The name.</param>
    internal virtual string Kept(string name) => name;

    /// <summary>Tells whether primary keys and unique constraints can wait for the end of the transaction.</summary>
    protected virtual bool HasDeferrableKeys => false;

    /// <summary>Tells whether NULL can count as a value that only one row may have.</summary>
    protected virtual bool HasNullsNotDistinct => false;

    /// <summary>Gets the text at the end of a constraint's definition.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <exception cref="AlembicException">The database has no such constraint.</exception>
    protected virtual string ConstraintOptions(Constraint constraint) => constraint switch
    {
        CheckConstraint { NotValid: true } or ForeignKeyConstraint { NotValid: true } => "NOT VALID",
        CheckConstraint { NotEnforced: true } or ForeignKeyConstraint { NotEnforced: true } => "NOT ENFORCED",
        CheckConstraint { NoInherit: true } => "NO INHERIT",
        ForeignKeyConstraint { SetNullColumns.Count: > 0 } => "ON DELETE SET NULL of some columns",
        ForeignKeyConstraint { Period: true } => "PERIOD",
        PrimaryKeyConstraint { WithoutOverlaps: true } or UniqueConstraint { WithoutOverlaps: true } => "WITHOUT OVERLAPS",
        _ => null,
    } is { } missing ? throw new AlembicException($"Constraint '{constraint.Name}': {Name} has no {missing}") : "";

    /// <summary>Writes the statement that checks the rows of a constraint that is not valid yet.</summary>
    /// <param name="operation">The constraint.</param>
    /// <exception cref="AlembicException">The database has no such constraints.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string ValidateConstraintText(ValidateConstraint operation) =>
        throw new AlembicException($"Constraint '{operation.Name}': {Name} has no constraints that are NOT VALID, and none to validate");

    /// <summary>Gets the constraints that a table gets after it is created, as CREATE TABLE cannot create them as they are.</summary>
    /// <param name="table">The table.</param>
    protected internal virtual IEnumerable<Constraint> LateConstraints(Table table) => [];

    /// <summary>
    /// Writes the columns that a key stores but does not search; nothing where the database stores none, as the key means the same.
    /// </summary>
    /// <param name="columns">The columns.</param>
    protected virtual string Include(IReadOnlyList<string> columns) => "";

    /// <summary>Writes the options of a table as they stand at the end of CREATE TABLE, with what separates them from it.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="AlembicException">The database has no such option.</exception>
    protected virtual string TableOptions(Table table) => table.Options.Of(Name).Select(o => o.Name).FirstOrDefault() is { } unknown
        ? throw NoOption(unknown, $"table '{table.Name}'")
        : "";

    /// <summary>Writes the options of an index as they stand at the end of CREATE INDEX, with what separates them from it.</summary>
    /// <param name="operation">The index and how it is made.</param>
    /// <exception cref="AlembicException">The database has no such option.</exception>
    protected virtual string IndexOptions(CreateIndex operation) =>
        operation.Index.Options.Of(Name).Select(o => o.Name).FirstOrDefault() is { } unknown
        ? throw NoOption(unknown, $"index '{operation.Name}'")
        : "";

    /// <summary>Gets the text that ends a query with ORDER BY that is to give one row.</summary>
    /// <param name="offset">How many rows to pass over.</param>
    protected internal virtual string OneRow(long offset) => $"OFFSET {offset} ROWS FETCH NEXT 1 ROWS ONLY";

    /// <summary>
    /// What switches on and off, outside of a transaction, that foreign keys hold statement by statement; null where they always do.
    /// </summary>
    /// <param name="isOn">Which.</param>
    internal virtual string? EnforceKeys(bool isOn) => null;

    internal AlembicException NoOption(string option, string of) => new($"'{Name}_{option}' is not an option that {Name} has for the {of}");

    private string NullsNotDistinct(bool asked, string what) =>
        !asked ? "" : HasNullsNotDistinct ? " NULLS NOT DISTINCT" : throw new AlembicException($"{what}: {Name} has no NULLS NOT DISTINCT");

    private string Deferral(Constraint key, bool? deferrable, string? initially)
    {
        if ((deferrable == true || initially?.Equals("DEFERRED", StringComparison.OrdinalIgnoreCase) == true) && !HasDeferrableKeys)
            throw new AlembicException(
                $"{(key is PrimaryKeyConstraint ? "Primary key" : "Unique constraint")} '{key.Name}': {Name} has no deferrable keys");
        return HasDeferrableKeys ? DeferralText(deferrable, initially) : "";
    }

    /// <summary>Says when a constraint is checked, with a blank before it; nothing if nothing is said.</summary>
    /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
    /// <param name="initially"><c>DEFERRED</c>, <c>IMMEDIATE</c> or null.</param>
    protected static string DeferralText(bool? deferrable, string? initially) =>
        (deferrable is { } can ? can ? " DEFERRABLE" : " NOT DEFERRABLE" : "")
        + (initially is null ? "" : $" INITIALLY {Keyword(initially)}");

    // Beside the column, so that it goes when the column goes.
    /// <summary>
    /// Writes the check of an enum's values, where it is asked for and the database has no enums; with a blank before it.
    /// </summary>
    /// <param name="column">The column.</param>
    protected string EnumCheck(Column column) => column.Type is { Kind: SqlTypeKind.Enum, Check: true, Values.Count: > 0 } type && !HasEnums
        ? $"{(type.Name is null ? "" : $" CONSTRAINT {Quote(type.Name)}")} CHECK ({EnumCondition(column)})"
        : "";

    /// <summary>What a check of an enum's values says of its column.</summary>
    internal string EnumCondition(Column column) =>
        $"{Quote(column.Name)} IN ({string.Join(", ", column.Type.Values.Select(StringLiteral))})";
}
