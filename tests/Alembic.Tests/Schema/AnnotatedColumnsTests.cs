#pragma warning disable CA1812, CA1819, CA1822, CA1051
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using Alembic.Schema;
using Column = Alembic.Schema.Column;
using Table = Alembic.Schema.Table;

namespace Alembic.Tests.Schema;

[TestClass]
public sealed class AnnotatedColumnsTests
{
    private enum Mood { Good, Bad = 7 }

    private enum Tiny : byte { One = 1 }

    private sealed class Types
    {
        public int Id { get; set; }
        public long A { get; set; }
        public short B { get; set; }
        public byte C { get; set; }
        public uint D { get; set; }
        public ulong E { get; set; }
        public bool F { get; set; }
        public float G { get; set; }
        public double H { get; set; }
        public decimal I { get; set; }
        public string J { get; set; } = "";
        public char K { get; set; }
        public byte[] L { get; set; } = [];
        [MaxLength(16)] public byte[] M { get; set; } = [];
        public Guid N { get; set; }
        public DateOnly O { get; set; }
        public TimeOnly P { get; set; }
        public DateTime Q { get; set; }
        public DateTimeOffset R { get; set; }
        public TimeSpan S { get; set; }
        public Mood T { get; set; }
        public Tiny U { get; set; }
        public JsonDocument V { get; set; } = null!;
        [Column(TypeName = "jsonb")] public List<string> W { get; set; } = [];
        [StringLength(20)] public string X { get; set; } = "";
        [MaxLength] public string Y { get; set; } = "";
    }

    [TestMethod]
    public void Each_type_has_its_column_type()
    {
        SqlType[] expected =
        [
            SqlType.Integer, SqlType.BigInteger, SqlType.SmallInteger, SqlType.SmallInteger, SqlType.BigInteger, SqlType.Numeric(20, 0),
            SqlType.Boolean, SqlType.Float,
            SqlType.Double, SqlType.Numeric(18, 2), SqlType.Text, SqlType.String(1), SqlType.LargeBinary(), SqlType.LargeBinary(16),
            SqlType.Uuid, SqlType.Date, SqlType.Time,
            SqlType.DateTime, SqlType.DateTimeTz, SqlType.Interval, SqlType.Integer, SqlType.SmallInteger, SqlType.Json,
            SqlType.Raw("jsonb"), SqlType.String(20), SqlType.Text,
        ];

        CollectionAssert.AreEqual(expected, Single(typeof(Types)).Columns.Select(c => c.Type).ToArray());
    }

    private sealed class Nulls
    {
        public int Id { get; set; }
        public int A { get; set; }
        public int? B { get; set; }
        public string C { get; set; } = "";
        public string? D { get; set; }
        [Required] public string? E { get; set; }
        [Required] public int? F { get; set; }
        public byte[]? G { get; set; }
#nullable disable
        public string H { get; set; }
#nullable restore
    }

    [TestMethod]
    public void What_may_be_null_in_the_class_may_be_null_in_the_table() =>
        Assert.AreEqual("B D G H", string.Join(' ', Single(typeof(Nulls)).Columns.Where(c => c.Nullable).Select(c => c.Name)));

    private sealed class Defaults
    {
        public int Id { get; set; }
        [DefaultValue(true)] public bool A { get; set; }
        [DefaultValue(1)] public bool B { get; set; }
        [DefaultValue(-5)] public int C { get; set; }
        [DefaultValue(1.5)] public double D { get; set; }
        [DefaultValue(typeof(decimal), "12.50")] public decimal E { get; set; }
        [DefaultValue("it's")] public string F { get; set; } = "";
        [DefaultValue(Mood.Bad)] public Mood G { get; set; }
        [DefaultValue("Bad")] public Mood H { get; set; }
        [DefaultValue(Mood.Bad), Column(TypeName = "varchar(10)")] public Mood I { get; set; }
        [DefaultValue(null)] public int? J { get; set; }
        [DefaultValue("2020-01-02")] public DateOnly K { get; set; }
        [DefaultValue(0)] public string L { get; set; } = "";
        [DefaultValue(1e300)] public double M { get; set; }
        [DefaultValue("7")] public int N { get; set; }
    }

    [TestMethod]
    public void A_default_value_becomes_the_server_default_as_the_type_is_stored()
    {
        ServerDefault?[] expected = [null, true, true, -5, 1.5m, 12.50m, "it's", 7, 7, "Bad", null, "2020-01-02", "0",
            Sql.Text("1E+300"), 7];
        CollectionAssert.AreEqual(expected, Single(typeof(Defaults)).Columns.Select(c => c.ServerDefault).ToArray());
    }

