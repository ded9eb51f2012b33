using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>
/// A rename is one because somebody says so, and keeps the rows; otherwise it is a drop and an addition that shows what else could be
/// written.
/// </summary>
[TestClass]
public sealed class RenameTests
{
    private static readonly MetaData Old = new(
    [
        new Table("person", [Id, new Column("name", SqlType.String(40), nullable: false, index: true), new Column("age", SqlType.Integer),
            new Column("boss_id", SqlType.Integer, foreignKey: new ForeignKey("person.id")),
            new CheckConstraint("age > 0", name: "ck_age")]),
        new Table("pet", [Id, new Column("person_id", SqlType.Integer, foreignKey: new ForeignKey("person.id", name: "fk_pet_person"))]),
    ]);

    private static Column Id => new("id", SqlType.Integer, primaryKey: true);

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void Rows_survive_the_way_there_and_back(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        database.Run(Compare.Schemas(Old, new MetaData([]), database.Dialect).UpgradeOperations);
        database.Run(new Execute("INSERT INTO person (id, name, age) VALUES (1, 'ada', 36)"), new Execute("INSERT INTO pet VALUES (7, 1)"));
        var start = database.Inspect();
        var model = new MetaData(
        [
            new Table("customer",
                [Id with { Name = "number" },
                    new Column("full_name", SqlType.String(40), nullable: false, index: true) { RenamedFrom = "name" },
                    new Column("years", SqlType.Integer),
                new Column("boss_id", SqlType.Integer, foreignKey: new ForeignKey("customer.number")),
                    new CheckConstraint("years > 0", name: "ck_age")]) { RenamedFrom = "person" },
            new Table("pet",
                [Id, new Column("owner_id", SqlType.Integer, foreignKey: new ForeignKey("customer.number", name: "fk_pet_person"))]),
        ]);
        var options = new ComparisonOptions
        {
            // A column may be said with either name of its table.
            Renames = [new Rename("person", "age", "years"), new Rename("customer", "id", "number"),
                new Rename("pet", "person_id", "owner_id")],
        };

        var there = database.Compare(model, options);
        CollectionAssert.IsSubsetOf(
            new[]
            {
                "Detected renamed table 'person' to 'customer' ([RenamedFrom])",
                "Detected renamed column 'customer.name' to 'full_name' ([RenamedFrom])",
                "Detected renamed column 'customer.age' to 'years' (--rename)",
                "Detected renamed column 'pet.person_id' to 'owner_id' (--rename)",
            },
            there.Log.Select(e => e.Message).ToList());
        // A check that names the column steps aside on MySQL.
        var aside = kind == "mysql" ? 1 : 0;
        Assert.AreEqual(aside, there.UpgradeOperations.Count(o => o is DropConstraint { Type: ConstraintType.Check }));
        Assert.AreEqual(aside, there.UpgradeOperations.Count(o => o is CreateConstraint { Constraint: CheckConstraint }));
        Assert.IsFalse(
            there.UpgradeOperations.Any(
                o => o is DropColumn or AddColumn or DropTable or CreateTable or DropConstraint { Type: not ConstraintType.Check }
                    or CreateConstraint { Constraint: not CheckConstraint }),
            string.Join('\n', there.UpgradeOperations.Select(o => new CodeWriter().Write(o))));
        Assert.IsEmpty(there.MistakenRenames);
        database.Run(there.UpgradeOperations);
        database.Nothing(database.Compare(model));
        Assert.AreEqual("1|ada|36|7",
            database.Rows("SELECT c.number, c.full_name, c.years, p.id FROM customer c JOIN pet p ON p.owner_id = c.number"));

        database.Run(there.DowngradeOperations);
        database.Nothing(database.Compare(start));
        Assert.AreEqual("1|ada|36", database.Rows("SELECT id, name, age FROM person"));
    }

    [TestMethod]
    public void Nobody_said_so_and_so_it_is_dropped_and_added_under_one_comment()
    {
        var comparison = Of([Id, new Column("a", SqlType.Text), new Column("b", SqlType.Text), new Column("n", SqlType.Integer)],
            [Id, new Column("old", SqlType.Text)]);
        var body = RevisionBody.Of(new RevisionDirective(null, comparison.UpgradeOperations), comparison).Upgrades;
        Assert.AreEqual(
            """
            op.AddColumn("t", new Column("a", SqlType.Text));
            op.AddColumn("t", new Column("b", SqlType.Text));
            op.AddColumn("t", new Column("n", SqlType.Integer));
            // If this column was renamed to 'a' or 'b', do not drop and add it: revision --autogenerate --rename t.old:a, or here op.AlterColumn("t", "old", newColumnName: "a").
            op.DropColumn("t", "old");
            """.ReplaceLineEndings("\n"),
            body);
        Assert.AreEqual(
            "The column 't.old' is dropped and 'a' or 'b' added; if it was renamed: revision --autogenerate --rename t.old:a",
            comparison.Log[0].Message);
    }

