using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Alembic.Schema;

namespace Alembic.Tests.Schema;

/// <summary>A file as users write it, with both namespaces open: that it compiles is half of the test.</summary>
[TestClass]
public sealed class BothNamespacesTests
{
    [Table("timeline", Schema = "app")]
    [Comment("what happened when")]
    [Index(nameof(Name), nameof(Created), Name = "ix_timeline_both", IsUnique = true)]
    private sealed class Timeline
    {
        [Key, Column("timeline_id")] public int Id { get; set; }
        [MaxLength(100), Unique] public required string Name { get; set; }
        [DefaultValue(false)] public bool RequiresApproval { get; set; }
        [Precision(12, 4)] public decimal? Weight { get; set; }
        [Index] public DateTimeOffset Created { get; set; }
        [ForeignKey("Parent")] public int? ParentId { get; set; }
        public Timeline? Parent { get; set; }
        [NotMapped] public object? Cache { get; set; }
    }

    [TestMethod]
    public void Attributes_compile_beside_the_classes_of_the_same_name_and_make_the_table()
    {
        var written = new MetaData(
        [
            new Alembic.Schema.Table("timeline",
            [
                new Alembic.Schema.Column("timeline_id", SqlType.Integer, primaryKey: true),
                new Alembic.Schema.Column("name", SqlType.String(100), nullable: false, unique: true),
                new Alembic.Schema.Column("requires_approval", SqlType.Boolean, nullable: false, serverDefault: false),
                new Alembic.Schema.Column("weight", SqlType.Numeric(12, 4)),
                new Alembic.Schema.Column("created", SqlType.DateTimeTz, nullable: false, index: true),
                new Alembic.Schema.Column("parent_id", SqlType.Integer, foreignKey: new ForeignKey("app.timeline.timeline_id")),
                new TableIndex("ix_timeline_both", ["name", "created"], unique: true),
            ], schema: "app", comment: "what happened when"),
        ]);

        Assert.AreEqual(written, MetaData.FromTypes([typeof(Timeline)], Naming.SnakeCase));
    }
}
