using System.ComponentModel;
using Alembic.Schema;

namespace Alembic.Operations;

// Features that not every database has. A dialect overrides the members for those it has.
public abstract partial class Dialect
{
    /// <summary>Tells whether enums are separate types, created before and dropped after the columns that use them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool HasEnumTypes => false;

    /// <summary>How a table is changed while applications work with it.</summary>
    internal virtual OnlineChanges Online => OnlineChanges.None;

    /// <summary>Tells whether the database itself enforces the values of an enum.</summary>
    internal virtual bool HasEnums => HasEnumTypes;

    /// <summary>The quotes and comments inside which nothing is a parameter.</summary>
    internal virtual SqlQuotes Quotes => SqlQuotes.None;

    /// <summary>
    /// Gets a setting that a script must contain once, before the first statement that needs it, because the client's session may differ
    /// from ours; null for none.
    /// </summary>
    /// <param name="statement">The statement.</param>
    internal virtual string? Preparation(string statement) => null;

    /// <summary>
    /// Writes the statements to run before and after inserting rows with explicit values for numbers that the database normally generates,
    /// so that the two do not collide.
    /// </summary>
    /// <param name="data">The rows.</param>
    protected internal virtual (IEnumerable<string> Before, IEnumerable<string> After) AroundInsert(TableRows data) => ([], []);

    /// <summary>Gets the objects that use columns and prevent a drop, rename or change of type; empty if there are none.</summary>
    /// <param name="session">The database.</param>
    /// <param name="columns">The columns.</param>
    internal abstract ILookup<ColumnName, ColumnUser> UsersOf(IMigrationSession session, IReadOnlyList<ColumnName> columns);

    /// <summary>Gets what a change removes and its reversal cannot restore, as the database writes it.</summary>
    /// <param name="session">The database, before the change.</param>
    /// <param name="operation">The change.</param>
    internal virtual IReadOnlyList<string> NotRestored(IMigrationSession session, Operation operation) => [];

    /// <summary>Gets the objects that share a namespace with tables but are not tables or parts of them, such as views.</summary>
    /// <param name="session">The database.</param>
    internal abstract IReadOnlyList<NameHolder> NameHolders(IMigrationSession session);

    /// <summary>Tells whether an extension exists; true if the database has no extensions.</summary>
    /// <param name="session">The database.</param>
    /// <param name="name">Its name.</param>
    internal virtual bool HasExtension(IMigrationSession session, string name) => true;

    /// <summary>Tells whether an object that tables need exists; true if the database has no such objects.</summary>
    /// <param name="session">The database.</param>
    /// <param name="needed">The object.</param>
    internal virtual bool Has(IMigrationSession session, NeededObject needed) => true;

    /// <summary>Gets the part of a name that the database keeps: some truncate long names.</summary>
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

    /// <summary>Writes the statement that validates a NOT VALID constraint.</summary>
    /// <param name="operation">The constraint.</param>
    /// <exception cref="AlembicException">The database has no such constraints.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string ValidateConstraintText(ValidateConstraint operation) =>
        throw new AlembicException($"Constraint '{operation.Name}': {Name} has no constraints that are NOT VALID, and none to validate");

    /// <summary>Gets the constraints that must be added after CREATE TABLE, which cannot create them.</summary>
    /// <param name="table">The table.</param>
    protected internal virtual IEnumerable<Constraint> LateConstraints(Table table) => [];

    /// <summary>
    /// Writes the columns that a key stores but does not search; nothing if the database has no such columns: the key means the same.
    /// </summary>
    /// <param name="columns">The columns.</param>
    protected virtual string Include(IReadOnlyList<string> columns) => "";

    /// <summary>Writes the options of a table for the end of CREATE TABLE, including the separator before them.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="AlembicException">The database has no such option.</exception>
    protected virtual string TableOptions(Table table) => table.Options.Of(Name).Select(o => o.Name).FirstOrDefault() is { } unknown
        ? throw NoOption(unknown, $"table '{table.Name}'")
        : "";

    /// <summary>Writes the options of an index for the end of CREATE INDEX, including the separator before them.</summary>
    /// <param name="operation">The index and how it is created.</param>
    /// <exception cref="AlembicException">The database has no such option.</exception>
    protected virtual string IndexOptions(CreateIndex operation) =>
        operation.Index.Options.Of(Name).Select(o => o.Name).FirstOrDefault() is { } unknown
        ? throw NoOption(unknown, $"index '{operation.Name}'")
        : "";

    /// <summary>Gets the text that limits a query with ORDER BY to one row.</summary>
    /// <param name="offset">How many rows to skip.</param>
    protected internal virtual string OneRow(long offset) => $"OFFSET {offset} ROWS FETCH NEXT 1 ROWS ONLY";

    /// <summary>
    /// Gets the statement that switches foreign key checks on or off, outside of a transaction; null if they are always on.
    /// </summary>
    /// <param name="isOn">Whether to switch them on.</param>
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

    /// <summary>Writes when a constraint is checked, with a leading blank; nothing if both are null.</summary>
    /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
    /// <param name="initially"><c>DEFERRED</c>, <c>IMMEDIATE</c> or null.</param>
    protected static string DeferralText(bool? deferrable, string? initially) =>
        (deferrable is { } can ? can ? " DEFERRABLE" : " NOT DEFERRABLE" : "")
        + (initially is null ? "" : $" INITIALLY {Keyword(initially)}");

    // Part of the column, so that it is dropped with the column.
    /// <summary>
    /// Writes the check of an enum's values, with a leading blank, if the type asks for it and the database has no enums.
    /// </summary>
    /// <param name="column">The column.</param>
    protected string EnumCheck(Column column) => column.Type is { Kind: SqlTypeKind.Enum, Check: true, Values.Count: > 0 } type && !HasEnums
        ? $"{(type.Name is null ? "" : $" CONSTRAINT {Quote(type.Name)}")} CHECK ({EnumCondition(column)})"
        : "";

    /// <summary>Writes the condition that checks an enum's values.</summary>
    internal string EnumCondition(Column column) =>
        $"{Quote(column.Name)} IN ({string.Join(", ", column.Type.Values.Select(StringLiteral))})";
}
