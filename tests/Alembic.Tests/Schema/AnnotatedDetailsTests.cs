using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Autogenerate;

namespace Alembic.Tests.Schema;

/// <summary>Annotated classes in detail, and that what they say is what the databases then have.</summary>
[TestClass]
public sealed class AnnotatedDetailsTests
{
    private enum Mood { Happy, Sad }

    private abstract class Entity
    {
        [Key] public Guid Key { get; set; }

        [Comment("when it was made")] public DateTimeOffset Created { get; set; }
    }

    [Index(nameof(City), nameof(Created), IsDescending = [false, true], Name = "ix_city")]
    [Index(nameof(Created), AllDescending = true)]
    private sealed class Customer : Entity
    {
        [StringLength(80)] public required string City { get; set; }

        [Index(Filter = "number > 10", IsUnique = true)] public int Number { get; set; }

        [Column(TypeName = "enum"), DefaultValue(Mood.Sad)] public Mood Mood { get; set; }

        public Mood? Before { get; set; }

        public List<Order> Orders { get; set; } = [];
    }

    private sealed record Order([property: Key] int Id, [MaxLength(20)] string? Note, [Required] string Text,
        [OnDelete("CASCADE")] Customer Customer, Guid CustomerKey, TimeSpan Took, DateOnly Day, TimeOnly At, byte[] Data)
    {
        [OnDelete("SET NULL"), ForeignKey("Previous")] public int? PreviousId { get; init; }

        public Order? Previous { get; init; }
    }

    private sealed class Line
    {
        [Key, Column(Order = 2)] public int No { get; set; }

        [Key, Column(Order = 1), ForeignKey("Order")] public int OrderId { get; set; }

        public Order? Order { get; set; }

        [Precision(9, 3)] public decimal Amount { get; set; }
    }

    private static readonly MetaData Model = MetaData.FromTypes([typeof(Customer), typeof(Order), typeof(Line)], Naming.SnakeCase);

    [TestMethod]
    public void They_say_this() => Assert.AreEqual(
        """
        op.CreateTable("customer",
        [
            new Column("key", SqlType.Uuid, nullable: false, primaryKey: true),
            new Column("created", SqlType.DateTimeTz, nullable: false, comment: "when it was made"),
            new Column("city", SqlType.String(80), nullable: false),
            new Column("number", SqlType.Integer, nullable: false),
            new Column("mood", SqlType.Enum("mood", ["Happy", "Sad"]), nullable: false, serverDefault: "Sad"),
            new Column("before", SqlType.Integer),
            new TableIndex("ix_city", ["city", IndexElement.Descending("created")]),
            new TableIndex(null, [IndexElement.Descending("created")]),
            new TableIndex(null, ["number"], unique: true, where: "number > 10"),
        ])
        op.CreateTable("order",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("note", SqlType.String(20)),
            new Column("text", SqlType.Text, nullable: false),
            new Column("customer_key", SqlType.Uuid, nullable: false,
                foreignKey: new ForeignKey("customer.key", onDelete: "CASCADE")),
            new Column("took", SqlType.Interval, nullable: false),
            new Column("day", SqlType.Date, nullable: false),
            new Column("at", SqlType.Time, nullable: false),
            new Column("data", SqlType.LargeBinary(), nullable: false),
            new Column("previous_id", SqlType.Integer, foreignKey: new ForeignKey("order.id", onDelete: "SET NULL")),
        ])
        op.CreateTable("line",
        [
            new Column("order_id", SqlType.Integer, primaryKey: true, foreignKey: new ForeignKey("order.id")),
            new Column("no", SqlType.Integer, primaryKey: true),
            new Column("amount", SqlType.Numeric(9, 3), nullable: false),
        ])
        """.ReplaceLineEndings("\n").Replace("nullable: false, primaryKey", "primaryKey", StringComparison.Ordinal),
        string.Join('\n', Model.Tables.Select(t => new CodeWriter().Write(new CreateTable(t)))));

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void The_databases_have_it_then(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        // MariaDB has no partial indexes.
        var model = kind == "mariadb"
            ? Model with
            {
                Tables = [
                    .. Model.Tables.Select(t =>
                        t with { Items = [.. t.Items.Select(i => i is TableIndex index ? index with { Where = null } : i)] })]
            }
            : Model;
        database.Run(database.Compare(model).UpgradeOperations);
        database.Nothing(database.Compare(model));
        Assert.IsTrue(database.Inspect().Tables.Single(t => t.Name == "customer").Indexes
            .Single(i => i.Name == "ix_customer_created").Columns.Single().IsDescending || kind == "mariadb");
        database.Run(database.Compare(new MetaData([])).UpgradeOperations);
        Assert.IsEmpty(database.Inspect().Tables);
    }

    [TestMethod]
    public void A_descending_column_may_be_written_as_SQL_too()
    {
        using var database = LiveDatabase.Open("postgresql");
        MetaData Of(IndexElement element) => new([new Table("t", [new Column("A b", SqlType.Integer), new TableIndex("ix", [element])])]);
        database.Run(database.Compare(Of(Sql.Text("\"A b\" DESC"))).UpgradeOperations);
        database.Nothing(database.Compare(Of(Sql.Text("\"A b\" DESC"))));
        database.Nothing(database.Compare(Of(IndexElement.Descending("A b"))));
        Assert.IsFalse(database.Compare(Of("A b")).IsEmpty);
    }

    [TestMethod]
    [DataRow("uq", "%(table_name)s-%(column_0_name)s-%(column_1_key)s", "t-a-b")]
    [DataRow("uq", "%(column_0N_name)s-%(column_0_N_name)s", "ab-a_b")]
    [DataRow("uq", "%(column_0_label)s-%(column_0N_label)s-%(column_0_N_label)s", "t_a-t_at_b-t_a_t_b")]
    [DataRow("fk", "%(referred_table_name)s-%(referred_column_0_name)s-%(referred_column_0_N_name)s", "u-x-x_y")]
    [DataRow("ix", "%(column_0_N_name)s", "a_b")]
    [DataRow("pk", "%(loud)s", "T!")]
    [DataRow("ck", "ck_%(table_name)s_%(constraint_name)s", "ck_t_positive")]
    public void A_name_by_convention(string kind, string format, string expected)
    {
        var convention = new NamingConvention
        {
            [kind] = format,
            Tokens = new Dictionary<string, Func<SchemaItem, Table, string>>
            {
                ["loud"] = (_, table) => table.Name.ToUpperInvariant() + "!"
            }
        };
        var table = new Table("t", []);
        Assert.AreEqual(expected, convention.NameOf(
            kind switch
            {
                "uq" => new UniqueConstraint(["a", "b"]),
                "fk" => new ForeignKeyConstraint(["a", "b"], ["u.x", "u.y"]),
                "ix" => new TableIndex(null, ["a", IndexElement.Descending("b")]),
                "pk" => new PrimaryKeyConstraint(["a"]),
                _ => new CheckConstraint("a > 0", name: "positive"),
            },
            table));
    }

    [TestMethod]
    public void An_unknown_token_is_an_error_that_says_the_way_out()
    {
        var error = Assert.Throws<AlembicException>(
            () => new NamingConvention { ["uq"] = "%(nothing)s" }.NameOf(new UniqueConstraint(["a"]), new Table("t", [])));
        Assert.AreEqual("The naming convention's token '%(nothing)s' is not known", error.Message);
        Assert.Contains("NamingConvention.Tokens", error.Hint!);
    }
}
