#pragma warning disable CA1812, CA2227
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Alembic.Schema;
using Column = Alembic.Schema.Column;
using Table = Alembic.Schema.Table;

namespace Alembic.Tests.Schema;

[TestClass]
public sealed class AnnotatedRelationshipsTests
{
    private sealed class User
    {
        public int Id { get; set; }
        [InverseProperty(nameof(Event.Author))] public ICollection<Event> Written { get; } = [];
        [InverseProperty(nameof(Event.Editor))] public ICollection<Event> Edited { get; } = [];
    }

    private sealed class Event
    {
        public int Id { get; set; }
        public int AuthorId { get; set; }
        public User Author { get; set; } = null!;
        public User? Editor { get; set; }
        [ForeignKey(nameof(Line))] public int LineKey { get; set; }
        public Timeline Line { get; set; } = null!;
    }

    private sealed class Timeline
    {
        public int TimelineId { get; set; }
        public List<Event> Events { get; } = [];
        public List<Note> Notes { get; } = [];
        public Timeline? Parent { get; set; }
        public List<Timeline> Children { get; } = [];
    }

    private sealed class Note
    {
        public int Id { get; set; }
        [ForeignKey(nameof(User))] public int WriterKey { get; set; }
    }

    [TestMethod]
    public void Navigations_become_foreign_keys_of_the_property_that_holds_them_or_of_a_column_of_their_own()
    {
        var model = MetaData.FromTypes([typeof(User), typeof(Event), typeof(Timeline), typeof(Note)], Naming.SnakeCase);

        Assert.AreEqual(
            new MetaData(
            [
                new Table("user", [new Column("id", SqlType.Integer, primaryKey: true)]),
                new Table("event",
                [
                    new Column("id", SqlType.Integer, primaryKey: true),
                    new Column("author_id", SqlType.Integer, nullable: false, foreignKey: new ForeignKey("user.id")),
                    new Column("editor_id", SqlType.Integer, foreignKey: new ForeignKey("user.id")),
                    new Column("line_key", SqlType.Integer, nullable: false, foreignKey: new ForeignKey("timeline.timeline_id")),
                ]),
                new Table("timeline",
                [
                    new Column("timeline_id", SqlType.Integer, primaryKey: true),
                    new Column("parent_id", SqlType.Integer, foreignKey: new ForeignKey("timeline.timeline_id")),
                ]),
                new Table("note",
                [
                    new Column("id", SqlType.Integer, primaryKey: true),
                    new Column("writer_key", SqlType.Integer, nullable: false, foreignKey: new ForeignKey("user.id")),
                    new Column("timeline_id", SqlType.Integer, foreignKey: new ForeignKey("timeline.timeline_id")),
                ]),
            ]),
            model);
    }

    private sealed class Order
    {
        [Key] public int Shop { get; set; }
        [Key] public int Number { get; set; }
        public List<Line> Lines { get; } = [];
    }

    private sealed class Line
    {
        public int Id { get; set; }
        public int OrderShop { get; set; }
        public int OrderNumber { get; set; }
        public Order Order { get; set; } = null!;
    }

    [TestMethod]
    public void A_key_of_two_columns_is_pointed_to_by_a_constraint_of_two()
    {
        var line = MetaData.FromTypes([typeof(Order), typeof(Line)]).Tables[1];
        Assert.AreEqual(new ForeignKeyConstraint(["OrderShop", "OrderNumber"], ["Order.Shop", "Order.Number"]), line.ForeignKeys.Single());
    }

    private sealed class Person
    {
        public int Id { get; set; }
        public Passport? Passport { get; set; }
    }

    private sealed class Passport
    {
        public int Id { get; set; }
        public int PersonId { get; set; }
        public Person Person { get; set; } = null!;
    }

    [TestMethod]
    public void In_a_one_to_one_relationship_the_side_with_the_key_points_and_is_unique()
    {
        var model = MetaData.FromTypes([typeof(Person), typeof(Passport)]);
        Assert.IsEmpty(model.Tables[0].ForeignKeys);
        Assert.AreEqual(new Column("PersonId", SqlType.Integer, nullable: false, unique: true, foreignKey: new ForeignKey("Person.Id")),
            model.Tables[1].Columns.Last());
    }
}
