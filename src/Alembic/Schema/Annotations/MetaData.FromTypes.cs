using System.Diagnostics.CodeAnalysis;
using Alembic.Schema.Annotations;

namespace Alembic.Schema;

public sealed partial record MetaData
{
    /// <summary>
    /// Gets a model from annotated classes. The attributes are those of <c>System.ComponentModel.DataAnnotations</c> (<c>[Table]
    /// [Column] [Key] [Required] [MaxLength] [ForeignKey] …</c>), <c>[DefaultValue]</c>, which becomes the server default, and
    /// <c>[Index] [Unique] [Precision] [Comment]</c> of this namespace or of EF Core. Each class is one table. The columns of its base
    /// classes come first, then its own in order of declaration. If no property is marked as the key, <c>Id</c> or <c>ClassId</c> is.
    /// What is not nullable in C# is not nullable in the database. Enums are stored as numbers. Navigation properties become foreign
    /// keys.
    /// </summary>
    /// <param name="types">The classes, in the order of the tables.</param>
    /// <param name="naming">How names become names of tables and columns.</param>
    /// <param name="schema">The schema of the tables that name none, or null for the connection's own.</param>
    /// <param name="namingConvention">How unnamed constraints and indexes are named; null for the default.</param>
    /// <exception cref="AlembicException">A class or property cannot become part of a table. The message names it, the hint says what to
    /// write.</exception>
    [RequiresUnreferencedCode(AnnotatedClass.WhenTrimmed)]
    public static MetaData FromTypes(IEnumerable<Type> types, Naming naming = Naming.AsIs, string? schema = null,
        NamingConvention? namingConvention = null) =>
        new([.. new AnnotatedModel(types, naming, schema).Tables], schema, namingConvention);
}
