using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// What the EF Core providers for one database do in a way of their own. A member with a default says what is right for relational
/// providers in general.
/// </summary>
internal abstract class EfProvider
{
    // A new provider is added here.
    private static readonly EfProvider[] All = [new SqliteProvider(), new NpgsqlProvider(), new SqlServerProvider(), new MySqlProvider()];

    /// <summary>The packages of the providers.</summary>
    public abstract IReadOnlyList<string> Packages { get; }

    /// <summary>The names of the dialects that they are for, the usual one first.</summary>
    public abstract IReadOnlyList<string> Dialects { get; }

    /// <summary>Gives the columns that a value is generated for as they are added: AUTOINCREMENT, serial.</summary>
    public abstract bool IsAutoincrement(EfOperation column);

    /// <summary>Gives the identity of a column, or null.</summary>
    public abstract Identity? Identity(EfOperation column);

    /// <summary>Tells whether the name of an annotation is one of these providers' own.</summary>
    protected abstract bool IsOwn(string annotation);

    public static IReadOnlyList<string> AllPackages => [.. All.SelectMany(provider => provider.Packages)];

    public static EfProvider Of(Dialect dialect) => All.First(provider => provider.Dialects.Contains(dialect.Name));

    /// <summary>Gives the provider of a package, or null for one that is not known.</summary>
    public static EfProvider? OfPackage(string package) => Array.Find(All, provider => provider.Packages.Contains(package));

    /// <summary>
    /// Tells whether an annotation is for another database: a migration that is for several has the annotations of all their providers.
    /// </summary>
    public bool IsOfAnother(string annotation) => !IsOwn(annotation) && All.Any(provider => provider.IsOwn(annotation));

    /// <summary>Tells whether the database has schemas.</summary>
    public virtual bool HasSchemas => true;

    /// <summary>Tells whether a column is numbered by its primary key, so that who creates the key has to say it again.</summary>
    public virtual bool NumbersByKey => false;

    /// <summary>Tells whether a computed column has no type of its own.</summary>
    public virtual bool ComputesWithoutType => false;

    /// <summary>Tells whether a computed column is stored where the model does not say it; null for what the database does then.</summary>
    public virtual bool? StoresComputed => null;

    /// <summary>Tells whether every table has a column, and nobody creates it.</summary>
    public virtual bool IsOfTheSystem(EfOperation column) => false;

    public virtual string? Collation(EfOperation column) => column.Text("Collation");

    /// <summary>Gives the SQL of a default that the provider makes of the way in which values are generated, or null.</summary>
    public virtual string? GeneratedDefault(EfOperation column) => null;

    /// <summary>Gives the condition of an index, or null.</summary>
    public virtual string? Filter(EfOperation index) => index.Text("Filter");

    /// <summary>Gives the character set that a table or a database says, or null.</summary>
    public virtual string? CharSet(EfOperation of) => null;

    /// <summary>Gives a table's options.</summary>
    /// <param name="table">The table.</param>
    /// <param name="charSet">The character set of tables that say none of their own, or null.</param>
    public virtual DialectOptions Options(EfOperation table, string? charSet) => new();

    /// <summary>Gives the options of an index.</summary>
    public virtual DialectOptions IndexOptions(EfOperation index) => new();
}
