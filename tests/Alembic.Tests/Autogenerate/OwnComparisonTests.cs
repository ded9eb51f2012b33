using Alembic.Autogenerate;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;
using Alembic.Tests.Migrations;

namespace Alembic.Tests.Autogenerate;

/// <summary>What an environment decides about a comparison: functions for columns, what is left out, comparisons of its own.</summary>
[TestClass]
public sealed class OwnComparisonTests
{
    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);

    [TestMethod]
    [DataRow(true, 2)]
    [DataRow(false, 0)]
    [DataRow(null, 1)]
    public void A_function_decides_for_each_column_whether_its_type_has_changed(bool? isChanged, int count)
    {
        var (model, database) = (Of(Text("same"), Text("other")), Of(Text("same"), new Column("other", SqlType.Integer)));
        List<string> asked = [];
        var comparison = Run(model, database, new ComparisonOptions
        {
            IsTypeChanged = column =>
            {
                asked.Add($"{column.Table.Name}.{column.Model.Name} {column.Database.Type.Kind}");
                return column.Model.Name == "id" ? null : isChanged;
            },
        });
        Assert.HasCount(count, comparison.Lines);
        Assert.Contains("t.other Integer", asked);
        Assert.IsTrue(Run(model, database, new ComparisonOptions { CompareType = false, IsTypeChanged = _ => true }).IsEmpty);
    }

    [TestMethod]
    [DataRow(true, 2)]
    [DataRow(false, 0)]
    [DataRow(null, 1)]
    public void A_function_decides_for_each_column_whether_its_default_has_changed(bool? isChanged, int count)
    {
        var (model, database) = (Of(Text("same", "a"), Text("other", "a")), Of(Text("same", "a"), Text("other", "b")));
        var options = new ComparisonOptions { IsServerDefaultChanged = column => column.Model.Name == "id" ? null : isChanged };
        Assert.HasCount(count, Run(model, database, options).Lines);
        Assert.IsTrue(Run(model, database, options with { CompareServerDefault = false }).IsEmpty);
    }

    [TestMethod]
    public void Each_kind_of_comparison_can_be_left_out()
    {
        var url = PostgreSqlServer.NewDatabase();
        using (var database = PostgreSqlDatabase.At(url).Open())
        {
            using var command = database.CreateCommand();
            command.CommandText =
                """
                CREATE TYPE mood AS ENUM ('good');
                CREATE TABLE t (
                    id INTEGER NOT NULL PRIMARY KEY, nullable TEXT NOT NULL, type INTEGER, collated TEXT, value TEXT DEFAULT 'a', number INTEGER NOT NULL,
                    computed INTEGER GENERATED ALWAYS AS (id + 1) STORED, counter INTEGER NOT NULL, comment TEXT, mood mood);
                CREATE TABLE s (id INTEGER NOT NULL PRIMARY KEY, other TEXT);
                CREATE TABLE p (a INTEGER NOT NULL PRIMARY KEY, b INTEGER NOT NULL);
                """;
            command.ExecuteNonQuery();
        }
        var model = new MetaData(
        [
            new Table("t",
            [
                Id, Text("nullable"), Text("type"), Text("collated") with { Collation = "POSIX" }, Text("value", "b"),
                new Column("number", SqlType.Integer, nullable: false, identity: new Identity(always: true)),
                new Column("computed", SqlType.Integer, computed: new Computed("id + 2", persisted: true)),
                new Column("counter", SqlType.Integer, nullable: false, autoincrement: true), Text("comment") with { Comment = "text" },
                new Column("mood", SqlType.Enum("mood", ["good", "bad"])),
                new TableIndex("ix", ["type"]), new UniqueConstraint(["value"], "uq"), new ForeignKeyConstraint(["number"], ["t.id"], "fk"),
                new CheckConstraint("number > 0", "ck"), new ExcludeConstraint([("number", "=")], name: "ex", method: "btree"),
            ]),
            // A table of its own: the scratch place cannot make it.
            new Table("s", [Id, new Column("other", SqlType.Enum("kind", ["x"], schema: "elsewhere", createType: false))]),
            new Table("p", [new Column("a", SqlType.Integer, primaryKey: true), new Column("b", SqlType.Integer, primaryKey: true)]),
        ])
        {
            Sequences = [new Sequence("numbers")],
            Extensions = [("hstore", null)],
            Rows = [new TableRows("p", ["a"], ["a", "b"], [[1, 2]])],
        };
        var options = new EnvironmentOptions();
        var all = Enum.GetValues<ComparisonKind>();
        Assert.AreEqual("", string.Join('\n', Compare(all).Lines));
        foreach (var kind in all)
            Assert.IsNotEmpty(Compare([.. all.Except([kind])]).UpgradeOperations, $"{kind}");

        // A migrator takes the options as they are when it is created.
        Comparison Compare(ComparisonKind[] skipped)
        {
            options.SkipComparisons = skipped;
            using var migrator = new Migrator(PostgreSqlDatabase.At(url),
                new MigrationSet(new RevisionMap([]), _ => throw new NotSupportedException()),
                new MigratorOptions { Environment = options });
            return migrator.Compare(model);
        }
    }

    [TestMethod]
    public void A_filter_sees_the_object_its_counterpart_and_what_the_model_notes()
    {
        var note = new SchemaInfo { ["skip"] = true };
        var model = new MetaData(
            [new Table("t", [Id, Text("a") with { Info = note }, new UniqueConstraint(["a"]), new ForeignKeyConstraint(["a"], ["t.id"])]),
                new Table("new", [Id]) { Info = note }]);
        var database = new MetaData(
        [
            new Table("t", [Id, new Column("a", SqlType.Integer), new Column("old", SqlType.Text), new UniqueConstraint(["a"], "uq"),
                new ForeignKeyConstraint(["a"], ["t.id"], "fk")]),
            new Table("gone", [Id]),
        ]);
        Dictionary<string, (object? Item, object? Counterpart)> seen = [];
        var comparison = Run(model, database, new ComparisonOptions
        {
            IncludeObject = o =>
            {
                seen[$"{o.Kind} {o.Table}.{(o.Kind is SchemaObjectKind.Table or SchemaObjectKind.Column ? o.Name : "")} {o.IsReflected}"] =
                    (o.Item, o.Counterpart);
                // Nothing is dropped, and what is noted so is left alone on both sides.
                return !(o is { IsReflected: true, Counterpart: null }) && o.Info["skip"] is not true;
            },
        });
        Assert.AreEqual("", string.Join('\n', comparison.Lines));
        Assert.AreEqual(model.Tables[0], seen["Table .t True"].Counterpart);
        Assert.AreEqual(database.Tables[0], seen["Table .t False"].Counterpart);
        Assert.AreEqual((database.Tables[0].Columns.ElementAt(1), model.Tables[0].Columns.ElementAt(1)), seen["Column t.a True"]);
        Assert.AreEqual((database.Tables[0].Columns.Last(), null), seen["Column t.old True"]);
        // What has no name is found by its columns.
        Assert.AreEqual("uq", ((UniqueConstraint)seen["UniqueConstraint t. False"].Counterpart!).Name);
        Assert.AreEqual("fk", ((ForeignKeyConstraint)seen["ForeignKey t. False"].Counterpart!).Name);
    }

    [TestMethod]
    public void Notes_count_in_no_comparison_and_are_not_written()
    {
        var column = Text("a") with { Info = new() { ["owner"] = "billing" } };
        Assert.AreEqual(Text("a"), column);
        Assert.AreEqual("billing", column.Info["owner"]);
        Assert.DoesNotContain("billing", new CodeWriter().Write(new AddColumn("t", column)));
        Assert.IsTrue(Run(Of(column), Of(Text("a"))).IsEmpty);
    }

    [Info("owner", "billing"), Info("size", 3)]
    private sealed class Invoice
    {
        public int Id { get; set; }

        [Info("skip", true)] public string? Note { get; set; }
    }

    [TestMethod]
    public void Annotated_classes_note_with_an_attribute()
    {
        var table = MetaData.FromTypes([typeof(Invoice)], Naming.SnakeCase).Tables.Single();
        Assert.AreEqual(("billing", 3), (table.Info["owner"], table.Info["size"]));
        Assert.AreEqual(true, table.Columns.Single(c => c.Name == "note").Info["skip"]);
        Assert.IsNull(table.Columns.First().Info["skip"]);
    }

    [TestMethod]
    public void A_comparison_of_ones_own_asks_the_database_and_adds_what_it_finds_before_or_behind_the_rest()
    {
        using var story = new Story().Then("a1", op => op.Execute("CREATE VIEW old AS SELECT 1 AS x"), op => op.Execute("DROP VIEW old"));
        story.Upgrade();
        story.Options = options => options.Comparers =
        [
            comparison =>
            {
                var there = comparison.Query("SELECT name FROM sqlite_schema WHERE type = @type", new { type = "view" })
                    .Select(row => (string)row["name"]!).ToList();
                foreach (var name in there.Except(["v"]))
                    comparison.AddFirst($"removed view '{name}'",
                        new Execute($"DROP VIEW {name}") { Undo = new Execute($"CREATE VIEW {name} AS SELECT 1 AS x") });
                if (!there.Contains("v"))
                    comparison.Add("added view 'v'",
                        new Execute("CREATE VIEW v AS SELECT id FROM t") { Undo = new Execute("DROP VIEW v") }, "look at it");
            },
        ];
        var model = Of();
        var found = story.With(migrator => migrator.Compare(model));
        Assert.AreEqual("Detected added table 't'\nDetected removed view 'old'\nDetected added view 'v'", string.Join('\n', found.Lines));
        Assert.AreEqual("DROP VIEW old, CreateTable, CREATE VIEW v AS SELECT id FROM t",
            string.Join(", ", found.UpgradeOperations.Select(o => o is Execute e ? e.Text : o.GetType().Name)));
        Assert.AreEqual("look at it", found.Upgrade[^1].Remark);
        Assert.AreEqual("DROP VIEW v", ((Execute)found.DowngradeOperations[0]).Text);
        using var after = new Story().Then("a1", op => found.UpgradeOperations.Skip(1).ToList().ForEach(op.Invoke));
        after.Upgrade();
        after.Options = story.Options;
        Assert.IsTrue(after.With(migrator => migrator.Compare(model)).IsEmpty);
    }

    [TestMethod]
    public void Models_are_joined_each_with_its_own_schema_and_names()
    {
        var shop = new MetaData([new Table("a", [Id, Text("name"), new UniqueConstraint(["name"])])],
            namingConvention: new NamingConvention { ["uq"] = "shop_%(table_name)s" })
        {
            Rows = [new TableRows("a", ["id"], ["id"], [[1]])],
        };
        var billing = new MetaData(
            [new Table("b", [Id, new Column("other", SqlType.Integer, foreignKey: new ForeignKey("b.id"))])], schema: "billing",
            namingConvention: new NamingConvention { ["fk"] = "bill_%(table_name)s" });
        var joined = MetaData.Join(shop, billing);
        Assert.AreEqual("shop_a", joined.Tables[0].Uniques.Single().Name);
        Assert.AreEqual(("billing", "bill_b", "billing"),
            (joined.Tables[1].Schema, joined.Tables[1].ForeignKeys.Single().Name, joined.Tables[1].ForeignKeys.Single().ReferentSchema));
        Assert.HasCount(1, joined.Rows);
        Assert.IsTrue(Run(joined, joined).IsEmpty);
        // One model alone is the same, joined or not.
        Assert.IsTrue(Run(MetaData.Join(shop), shop).IsEmpty && Run(shop, MetaData.Join(shop)).IsEmpty);
        Assert.AreEqual(
            "The table 'billing.b' is in several of the models that are joined",
            Assert.Throws<AlembicException>(() => MetaData.Join(shop, billing, billing)).Message);
    }

    private static Column Text(string name, string? value = null) =>
        new(name, SqlType.Text, serverDefault: value is null ? null : (ServerDefault)value);

    private static MetaData Of(params SchemaItem[] items) => new([new Table("t", [Id, .. items])]);

    private static Comparison Run(MetaData model, MetaData database, ComparisonOptions? options = null) =>
        Compare.Schemas(model, database, PlainDialect.Sqlite, options);
}