    [TestMethod]
    public void A_table_that_may_have_a_new_name_says_so_too_and_one_of_other_columns_does_not()
    {
        var comparison = Compare.Schemas(new MetaData([Table("new", "x", "y")]),
            new MetaData([Table("old", "x", "y", "z"), Table("other", "p", "q", "r")]), PlainDialect.PostgreSql);
        var remarks = comparison.Upgrade.Where(p => p.Operation is DropTable)
            .ToDictionary(p => ((DropTable)p.Operation).Table, p => p.Remark);
        Assert.AreEqual(
            "If this table was renamed to 'new', do not drop and add it: revision --autogenerate --rename-table old:new, or here "
                + "op.RenameTable(\"old\", \"new\").", remarks["old"]);
        Assert.IsNull(remarks["other"]);
    }

    [TestMethod]
    public void Somebody_is_asked_once_for_each_new_name_and_the_answer_is_taken()
    {
        List<RenameQuestion> questions = [];
        var comparison = Of(
            [Id, new Column("a", SqlType.Text), new Column("b", SqlType.Text)],
            [Id, new Column("x", SqlType.Text), new Column("y", SqlType.Text)],
            new ComparisonOptions { AskRename = q => { questions.Add(q); return q.Name == "a" ? "y" : null; } });
        Assert.AreEqual("a:x,y; b:x", string.Join("; ", questions.Select(q => $"{q.Name}:{string.Join(',', q.Candidates)}")));
        Assert.AreEqual(new AlterColumn("t", "y") { NewName = "a" }, comparison.UpgradeOperations[0]);
        Assert.AreEqual("Detected renamed column 't.y' to 'a' (as answered)", comparison.Log[0].Message);
    }

    [TestMethod]
    [DataRow("gone", "a", "table 't' of the database has no column 'gone'")]
    [DataRow("x", "nowhere", "table 't' of the model has no column 'nowhere'")]
    [DataRow("id", "a", "table 't' of the model still has a column 'id'")]
    [DataRow("x", "id", "table 't' of the database has a column 'id' already")]
    public void A_rename_that_cannot_be_is_none(string old, string @new, string reason)
    {
        var comparison = Of([Id, new Column("a", SqlType.Text)], [Id, new Column("x", SqlType.Text)],
            new ComparisonOptions { Renames = [new Rename("t", old, @new)] });
        Assert.AreEqual(reason, comparison.MistakenRenames.Single().Reason);
        Assert.IsFalse(comparison.UpgradeOperations.OfType<AlterColumn>().Any());
    }

    [TestMethod]
    public void A_rename_of_an_unknown_table_is_none()
    {
        Rename[] renames = [new("u", "x", "a"), new("u", null, "v"), new("t", null, "v", "elsewhere")];
        Assert.HasCount(3, Of([Id], [Id], new ComparisonOptions { Renames = renames }).MistakenRenames);
    }

    [TestMethod]
    public void Where_the_old_name_is_gone_already_the_model_may_still_mention_it() =>
        Assert.IsTrue(Of([Id, new Column("a", SqlType.Text) { RenamedFrom = "x" }], [Id, new Column("a", SqlType.Text)]).IsEmpty);

    // What is refused, with names that are in the database and columns of the model, some with a former name.
    [TestMethod]
    [DataRow("status", "legacy<status status", "legacy<status: table 't' of the model still has a column 'status'")]
    [DataRow("a b", "a<b b<a", "a<b: names are swapped, and the database does not show whether that was done",
        "b<a: names are swapped, and the database does not show whether that was done")]
    [DataRow("a b c", "a<b b<c c<a", "a<b: names are swapped, and the database does not show whether that was done",
        "b<c: names are swapped, and the database does not show whether that was done",
        "c<a: names are swapped, and the database does not show whether that was done")]
    [DataRow("a b", "a<b", "a<b: table 't' of the database has a column 'a' already")]
    [DataRow("a b", "b<a c<b", "b<a: table 't' of the database has a column 'b' already",
        "c<b: table 't' of the model still has a column 'b'")]
    [DataRow("a b", "a<b b", DisplayName = "The old name came back, and is another column")]
    [DataRow("b c", "b<a c<b", DisplayName = "Both were renamed, one after the other")]
    [DataRow("a", "a<a", DisplayName = "Its own name")]
    public void A_former_name_that_something_has_is_refused(string there, string columns, params string[] refused)
    {
        var comparison = Of([Id, .. columns.Split(' ').Select(c => c.Split('<'))
            .Select(c => new Column(c[0], SqlType.Text) { RenamedFrom = c.ElementAtOrDefault(1) })],
            [Id, .. there.Split(' ').Select(c => new Column(c, SqlType.Text))]);
        CollectionAssert.AreEqual(refused,
            comparison.MistakenRenames.Select(m => $"{m.Rename.To}<{m.Rename.Old}: {m.Reason}").ToList());
        Assert.IsTrue(comparison.MistakenRenames.All(m => m.WayOut is { Length: > 0 }));
    }

