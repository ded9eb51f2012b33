using System.ComponentModel.DataAnnotations;
using Alembic.Autogenerate;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>A model on SQL Server is what EF Core would make of it there.</summary>
[TestClass]
public sealed class SqlServerModelTests
{
    private static readonly SqlServerDialect Dialect = new();

    [TestMethod]
    public void A_string_of_a_class_keeps_every_letter()
    {
        var script = Script(MetaData.FromTypes([typeof(Reader)]), new MetaData([]));
        Assert.Contains("[Id] NVARCHAR(450) NOT NULL", script);
        Assert.Contains("[Name] NVARCHAR(40) NOT NULL", script);
        Assert.Contains("[Note] NVARCHAR(max) NULL", script);
        Assert.Contains("[Grade] NVARCHAR(1) NOT NULL", script);
        Assert.Contains("[Code] VARCHAR(9) NOT NULL", script);
        // Of a model that is written out the types are taken at their word, and so they are elsewhere.
        Assert.Contains("name VARCHAR(40)", Script(Of(new Column("name", SqlType.String(40))), new MetaData([])));
        Assert.AreEqual(SqlType.String(40), MetaData.FromTypes([typeof(Reader)]).Tables[0].Columns.Single(c => c.Name == "Name").Type);
    }

    [TestMethod]
    public void A_unique_key_that_may_be_NULL_is_an_index_that_leaves_NULL_out()
    {
        var script = Script(
            Of(new Column("mail", SqlType.String(40), unique: true), new Column("to", SqlType.Integer, unique: true, index: true),
                new Column("fixed", SqlType.Integer, nullable: false, unique: true), new Column("day", SqlType.Date),
                new UniqueConstraint(["fixed", "day", "to"], "uq_day"), new TableIndex("ux_day", ["day"], unique: true)), new MetaData([]));
        Assert.Contains("CREATE UNIQUE INDEX uq_t_mail ON t (mail) WHERE mail IS NOT NULL;", script);
        Assert.Contains("CREATE UNIQUE INDEX ix_t_to ON t ([to]) WHERE [to] IS NOT NULL;", script);
        Assert.Contains("CREATE UNIQUE INDEX uq_day ON t (fixed, day, [to]) WHERE day IS NOT NULL AND [to] IS NOT NULL;", script);
        Assert.Contains("CREATE UNIQUE INDEX ux_day ON t (day) WHERE day IS NOT NULL;", script);
        Assert.Contains("UNIQUE (fixed)", script);
    }

    [TestMethod]
    public void What_is_there_in_the_other_way_stays()
    {
        var model = Of(new Column("mail", SqlType.Unicode(40), unique: true), new TableIndex("ux_day", ["day"], unique: true),
            new Column("day", SqlType.Date));
        Assert.AreEqual("", Script(model, model));
        Assert.AreEqual("", Script(model, Of(new Column("mail", SqlType.Unicode(40)), new Column("day", SqlType.Date),
            new TableIndex("uq_t_mail", ["mail"], unique: true, where: "([mail] IS NOT NULL)"),
            new TableIndex("ux_day", ["day"], unique: true, where: "[day] IS NOT NULL"))));
    }

    [TestMethod]
    public void What_a_foreign_key_points_to_stays_a_constraint() =>
        Assert.Contains("UNIQUE (mail)", Script(new MetaData(
        [
            Of(new Column("mail", SqlType.Unicode(40), unique: true)).Tables[0],
            new Table("other", [new Column("mail", SqlType.Unicode(40), foreignKey: new ForeignKey("t.mail"))]),
        ]), new MetaData([])));

    // Else the server refuses it (15336).
    [TestMethod]
    public void What_names_a_column_in_an_expression_steps_aside_while_it_is_renamed()
    {
        var script = Script(
            Of(new Column("b", SqlType.Integer) { RenamedFrom = "a" },
                new Column("twice", SqlType.Integer, computed: new Computed("b * 2")), new CheckConstraint("b > 0", "ck")),
            Of(new Column("a", SqlType.Integer), new Column("twice", SqlType.Integer, computed: new Computed("a * 2")),
                new CheckConstraint("a > 0", "ck")));
        string[] steps = ["DROP CONSTRAINT ck", "DROP COLUMN twice", "EXEC sp_rename", "ADD twice AS (b * 2)", "ADD CONSTRAINT ck"];
        int[] places = [.. steps.Select(step => script.IndexOf(step, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places, script);
        Assert.IsLessThan(places[2], Math.Max(places[0], places[1]), script);
        Assert.IsGreaterThan(places[2], Math.Min(places[3], places[4]), script);
    }

    [TestMethod]
    public void A_column_that_checks_name_is_renamed_with_them()
    {
        var rename = new AlterColumn("my t", "a]", "s") { NewName = "b" };
        TransactSql.Parse("SELECT 1 " + SqlServerText.Naming(Dialect, rename));
        var text = SqlServerText.RenameColumn(Dialect, rename, "b");
        TransactSql.Parse(text);
        string[] steps = ["exec(@drop)", "EXEC sp_rename 's.[my t].[a]]]', b, 'COLUMN'", "exec(@add)"];
        CollectionAssert.AreEqual(steps, text.Split('\n')[^3..]);
        Assert.Contains("replace(k.definition, '[a]]]', '[b]')", text);
    }

    [TestMethod]
    public void A_vector_keeps_its_dimensions() =>
        Assert.AreEqual(SqlType.Raw("VECTOR(3)"), SqlServerTypes.Read(null, "vector", 20, 0, 0));

    private static MetaData Of(params SchemaItem[] items) => new([new Table("t", items)]);

    private static string Script(MetaData model, MetaData database)
    {
        var operations = Compare.Schemas(model, database, Dialect).UpgradeOperations.ToList();
        return Scripts.Squeezed(Dialect, op => operations.ForEach(op.Invoke));
    }

    private sealed class Reader
    {
        [Key]
        public required string Id { get; set; }

        [MaxLength(40)]
        public required string Name { get; set; }

        public string? Note { get; set; }

        public char Grade { get; set; }

        [MaxLength(9), Microsoft.EntityFrameworkCore.Unicode(false)]
        public required string Code { get; set; }
    }
}