    private sealed class Fills
    {
        public int Id { get; set; }
        [Fill(true)] public bool A { get; set; }
        [Fill("12.50")] public decimal B { get; set; }
        [Fill("")] public string C { get; set; } = "";
        [Fill(Mood.Bad)] public Mood D { get; set; }
        [Fill(Sql = "lower(c)")] public string E { get; set; } = "";
        [Fill(1), DefaultValue(2)] public int F { get; set; }
    }

    [TestMethod]
    public void A_value_for_existing_rows_is_no_default()
    {
        var columns = Single(typeof(Fills)).Columns;
        CollectionAssert.AreEqual(new ServerDefault?[] { null, true, 12.50m, "", 7, Sql.Text("lower(c)"), 1 },
            columns.Select(c => c.Fill).ToArray());
        CollectionAssert.AreEqual(new ServerDefault?[] { null, null, null, null, null, null, 2 },
            columns.Select(c => c.ServerDefault).ToArray());
    }

    private abstract class Entity
    {
        public int Id { get; set; }
        public virtual string Name { get; set; } = "";
    }

    private sealed class Derived : Entity
    {
        public int Later { get; set; }
        [MaxLength(9)] public override string Name { get; set; } = "";
        public string Computed => Name + Later;
        public int ReadOnly { get; }
        [Column(Order = 0)] public int First { get; set; }
        private int Hidden { get; set; }
        public static int Shared { get; set; }
        public int this[int i] { get => i; set => _ = value; }
    }

    [TestMethod]
    public void Columns_stand_in_the_order_of_declaration_with_those_of_the_base_class_first_unless_an_order_is_given() =>
        Assert.AreEqual(
            new Table("Derived",
            [
                new Column("First", SqlType.Integer, nullable: false),
                new Column("Id", SqlType.Integer, primaryKey: true),
                new Column("Name", SqlType.String(9), nullable: false),
                new Column("Later", SqlType.Integer, nullable: false),
            ]),
            Single(typeof(Derived)));

    private sealed class ByClassName
    {
        public string Before { get; set; } = "";
        public Guid ByClassNameId { get; set; }
    }

    private sealed class Composite
    {
        public string Text { get; set; } = "";
        [Key] public int B { get; set; }
        [Key] public int A { get; set; }
    }

    private sealed class Counted
    {
        [DatabaseGenerated(DatabaseGeneratedOption.None)] public int Id { get; set; }
        [DatabaseGenerated(DatabaseGeneratedOption.Identity)] public long Number { get; set; }
        [DatabaseGenerated(DatabaseGeneratedOption.Computed)] public int Set { get; set; }
    }

    [TestMethod]
    public void The_key_is_what_is_marked_or_called_id()
    {
        CollectionAssert.AreEqual(new[] { "ByClassNameId" }, Single(typeof(ByClassName)).PrimaryKey!.Columns.ToArray());
        CollectionAssert.AreEqual(new[] { "B", "A" }, Single(typeof(Composite)).PrimaryKey!.Columns.ToArray());
    }

    [TestMethod]
    public void Generated_numbers_are_the_databases_usual_rule_unless_said_otherwise()
    {
        var columns = Single(typeof(Counted)).Columns.ToArray();
        Assert.IsFalse(columns[0].Autoincrement);
        Assert.AreEqual(new Identity(), columns[1].Identity);
        Assert.AreEqual(new Column("Set", SqlType.Integer, nullable: false), columns[2]);
        Assert.IsNull(Single(typeof(Types)).Columns.First().Autoincrement);
    }

    [Unique(nameof(A), nameof(B), Name = "uq_ab")]
    [Index(nameof(B), nameof(A))]
    private sealed class Indexed
    {
        public int Id { get; set; }
        [Index(IsUnique = true)] public int A { get; set; }
        [Index(Name = "ix_mine")] public int B { get; set; }
        [Unique(Name = "uq_c"), Comment("third")] public int C { get; set; }
    }

    [TestMethod]
    public void Indexes_and_unique_constraints_stand_on_properties_and_on_the_class() =>
        Assert.AreEqual(
            new Table("Indexed",
            [
                new Column("Id", SqlType.Integer, primaryKey: true),
                new Column("A", SqlType.Integer, nullable: false, unique: true, index: true),
                new Column("B", SqlType.Integer, nullable: false),
                new Column("C", SqlType.Integer, nullable: false, comment: "third"),
                new UniqueConstraint(["A", "B"], "uq_ab"),
                new UniqueConstraint(["C"], "uq_c"),
                new TableIndex(null, ["B", "A"]),
                new TableIndex("ix_mine", ["B"]),
            ]),
            Single(typeof(Indexed)));

    private static Table Single(Type type) => MetaData.FromTypes([type]).Tables[0];
}
