using Alembic.Autogenerate;
using Alembic.Databases;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>How changes are divided so that old and new code run while they are made.</summary>
[TestClass]
public sealed class ZeroDowntimeTests
{
    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true, autoincrement: false);
    private static readonly Column Name = new("name", SqlType.String(20));
    private static readonly Column Number = new("n", SqlType.Integer);
    private static readonly Table Team = new("team", [Id]);

    private static readonly ComparisonOptions Filled = new() { Fills = [new("t", "n", "7")] };
    private static readonly ComparisonOptions Computed = new() { Fills = [new("t", "n", "sql:id")] };
    private static readonly ComparisonOptions Renamed = new() { Renames = [new("t", "name", "title")] };

    // The change, the database, the columns and other items before and after, and what each phase does.
    private static IEnumerable<(string Change, string Dialect, ComparisonOptions? Options, SchemaItem[] Before, SchemaItem[] After,
        string Phases)> Table =>
    [
        ("a nullable column is added", "sqlite", null, [], [Number], "expand: AddColumn n"),
        ("a column is added with a value", "postgresql", Filled, [], [Number with { Nullable = false }],
            "expand: AddColumn n NOT NULL; contract: AlterColumn n -default"),
        ("a column is added with an expression", "sqlite", Computed, [], [Number with { Nullable = false }],
            "expand: AddColumn n; fill: Backfill n; contract: FillRows n, AlterColumn n NOT NULL"),
        ("a column is added with an expression", "postgresql", Computed, [], [Number with { Nullable = false }],
            "expand: AddColumn n; fill: Backfill n; contract: FillRows n, CreateConstraint NOT VALID, (ValidateConstraint), "
                + "AlterColumn n NOT NULL, DropConstraint"),
        ("a column becomes NOT NULL", "mysql", Filled, [Number], [Number with { Nullable = false }],
            "fill: Backfill n; contract: FillRows n, AlterColumn n NOT NULL"),
        ("a column becomes NOT NULL and has a default", "sqlite", Filled, [Number],
            [Number with { Nullable = false, ServerDefault = 5 }],
            "expand: AlterColumn n +default; fill: Backfill n; contract: FillRows n, AlterColumn n NOT NULL"),
        ("a column becomes NOT NULL and has another type", "postgresql", Filled, [new Column("n", SqlType.String(9))],
            [Number with { Nullable = false }],
            "contract: AlterColumn n type, FillRows n, CreateConstraint NOT VALID, (ValidateConstraint), AlterColumn n NOT NULL, "
                + "DropConstraint"),
        ("a column becomes nullable", "postgresql", null, [Number with { Nullable = false }], [Number], "expand: AlterColumn n NULL"),
        ("a default is dropped", "sqlite", null, [Number with { ServerDefault = 5 }], [Number], "contract: AlterColumn n -default"),
        ("a text becomes longer", "postgresql", null, [Name], [Name with { Type = SqlType.String(30) }], "expand: AlterColumn name type"),
        ("a text becomes shorter", "postgresql", null, [Name], [Name with { Type = SqlType.String(10) }],
            "contract: AlterColumn name type"),
        ("a type and nullability change", "mysql", null, [Name with { Nullable = false }], [Name with { Type = SqlType.String(10) }],
            "expand: AlterColumn name NULL; contract: AlterColumn name type"),
        ("a nullable column is dropped", "sqlite", null, [Number], [], "contract: DropColumn n"),
        ("a column that new code does not write is dropped", "postgresql", null, [Number with { Nullable = false }], [],
            "expand: AlterColumn n NULL; contract: DropColumn n"),
        ("an index is added", "sqlite", null, [Name], [Name, new TableIndex("ix", ["name"])], "expand: CreateIndex"),
        ("an index is added", "postgresql", null, [Name], [Name, new TableIndex("ix", ["name"])], "expand: (CreateIndex CONCURRENTLY)"),
        ("a unique index is added", "postgresql", null, [Name], [Name, new TableIndex("ix", ["name"], unique: true)],
            "contract: (CreateIndex CONCURRENTLY)"),
        ("an index is dropped", "postgresql", null, [Name, new TableIndex("ix", ["name"])], [Name], "contract: (DropIndex CONCURRENTLY)"),
        ("an index has other columns", "sqlite", null, [Name, new TableIndex("ix", ["name"])], [Name, new TableIndex("ix", ["name", "id"])],
            "expand: DropIndex, CreateIndex"),
        ("a check is added", "postgresql", null, [Number], [Number, new CheckConstraint("n > 0", "ck")],
            "contract: CreateConstraint NOT VALID, (ValidateConstraint)"),
        ("a check is dropped", "sqlite", null, [Number, new CheckConstraint("n > 0", "ck")], [Number], "expand: DropConstraint"),
        ("a check changes", "sqlite", null, [Number, new CheckConstraint("n > 0", "ck")], [Number, new CheckConstraint("n > 1", "ck")],
            "expand: DropConstraint; contract: CreateConstraint"),
        ("a key is added", "postgresql", null, [Number], [Number, new ForeignKeyConstraint(["n"], ["team.id"], "fk")],
            "contract: CreateConstraint NOT VALID, (ValidateConstraint)"),
        ("a key is added", "mysql", null, [Number], [Number, new ForeignKeyConstraint(["n"], ["team.id"], "fk")],
            "contract: CreateConstraint"),
        ("a unique constraint is dropped", "sqlite", null, [Name, new UniqueConstraint(["name"], "uq")], [Name],
            "contract: DropConstraint"),
        ("a column is renamed", "sqlite", Renamed, [Name with { Nullable = false }], [Name with { Name = "title", Nullable = false }],
            "expand: AlterColumn name NULL, AddColumn title, Execute, Execute, Execute; fill: Backfill title; "
                + "contract: FillRows title, Execute, Execute, Execute, AlterColumn title NOT NULL, DropColumn name"),
        ("a column is renamed", "mysql", Renamed, [Name], [Name with { Name = "title", ServerDefault = "x" }],
            "expand: AddColumn title, Execute, Execute; fill: Backfill title; "
                + "contract: FillRows title, Execute, Execute, AlterColumn title +default, DropColumn name"),
        ("a column is renamed", "postgresql", Renamed, [Name], [Name with { Name = "title" }],
            "expand: AddColumn title, Execute, Execute; fill: Backfill title; contract: FillRows title, Execute, Execute, DropColumn name"),
    ];

    public static IEnumerable<object?[]> Changes =>
        Table.SelectMany(t => new[] { false, true }.Select(batch => (object?[])
            [t.Change, t.Dialect, (t.Options ?? new()) with { RenderAsBatch = batch }, t.Before, t.After, t.Phases]));

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void A_change_goes_where_old_and_new_code_survive_it(
        string change, string dialect, ComparisonOptions options, SchemaItem[] before, SchemaItem[] after, string phases) =>
        Assert.AreEqual(phases, Phases(dialect, options, Of(before), Of(after)), change);

    [TestMethod]
    public void A_new_table_and_what_belongs_to_it_are_there_at_once_and_an_old_one_goes_last()
    {
        Table[] before = [Team, new("old", [Id, new ForeignKeyConstraint(["id"], ["team.id"], "fk_old")])];
        Table[] after =
            [Team, new("new", [Id, Name, new ForeignKeyConstraint(["id"], ["team.id"], "fk_new"), new TableIndex("i", ["name"])])];
        Assert.AreEqual("expand: CreateTable; contract: DropTable", Phases("postgresql", null, before, after));
    }

    [TestMethod]
    [DataRow("postgresql", "n", "nothing says what existing rows get in 't.n', which is NOT NULL",
        "--fill t.n=VALUE, or [Fill] in the model")]
    [DataRow("postgresql", "name", "nothing says what existing rows get in 't.name', which is NOT NULL", "--fill t.name=VALUE")]
    [DataRow("postgresql", "t", "cannot rename the table 't': old code would no longer find it", "without --zero-downtime")]
    [DataRow("postgresql", "id:key", "cannot rename 't.id' to 'key': it is in the primary key", "without --zero-downtime")]
    [DataRow("postgresql", "name:x", "cannot rename 't.name' to 'x': it has another type, too", "without --zero-downtime")]
    [DataRow("mssql", "name:title", "cannot rename 't.name' to 'title': no triggers are written for this database", "without")]
    public void What_would_break_old_code_anyway_is_refused(string dialect, string change, string message, string hint)
    {
        Table Changed(params SchemaItem[] items) => new(change == "t" ? "u" : "t", items);
        var model = change switch
        {
            "n" => Changed(Id, Name, Number with { Nullable = false }),
            "name" => Changed(Id, Name with { Nullable = false }),
            "t" => Changed(Id, Name),
            "id:key" => Changed(Id with { Name = "key" }, Name),
            "name:x" => Changed(Id, Number with { Name = "x" }),
            _ => Changed(Id, Name with { Name = "title" }),
        };
        Rename[] renames = change == "t" ? [new("t", null, "u")]
            : change.Split(':') is [var old, var @new] ? [new("t", old, @new)] : [];
        var exception = Assert.ThrowsExactly<AlembicException>(
            () => Phases(dialect, new() { Renames = renames }, [new Table("t", [Id, Name])], [model]));
        Assert.Contains(message, exception.Message);
        Assert.Contains(hint, exception.Hint!);
    }

    private static Table[] Of(SchemaItem[] items) => [Team, new("t", [Id, .. items])];

    private static string Phases(string dialectName, ComparisonOptions? options, Table[] before, Table[] after)
    {
        var dialect = Dialects.Named(dialectName);
        var plan = Compare.Schemas(new(after), new(before), dialect, (options ?? new()) with { ZeroDowntime = true }).Upgrade;
        return string.Join("; ", ZeroDowntime.Of(plan, dialect)
            .Select(phase => $"{phase.Name}: {string.Join(", ", phase.Operations.Select(p => Text(p.Operation)))}"));
    }

    private static string Text(Operation operation) => operation switch
    {
        Autocommitted block => $"({Text(block.Operation)})",
        AddColumn add => $"AddColumn {add.Column.Name}{(add.Column.Nullable ? "" : " NOT NULL")}",
        DropColumn drop => $"DropColumn {drop.Column}",
        FillRows fill => $"{(fill is { IsInBatches: true, Key: not null } ? "Backfill" : "FillRows")} {fill.Column}",
        AlterColumn alter => $"AlterColumn {alter.Column}{(alter.Type is null ? "" : " type")}"
            + (alter.Nullable switch { true => " NULL", false => " NOT NULL", null => "" })
            + (alter.ServerDefault switch { null => "", { Kind: ServerDefaultKind.None } => " -default", _ => " +default" }),
        CreateIndex { Concurrently: true } => "CreateIndex CONCURRENTLY",
        DropIndex { Concurrently: true } => "DropIndex CONCURRENTLY",
        CreateConstraint { Constraint: CheckConstraint { NotValid: true } or ForeignKeyConstraint { NotValid: true } } =>
            "CreateConstraint NOT VALID",
        _ => operation.GetType().Name,
    };
}
