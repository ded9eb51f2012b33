using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>The scenarios autogen-*, without a database: what is logged, and which operations come out.</summary>
[TestClass]
public sealed class CompareTests
{
    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);
    private static readonly Column Name = new("name", SqlType.String(50), nullable: false);

    [TestMethod]
    public void Equal_schemas_have_no_differences()
    {
        var schema = User(new Column("a", SqlType.Integer, index: true), new Column("b", SqlType.Integer, unique: true),
            new UniqueConstraint(["a", "b"], "uq"), new CheckConstraint("a > 0", "ck"));
        var comparison = Run(schema, schema);
        Assert.IsTrue(comparison.IsEmpty);
        Assert.IsEmpty(comparison.Log);
    }

    [TestMethod]
    public void An_added_column()
    {
        var age = new Column("age", SqlType.Integer);
        Expect(User(age), User(), ["Detected added column 'user.age'"], [new AddColumn("user", age)], ["add_column"]);
    }

    [TestMethod]
    public void A_removed_column_keeps_its_definition_for_the_way_back()
    {
        var age = new Column("age", SqlType.Integer);
        Expect(User(), User(age), ["Detected removed column 'user.age'"], [new DropColumn("user", "age") { Definition = age }],
            ["remove_column"]);
    }

    [TestMethod]
    public void A_renamed_column_is_an_added_and_a_removed_one_with_a_remark()
    {
        var comparison = Expect(
            User(new Column("years", SqlType.Integer)), User(new Column("age", SqlType.Integer)),
            ["The column 'user.age' is dropped and 'years' added; if it was renamed: revision --autogenerate --rename "
                + "user.age:years", "Detected added column 'user.years'", "Detected removed column 'user.age'"],
            [new AddColumn("user", new Column("years", SqlType.Integer)),
                new DropColumn("user", "age") { Definition = new Column("age", SqlType.Integer) }],
            ["add_column", "remove_column"]);
        StringAssert.Contains(comparison.Upgrade[1].Remark, "op.AlterColumn(\"user\", \"age\", newColumnName: \"years\")");
    }

    [TestMethod]
    public void A_column_that_may_not_be_null_and_has_no_default_comes_with_the_three_phases()
    {
        var comparison = Run(User(new Column("flag", SqlType.Boolean, nullable: false)), User());
        StringAssert.Contains(comparison.Upgrade[0].Remark, "op.AlterColumn(\"user\", \"flag\", nullable: false)");
        Assert.IsNull(Run(User(new Column("flag", SqlType.Boolean, nullable: false, serverDefault: false)), User()).Upgrade[0].Remark);
    }

    [TestMethod]
    [DataRow(true, "NULL")]
    [DataRow(false, "NOT NULL")]
    public void A_change_of_nullability(bool nullable, string word) => Expect(
        User(new Column("age", SqlType.Integer, nullable: nullable)), User(new Column("age", SqlType.Integer, nullable: !nullable)),
        [$"Detected {word} on column 'user.age'"],
        [new AlterColumn("user", "age") { Nullable = nullable, ExistingType = SqlType.Integer, ExistingNullable = !nullable }],
        ["modify_nullable"]);

    [TestMethod]
    public void Several_changes_of_a_column_are_one_alteration() => Expect(
        User(new Column("age", SqlType.BigInteger, nullable: false, serverDefault: "1")), User(new Column("age", SqlType.Integer)),
        ["Detected NOT NULL on column 'user.age'", "Detected type change from INTEGER to BIGINT on 'user.age'",
            "Dialect impl <sqlite> detected server default on column 'user.age'"],
        [
            new AlterColumn("user", "age")
            {
                Nullable = false, Type = SqlType.BigInteger, ServerDefault = "1", ExistingType = SqlType.Integer, ExistingNullable = true,
                ExistingServerDefault = ServerDefault.None,
            },
        ],
        ["modify_type", "modify_nullable", "modify_default"]);

    [TestMethod]
    public void A_default_that_the_model_lacks_is_dropped_only_when_defaults_are_compared()
    {
        var (model, database) = (User(new Column("c", SqlType.Integer)), User(new Column("c", SqlType.Integer, serverDefault: "5")));
        Expect(model, database, ["Dialect impl <sqlite> detected server default on column 'user.c'"],
            [new AlterColumn("user", "c")
            {
                ServerDefault = ServerDefault.None, ExistingType = SqlType.Integer, ExistingNullable = true, ExistingServerDefault = "5"
            }], ["modify_default"]);
        Assert.IsTrue(Run(model, database, new ComparisonOptions { CompareServerDefault = false }).IsEmpty);
    }

    [TestMethod]
    public void Types_are_not_compared_when_that_is_off() =>
        Assert.IsTrue(Run(User(new Column("c", SqlType.Integer)), User(new Column("c", SqlType.Text)),
            new ComparisonOptions { CompareType = false }).IsEmpty);

    [TestMethod]
    public void Indexes_are_added_removed_and_changed_by_name()
    {
        var (one, two) = (new TableIndex("ix_one", ["name"]), new TableIndex("ix_two", ["name"]));
        Expect(User(two), User(one), ["Detected removed index 'ix_one' on 'user'", "Detected added index 'ix_two' on '('name',)'"],
            [new DropIndex("ix_one", "user") { Definition = one }, new CreateIndex("user", two)], ["remove_index", "add_index"]);
        Expect(User(one with { Unique = true, Columns = ["name", "id"] }), User(one),
            ["Detected changed index 'ix_one' on 'user': unique=False to unique=True, expression ('name',) to ('name', 'id')"],
            [new DropIndex("ix_one", "user") { Definition = one },
                new CreateIndex("user", one with { Unique = true, Columns = ["name", "id"] })], ["remove_index", "add_index"]);
    }

    [TestMethod]
    public void Indexes_beside_columns_have_the_default_name() => Expect(
        User(new Column("a", SqlType.Integer, index: true), new Column("b", SqlType.Integer, index: true, unique: true)),
        User(new Column("a", SqlType.Integer), new Column("b", SqlType.Integer)),
        ["Detected added index 'ix_user_a' on '('a',)'", "Detected added index 'ix_user_b' on '('b',)'"],
        [new CreateIndex("user", new TableIndex("ix_user_a", ["a"])),
            new CreateIndex("user", new TableIndex("ix_user_b", ["b"], unique: true))],
        ["add_index", "add_index"]);

    [TestMethod]
    public void A_changed_unique_constraint_is_dropped_and_made_again()
    {
        var (old, wanted) = (new UniqueConstraint(["name"], "uq_name"), new UniqueConstraint(["name", "b"], "uq_name"));
        var b = new Column("b", SqlType.Integer);
        Expect(User(b, wanted), User(b, old),
            ["Detected changed unique constraint 'uq_name' on 'user': expression ('name',) to ('b', 'name')"],
            [new DropConstraint("uq_name", "user", ConstraintType.Unique) { Definition = old }, new CreateConstraint("user", wanted)],
            ["remove_constraint", "add_constraint"]);
    }

    [TestMethod]
    public void Unique_constraints_without_a_name_on_one_side_are_the_same_by_their_columns()
    {
        Assert.IsTrue(Run(User(new UniqueConstraint(["name"])), User(new UniqueConstraint(["name"], "uq"))).IsEmpty);
        Assert.IsTrue(Run(User(new UniqueConstraint(["name"], "uq")), User(new UniqueConstraint(["name"]))).IsEmpty);
        Expect(User(), User(new UniqueConstraint(["name"])), ["Detected removed unique constraint None on 'user'"],
            [new DropConstraint("uq_user_name", "user", ConstraintType.Unique) { Definition = new UniqueConstraint(["name"]) }],
            ["remove_constraint"]);
    }

    [TestMethod]
    public void An_added_constraint_without_a_name_gets_one_so_that_it_can_be_dropped_again() => Expect(
        User(new UniqueConstraint(["name"])), User(), ["Detected added unique constraint None on '('name',)'"],
        [new CreateConstraint("user", new UniqueConstraint(["name"], "uq_user_name"))], ["add_constraint"]);

    [TestMethod]
    public void Foreign_keys_are_compared_by_what_they_do_and_not_by_name()
    {
        var key = new ForeignKeyConstraint(["id"], ["other.id"], "fk_a");
        var cascading = key with { OnDelete = "CASCADE" };
        Assert.IsTrue(Run(User(key), User(key with { Name = "fk_b", OnDelete = "no action", Deferrable = false })).IsEmpty);
        Expect(User(cascading), User(key),
            ["Detected removed foreign key (id)(id) on table user", "Detected added foreign key (id)(id) on table user"],
            [new DropConstraint("fk_a", "user", ConstraintType.ForeignKey) { Definition = key }, new CreateConstraint("user", cascading)],
            ["remove_fk", "add_fk"]);
    }

    [TestMethod]
    public void Checks_are_compared_by_name_and_condition()
    {
        var check = new CheckConstraint("id > 0", "ck");
        Assert.IsTrue(Run(User(check), User(check with { Sql = "(ID>0)" })).IsEmpty);
        var changed = check with { Sql = "id > 5" };
        Expect(User(changed), User(check), ["Detected changed check constraint 'ck' on table 'user': 'id > 0' to 'id > 5'"],
            [new DropConstraint("ck", "user", ConstraintType.Check) { Definition = check }, new CreateConstraint("user", changed)],
            ["remove_constraint", "add_constraint"]);
        Expect(User(), User(check), ["Detected removed check constraint 'ck' on table 'user'"],
            [new DropConstraint("ck", "user", ConstraintType.Check) { Definition = check }], ["remove_constraint"]);
        Expect(User(check), User(), ["Detected added check constraint 'ck' on table 'user'"], [new CreateConstraint("user", check)],
            ["add_constraint"]);
    }

    [TestMethod]
    public void Comments_count_where_the_database_has_them()
    {
        var model = new MetaData([new Table("user", [Id, Name with { Comment = "who" }], comment: "people")]);
        Assert.IsTrue(Run(model, User()).IsEmpty);
        var comparison = Compare.Schemas(model, User(), PlainDialect.PostgreSql);
        CollectionAssert.AreEqual(new[] { "Detected column comment 'user.name'" }, comparison.Log.Select(e => e.Message).ToArray());
        CollectionAssert.AreEqual(
            new Operation[]
            {
                new AlterColumn("user", "name")
                {
                    Comment = "who", ExistingComment = "", ExistingType = SqlType.String(50), ExistingNullable = false
                },
                new TableComment("user", "people"),
            },
            comparison.UpgradeOperations.ToArray());
    }

    [TestMethod]
    public void The_columns_of_a_key_are_never_different_in_nullability()
    {
        var handMade = new MetaData(
            [new Table("user", [new Column("id", SqlType.Integer) with { PrimaryKey = true, Nullable = true }, Name])]);
        Assert.IsTrue(Run(User(), handMade).IsEmpty);
    }

    [TestMethod]
    public void A_changed_primary_key_is_dropped_and_made_again() => Expect(
        new MetaData(
            [new Table("t", [new Column("a", SqlType.Integer, primaryKey: true), new Column("b", SqlType.Integer, primaryKey: true)])]),
        new MetaData([new Table("t", [new Column("a", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer, nullable: false),
            new PrimaryKeyConstraint(["a"], "pk_t")])]),
        ["Detected changed primary key on 't': ('a',) to ('a', 'b')"],
        [
            new DropConstraint("pk_t", "t", ConstraintType.PrimaryKey) { Definition = new PrimaryKeyConstraint(["a"], "pk_t") },
            new CreateConstraint("t", new PrimaryKeyConstraint(["a", "b"], "pk_t")),
        ],
        ["remove_constraint", "add_constraint"]);

    [TestMethod]
    public void A_changed_computed_column_is_dropped_and_added_again()
    {
        var (wanted, old) = (new Column("c", SqlType.Integer, computed: new Computed("id + 2")),
            new Column("c", SqlType.Integer, computed: new Computed("(id+1)")));
        Expect(User(wanted), User(old), ["Detected change of computed column 'user.c': '(id+1)' to 'id + 2'"],
            [new DropColumn("user", "c") { Definition = old }, new AddColumn("user", wanted)], ["remove_column", "add_column"]);
        Assert.IsEmpty(Run(User(new Column("c", SqlType.Integer, computed: new Computed("id + 1"))),
            User(new Column("c", SqlType.Integer, computed: new Computed("(ID+1)")))).Log);
    }

    [TestMethod]
    public void Names_in_another_case_are_the_same_where_the_database_says_so()
    {
        var written = new MetaData(
            [new Table("USER", [Id with { Name = "ID" }, Name, new Column("Up", SqlType.Integer, foreignKey: new ForeignKey("User.Id")),
                new UniqueConstraint(["NAME"], "UQ"), new TableIndex("IX", ["UP"])])]);
        var model = User(new Column("up", SqlType.Integer, foreignKey: new ForeignKey("user.id")), new UniqueConstraint(["name"], "uq"),
            new TableIndex("ix", ["up"]));
        Assert.AreEqual("", string.Join('\n', Run(model, written).Log.Select(e => e.Message)));
        Assert.IsFalse(Compare.Schemas(model, written, PlainDialect.PostgreSql).IsEmpty);
    }

    [TestMethod]
    public void The_version_table_and_the_journal_are_never_compared()
    {
        var database = new MetaData([.. User().Tables,
            new Table("our_version", [new Column("version_num", SqlType.String(32), primaryKey: true)]),
            new Table("our_version_journal", [Id])]);
        Assert.IsTrue(
            Run(User(), database, new ComparisonOptions { VersionTable = "our_version", JournalTable = "our_version_journal" }).IsEmpty);
        Assert.IsFalse(Run(User(), database).IsEmpty);
    }

    [TestMethod]
    public void Filters_leave_out_tables_columns_and_indexes()
    {
        var database = User(new Column("legacy", SqlType.Integer), new TableIndex("ix_theirs", ["name"]));
        database = database with { Tables = [.. database.Tables, new Table("theirs", [Id])] };
        Assert.IsTrue(Run(User(), database,
            new ComparisonOptions { IncludeObject = o => o.Name is not ("theirs" or "legacy" or "ix_theirs") }).IsEmpty);
        Assert.IsTrue(Run(User(), database,
            new ComparisonOptions { IncludeName = o => o.Name is not ("theirs" or "legacy" or "ix_theirs") }).IsEmpty);
        Assert.IsTrue(Run(new MetaData([.. User().Tables, new Table("mine", [Id])]), User(),
            new ComparisonOptions { IncludeObject = o => o is not { Kind: SchemaObjectKind.Table, Name: "mine" } }).IsEmpty);
    }

    [TestMethod]
    public void The_naming_convention_names_what_is_compared()
    {
        var convention = new NamingConvention
        {
            ["uq"] = "uq_%(table_name)s_%(column_0_name)s", ["ix"] = "idx_%(column_0_name)s",
            ["fk"] = "fk_%(table_name)s_%(referred_table_name)s"
        };
        var table = new Table("user",
            [Id, Name with { Unique = true }, new Column("a", SqlType.Integer, index: true, foreignKey: new ForeignKey("user.id"))]);
        var created = (CreateTable)Run(new MetaData([table], namingConvention: convention), new MetaData([])).UpgradeOperations.Single();
        Assert.AreEqual("uq_user_name", created.Table.Uniques.Single().Name);
        Assert.AreEqual("idx_a", created.Table.Indexes.Single().Name);
        Assert.AreEqual("fk_user_user", created.Table.ForeignKeys.Single().Name);
        Assert.IsTrue(Run(new MetaData([table], namingConvention: convention), new MetaData([created.Table])).IsEmpty);
    }

    [TestMethod]
    public void Alterations_of_a_table_are_one_batch_on_request()
    {
        var comparison = Run(User(new Column("a", SqlType.Text), new TableIndex("ix_a", ["a"])), User(new Column("b", SqlType.Integer)),
            new ComparisonOptions { RenderAsBatch = true });
        var batch = (BatchAlterTable)comparison.UpgradeOperations.Single();
        CollectionAssert.AreEqual(new[] { typeof(AddColumn), typeof(CreateIndex), typeof(DropColumn) },
            batch.Operations.Select(o => o.GetType()).ToArray());
        Assert.HasCount(3, comparison.Descriptions);
    }

    [TestMethod]
    public void The_unnamed_foreign_key_of_a_dropped_column_goes_and_comes_with_it()
    {
        var column = new Column("owner", SqlType.Integer, foreignKey: new ForeignKey("user.id"));
        var comparison = Run(User(), User(column));
        Assert.AreEqual(new DropColumn("user", "owner") { Definition = column }, comparison.UpgradeOperations.Single());
        Assert.AreEqual(new AddColumn("user", column), comparison.DowngradeOperations.Single());
    }

    [TestMethod]
    public void On_sqlite_a_foreign_key_stands_beside_the_column_that_is_added_with_it()
    {
        var column = new Column("owner", SqlType.Integer, foreignKey: new ForeignKey("user.id", name: "fk"));
        var comparison = Run(User(column), User());
        Assert.AreEqual(new AddColumn("user", column), comparison.UpgradeOperations.Single());
        Assert.Contains("Detected added foreign key (owner)(id) on table user", comparison.Log.Select(e => e.Message));
        Assert.HasCount(2, Compare.Schemas(User(column), User(), PlainDialect.PostgreSql).UpgradeOperations);
    }

    [TestMethod]
    public void Mysql_indexes_that_constraints_imply_are_no_differences()
    {
        var model = new MetaData(
            [new Table("t", [Id, new Column("a", SqlType.Integer, foreignKey: new ForeignKey("u.id")), Name,
                new UniqueConstraint(["name"], "uq_name")])]);
        var database = new MetaData(
            [new Table("t",
                [Id, new Column("a", SqlType.Integer), Name, new ForeignKeyConstraint(["a"], ["u.id"], "t_ibfk_1", onDelete: "RESTRICT"),
            new TableIndex("a", ["a"]), new TableIndex("uq_name", ["name"], unique: true)])]);
        var comparison = Compare.Schemas(model, database, PlainDialect.MySql);
        Assert.AreEqual("", string.Join('\n', comparison.Log.Select(e => e.Message)));
        Assert.IsTrue(comparison.IsEmpty);
    }

    private static MetaData User(params SchemaItem[] items) => new([new Table("user", [Id, Name, .. items])]);

    private static Comparison Run(MetaData model, MetaData database, ComparisonOptions? options = null) =>
        Compare.Schemas(model, database, PlainDialect.Sqlite, options ?? new ComparisonOptions { CompareServerDefault = true });

    private static Comparison Expect(MetaData model, MetaData database, string[] log, Operation[] operations, string[] kinds)
    {
        var comparison = Run(model, database);
        Assert.AreEqual(string.Join('\n', log), string.Join('\n', comparison.Log.Select(e => e.Message)));
        CollectionAssert.AreEqual(operations, comparison.UpgradeOperations.ToArray());
        var found = comparison.Descriptions.SelectMany(d => d.Split("('").Skip(1)).Select(d => d.Split('\'')[0])
            .Where(k => k.StartsWith("add_", StringComparison.Ordinal)
            || k.StartsWith("remove_", StringComparison.Ordinal) || k.StartsWith("modify_", StringComparison.Ordinal));
        CollectionAssert.AreEqual(kinds, found.ToArray());
        return comparison;
    }
}
