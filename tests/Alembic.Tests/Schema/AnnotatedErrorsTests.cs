#pragma warning disable CA1812, CA2227
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Alembic.Schema;

namespace Alembic.Tests.Schema;

[TestClass]
public sealed class AnnotatedErrorsTests
{
    private sealed class NoKey { public string Name { get; set; } = ""; }

    private sealed class Unsupported { public int Id { get; set; } public Uri? Home { get; set; } }

    private sealed class Listed { public int Id { get; set; } public List<string> Tags { get; set; } = []; }

    private sealed class Lonely { public int Id { get; set; } public NoKey? Other { get; set; } }

    private sealed class BadReference { public int Id { get; set; } [ForeignKey("Nobody")] public int Other { get; set; } }

    private sealed class BadDefault { public int Id { get; set; } [DefaultValue("much")] public int Amount { get; set; } }

    private sealed class BadPrecision { public int Id { get; set; } [Precision(3)] public DateTime At { get; set; } }

    [Index("Nothing")]
    private sealed class BadIndex { public int Id { get; set; } }

    private sealed class Twice { public int Id { get; set; } [Column("Id")] public int Other { get; set; } }

    private abstract class Base { public int Id { get; set; } }

    [TestMethod]
    [DataRow(typeof(NoKey), "NoKey", "Id")]
    [DataRow(typeof(Unsupported), "Unsupported.Home", "[NotMapped]")]
    [DataRow(typeof(Listed), "Listed.Tags", "[NotMapped]")]
    [DataRow(typeof(Lonely), "Lonely.Other", "typeof(NoKey)")]
    [DataRow(typeof(BadReference), "BadReference.Other", "typeof(Nobody)")]
    [DataRow(typeof(BadDefault), "BadDefault.Amount", "own type")]
    [DataRow(typeof(BadPrecision), "BadPrecision.At", "TypeName")]
    [DataRow(typeof(BadIndex), "BadIndex", "nameof(BadIndex.Id)")]
    [DataRow(typeof(Twice), "Twice", "[Column(")]
    [DataRow(typeof(Base), "Base", "derive")]
    public void A_mistake_names_class_and_property_and_the_way_out(Type type, string place, string wayOut)
    {
        var error = Assert.ThrowsExactly<AlembicException>(() => MetaData.FromTypes([type]));
        StringAssert.StartsWith(error.Message, $"Model '{place}': ");
        StringAssert.Contains(error.Hint, wayOut);
    }

    [TestMethod]
    public void All_mistakes_are_told_in_one_run()
    {
        var error = Assert.ThrowsExactly<AlembicException>(() => MetaData.FromTypes(
            [typeof(NoKey), typeof(Lonely), typeof(Unsupported), typeof(Post), typeof(Tag), typeof(BadDefault), typeof(BadPrecision),
                typeof(Base)]));
        Assert.AreEqual(
            """
            The model has 6 problems:
              Model 'NoKey': it has no key.
                mark a property [Key], or call it Id or NoKeyId
              Model 'Base': only a class that is neither abstract nor generic has a table.
                leave it out of the list: the properties of a base class become columns of the classes that derive from it
              Model 'Unsupported.Home': the type Uri has no column type.
                name the database's own type, [Column(TypeName = "...")], or mark the property [NotMapped]
              Model 'Post.Tags': it and 'Tag.Posts' are a many-to-many relationship, which needs a table of its own.
                write a class for that table with a foreign key to each side, or mark both properties [NotMapped]
              Model 'BadDefault.Amount': [DefaultValue] gives 'much', which is not of the type Int32.
                give a value of the property's own type
              Model 'BadPrecision.At': [Precision] is for decimal, not for DateTime.
                write the database's own type: [Column(TypeName = "...")]
            """.ReplaceLineEndings("\n"),
            error.Message);
        // This assembly has a context of EF Core, if only one for tests.
        StringAssert.StartsWith(error.Hint, "'model = ef:path/to/Project.csproj' in the ini file takes the model of ");
    }

    private sealed class Post { public int Id { get; set; } public List<Tag> Tags { get; } = []; }

    private sealed class Tag { public int Id { get; set; } public List<Post> Posts { get; } = []; }

    private sealed class Letter { public int Id { get; set; } public Person? From { get; set; } public Person? To { get; set; } }

    private sealed class Person { public int Id { get; set; } public List<Letter> Letters { get; } = []; }

    [TestMethod]
    public void Relationships_that_could_mean_several_things_are_refused()
    {
        StringAssert.Contains(Assert.ThrowsExactly<AlembicException>(() => MetaData.FromTypes([typeof(Post), typeof(Tag)])).Message,
            "many-to-many");
        StringAssert.Contains(Assert.ThrowsExactly<AlembicException>(() => MetaData.FromTypes([typeof(Letter), typeof(Person)])).Hint,
            "InverseProperty");
    }

    [TestMethod]
    public void Two_classes_cannot_have_the_same_table() =>
        StringAssert.Contains(Assert.ThrowsExactly<AlembicException>(() => MetaData.FromTypes([typeof(First), typeof(Second)])).Message,
            "'same'");

    [Table("same")]
    private sealed class First { public int Id { get; set; } }

    [Table("same")]
    private sealed class Second { public int Id { get; set; } }
}