    [TestMethod]
    public void Two_tables_that_swap_their_names_are_refused()
    {
        Table Of(string name, string? former) => new(name, [Id]) { RenamedFrom = former };
        var comparison = Compare.Schemas(new MetaData([Of("a", "b"), Of("b", "a")]), new MetaData([Of("a", null), Of("b", null)]),
            PlainDialect.PostgreSql);
        Assert.HasCount(2, comparison.MistakenRenames);
        StringAssert.Contains(comparison.MistakenRenames[0].WayOut, "op.RenameTable");
    }

    [TestMethod]
    [DataRow("sqlite", "AlterColumn")]
    [DataRow("mysql", "AlterColumn")]
    [DataRow("postgresql", "AddColumn, DropColumn")]
    public void Whoever_says_it_may_use_other_letters_where_the_database_does_not_tell_them_apart(string dialect, string operations)
    {
        var model = new MetaData([new Table("t", [Id, new Column("Note", SqlType.Text) { RenamedFrom = "OldNote" }])]);
        var database = new MetaData([new Table("t", [Id, new Column("oldnote", SqlType.Text)])]);
        var comparison = Compare.Schemas(model, database, Alembic.Databases.Dialects.Find(dialect)!);
        Assert.AreEqual(operations, string.Join(", ", comparison.UpgradeOperations
            .SelectMany(o => o is BatchAlterTable batch ? batch.Operations : [o]).Select(o => o.GetType().Name)));
    }

    [TestMethod]
    public void A_comment_that_suggests_a_rename_names_the_schema()
    {
        MetaData In(string column) => new([new Table("t", [Id, new Column(column, SqlType.Text)], "shop")]);
        var drop = Compare.Schemas(In("a"), In("b"), PlainDialect.PostgreSql).Upgrade.Single(p => p.Operation is DropColumn);
        StringAssert.Contains(drop.Remark, "op.AlterColumn(\"t\", \"b\", newColumnName: \"a\", schema: \"shop\")");
        var add = Compare.Schemas(new MetaData([new Table("t", [Id, new Column("a", SqlType.Text, nullable: false)], "shop")]),
            new MetaData([new Table("t", [Id], "shop")]), PlainDialect.PostgreSql);
        StringAssert.Contains(add.Upgrade.Single().Remark, "op.AlterColumn(\"t\", \"a\", nullable: false, schema: \"shop\")");
    }

    [TestMethod]
    public void What_was_called_otherwise_is_no_part_of_a_new_table() =>
        Assert.AreEqual(
            new CreateTable(new Table("t", [new Column("a", SqlType.Text)])),
            Compare.Schemas(new MetaData([new Table("t", [new Column("a", SqlType.Text) { RenamedFrom = "x" }]) { RenamedFrom = "s" }]),
                new MetaData([]), PlainDialect.Sqlite).UpgradeOperations.Single());

    [TestMethod]
    [DataRow("a > 0 AND \"a\" < 'a'", "b > 0 AND \"b\" < 'a'")]
    [DataRow("length(`a`) > a1 OR [a]", "length(`b`) > a1 OR [b]")]
    [DataRow("'it''s a' || A", "'it''s a' || b")]
    public void A_column_is_renamed_in_an_expression_too(string sql, string expected) =>
        Assert.AreEqual(expected, ColumnNames.Renamed(sql, "a", "b"));

    private static Comparison Of(SchemaItem[] model, SchemaItem[] database, ComparisonOptions? options = null) =>
        Compare.Schemas(new MetaData([new Table("t", model)]), new MetaData([new Table("t", database)]), PlainDialect.PostgreSql, options);

    private static Table Table(string name, params string[] columns) => new(name, [.. columns.Select(c => new Column(c, SqlType.Text))]);
}
