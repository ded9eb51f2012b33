using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// The behavior that is specific to the EF Core providers for one database. A member's default fits relational providers in general.
/// </summary>
internal abstract class EfProvider
{
    // A new provider is added here.
    private static readonly EfProvider[] All = [new SqliteProvider(), new NpgsqlProvider(), new SqlServerProvider(), new MySqlProvider()];

    /// <summary>The packages of the providers.</summary>
    public abstract IReadOnlyList<string> Packages { get; }

    /// <summary>The names of the dialects that they are for, the usual one first.</summary>
    public abstract IReadOnlyList<string> Dialects { get; }

    /// <summary>Tells whether the database generates a column's value when a row is inserted: AUTOINCREMENT, serial.</summary>
    public abstract bool IsAutoincrement(EfOperation column);

    /// <summary>Gets the identity of a column, or null.</summary>
    public abstract Identity? Identity(EfOperation column);

    /// <summary>Tells whether the name of an annotation is one of these providers' own.</summary>
    protected abstract bool IsOwn(string annotation);

    public static IReadOnlyList<string> AllPackages => [.. All.SelectMany(provider => provider.Packages)];

    public static EfProvider Of(Dialect dialect) => All.First(provider => provider.Dialects.Contains(dialect.Name));

    /// <summary>Gets the provider of a package; null for an unknown one.</summary>
    public static EfProvider? OfPackage(string package) => Array.Find(All, provider => provider.Packages.Contains(package));

    /// <summary>
    /// Tells whether an annotation is for another database: a migration for several has the annotations of all their providers.
    /// </summary>
    public bool IsOfAnother(string annotation) => !IsOwn(annotation) && All.Any(provider => provider.IsOwn(annotation));

    /// <summary>Tells whether the database has schemas.</summary>
    public virtual bool HasSchemas => true;

    /// <summary>
    /// Tells whether a column is numbered through its primary key, so that whoever creates the key has to state it again.
    /// </summary>
    public virtual bool NumbersByKey => false;

    /// <summary>Tells whether a computed column has no type of its own.</summary>
    public virtual bool ComputesWithoutType => false;

    /// <summary>Tells whether a computed column is stored if the model does not say it; null for the database's default.</summary>
    public virtual bool? StoresComputed => null;

    /// <summary>Tells whether it is a system column: every table has it, and nobody creates it.</summary>
    public virtual bool IsOfTheSystem(EfOperation column) => false;

    public virtual string? Collation(EfOperation column) => column.Text("Collation");

    /// <summary>Gets the SQL of the default that the provider derives from how values are generated, or null.</summary>
    public virtual string? GeneratedDefault(EfOperation column) => null;

    /// <summary>Gets the condition of an index, or null.</summary>
    public virtual string? Filter(EfOperation index) => index.Text("Filter");

    /// <summary>Gets the character set of a table or a database, or null.</summary>
    public virtual string? CharSet(EfOperation of) => null;

    /// <summary>Gets a table's options.</summary>
    /// <param name="table">The table.</param>
    /// <param name="charSet">The character set of tables without one of their own, or null.</param>
    public virtual DialectOptions Options(EfOperation table, string? charSet) => new();

    /// <summary>Gets the options of an index.</summary>
    public virtual DialectOptions IndexOptions(EfOperation index) => new();
}
