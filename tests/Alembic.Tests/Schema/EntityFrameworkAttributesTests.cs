using Alembic.Schema;
using EF = Microsoft.EntityFrameworkCore;

// Stand-ins: the attributes are found by their full names, whichever assembly they come from.
namespace Microsoft.EntityFrameworkCore
{
    /// <summary>What is no table's class.</summary>
    public class DbContext;

    [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    internal sealed class IndexAttribute(string propertyName, params string[] additionalPropertyNames) : Attribute
    {
        public string PropertyName => propertyName;
        public string[] Additional => additionalPropertyNames;
        public string? Name { get; set; }
        public bool IsUnique { get; set; }
    }

    [AttributeUsage(AttributeTargets.Property)]
    internal sealed class PrecisionAttribute(int precision, int scale) : Attribute
    {
        public int Precision => precision;
        public int Scale => scale;
    }

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class PrimaryKeyAttribute(string propertyName, params string[] additionalPropertyNames) : Attribute
    {
        public string PropertyName => propertyName;
        public string[] Additional => additionalPropertyNames;
    }

    [AttributeUsage(AttributeTargets.Property)]
    internal sealed class UnicodeAttribute(bool unicode) : Attribute
    {
        public bool Unicode => unicode;
    }

    internal enum DeleteBehavior { ClientSetNull, Restrict, SetNull, Cascade }

    [AttributeUsage(AttributeTargets.Property)]
    internal sealed class DeleteBehaviorAttribute(DeleteBehavior behavior) : Attribute
    {
        public DeleteBehavior Behavior => behavior;
    }
}

namespace Alembic.Tests.Schema
{
    [TestClass]
    public sealed class EntityFrameworkAttributesTests
    {
        [EF.Index(nameof(A), nameof(B), Name = "ix_ab", IsUnique = true)]
        [EF.PrimaryKey(nameof(B), nameof(A))]
        private sealed class Thing
        {
            public int A { get; set; }
            public int B { get; set; }
            [EF.Precision(9, 3)] public decimal C { get; set; }
            [EF.DeleteBehavior(EF.DeleteBehavior.Cascade)] public Other D { get; set; } = null!;
        }

        private sealed class Other
        {
            public long Id { get; set; }
        }

        [TestMethod]
        public void The_attributes_of_ef_core_mean_what_ours_mean() =>
            Assert.AreEqual(
                new Table("Thing",
                [
                    new Column("A", SqlType.Integer, primaryKey: true),
                    new Column("B", SqlType.Integer, primaryKey: true),
                    new Column("C", SqlType.Numeric(9, 3), nullable: false),
                    new Column("DId", SqlType.BigInteger, nullable: false, foreignKey: new ForeignKey("Other.Id", onDelete: "CASCADE")),
                    new PrimaryKeyConstraint(["B", "A"]),
                    new TableIndex("ix_ab", ["A", "B"], unique: true),
                ]),
                MetaData.FromTypes([typeof(Thing), typeof(Other)]).Tables[0]);

        private sealed class Shop : EF.DbContext;

        [TestMethod]
        public void A_context_is_sent_to_the_ini_file()
        {
            var error = Assert.ThrowsExactly<AlembicException>(() => MetaData.FromTypes([typeof(Other), typeof(Shop)]));
            Assert.AreEqual("Model 'Shop': it is a DbContext of EF Core, not the class of a table.", error.Message);
            Assert.Contains("model = ef:", error.Hint!);
        }
    }
}
