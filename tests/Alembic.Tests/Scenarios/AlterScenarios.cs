using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

// The existing… values are what a script needs where the database writes the whole column anew.
public abstract partial class OperationScenarios
{
    // A column with everything that a change of one facet might lose.
    private static void Rich(Op op, Names n)
    {
        op.CreateTable(
            n["account"],
            [new Column(n["id"], SqlType.Integer, primaryKey: true),
                new Column(n["name"], SqlType.String(20), nullable: false, serverDefault: "it's", comment: "who's"),
                new Column(n["note"], SqlType.Text)],
            schema: n.Schema);
        op.BulkInsert(n["account"], [n["id"], n["name"], n["note"]], [[1, "ada", "x"], [2, "bob", null]], schema: n.Schema);
    }

    private protected abstract Answer TypeAltered { get; }

    [TestMethod]
    public void A_type_is_altered() => Play(new Scenario
    {
        Before = Rich,
        Up = (op, n) => op.AlterColumn(
            n["account"], n["name"], type: SqlType.String(80), existingType: SqlType.String(20), existingNullable: false,
            existingServerDefault: "it's", existingComment: "who's", schema: n.Schema),
        Down = (op, n) => op.AlterColumn(
            n["account"], n["name"], type: SqlType.String(20), existingType: SqlType.String(80), existingNullable: false,
            existingServerDefault: "it's", existingComment: "who's", schema: n.Schema),
        After = ["- account.name String(20) not null default 'it's' -- who's",
            "+ account.name String(80) not null default 'it's' -- who's"],
    }, TypeAltered);

    private protected abstract Answer NullabilityAltered { get; }

    [TestMethod]
    public void Whether_a_column_may_be_null_is_altered() => Play(new Scenario
    {
        Before = Rich,
        Up = (op, n) =>
        {
            op.AlterColumn(n["account"], n["name"], nullable: true, existingType: SqlType.String(20), existingServerDefault: "it's",
                existingComment: "who's", schema: n.Schema);
            op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("note")} = 'y' WHERE {n.Sql("note")} IS NULL");
            op.AlterColumn(n["account"], n["note"], nullable: false, existingType: SqlType.Text, schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.AlterColumn(n["account"], n["note"], nullable: true, existingType: SqlType.Text, schema: n.Schema);
            op.AlterColumn(n["account"], n["name"], nullable: false, existingType: SqlType.String(20), existingServerDefault: "it's",
                existingComment: "who's", schema: n.Schema);
        },
        After =
        [
            "- account.name String(20) not null default 'it's' -- who's", "- account.note Text",
            "+ account.name String(20) default 'it's' -- who's", "+ account.note Text not null",
        ],
        Rows = "account: 1|ada|x; 2|bob|y",
    }, NullabilityAltered);

    private protected abstract Answer DefaultAltered { get; }

    [TestMethod]
    public void A_default_is_set_replaced_and_dropped() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Rich(op, n);
            op.AddColumn(n["account"], new Column(n["age"], SqlType.Integer), schema: n.Schema);
        },
        Up = (op, n) =>
        {
            op.AlterColumn(n["account"], n["name"], serverDefault: ServerDefault.None, existingServerDefault: "it's", schema: n.Schema);
            op.AlterColumn(n["account"], n["age"], serverDefault: 5, schema: n.Schema);
            op.AlterColumn(n["account"], n["age"], serverDefault: Sql.Text("3 * 4"), existingServerDefault: 5, schema: n.Schema);
            op.Execute($"INSERT INTO {n.Table("account")} ({n.Sql("id")}, {n.Sql("name")}) VALUES (3, 'cyd')");
        },
        Down = (op, n) =>
        {
            op.AlterColumn(n["account"], n["age"], serverDefault: ServerDefault.None, schema: n.Schema);
            op.AlterColumn(n["account"], n["name"], serverDefault: "it's", schema: n.Schema);
        },
        After =
        [
            "- account.age Integer", "- account.name String(20) not null default 'it's' -- who's",
            "+ account.age Integer default (3 * 4)", "+ account.name String(20) not null -- who's",
        ],
        Rows = "account: 1|ada|x|∅; 2|bob|∅|∅; 3|cyd|∅|12",
    }, DefaultAltered);

    private protected abstract Answer ColumnRenamed { get; }

    [TestMethod]
    public void A_column_is_renamed_with_what_names_it() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Rich(op, n);
            op.CreateIndex(n["ix"], n["account"], [n["name"], n["id"]], schema: n.Schema);
        },
        Up = (op, n) => op.AlterColumn(
            n["account"], n["name"], newColumnName: n["title"], existingType: SqlType.String(20), existingNullable: false,
            existingServerDefault: "it's", existingComment: "who's", schema: n.Schema),
        Down = (op, n) => op.AlterColumn(
            n["account"], n["title"], newColumnName: n["name"], existingType: SqlType.String(20), existingNullable: false,
            existingServerDefault: "it's", existingComment: "who's", schema: n.Schema),
        After =
        [
            "- account index ix (name, id)", "- account.name String(20) not null default 'it's' -- who's",
            "+ account index ix (title, id)", "+ account.title String(20) not null default 'it's' -- who's",
        ],
    }, ColumnRenamed);

    private protected abstract Answer CommentAltered { get; }

    [TestMethod]
    public void A_comment_of_a_column_is_altered_and_dropped() => Play(new Scenario
    {
        Before = Rich,
        Up = (op, n) =>
        {
            op.AlterColumn(n["account"], n["name"], comment: "", existingType: SqlType.String(20), existingNullable: false,
                existingServerDefault: "it's", existingComment: "who's", schema: n.Schema);
            op.AlterColumn(n["account"], n["note"], comment: "it's \\ \"new\"\n-- 表", existingType: SqlType.Text, schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.AlterColumn(n["account"], n["note"], comment: "", existingType: SqlType.Text, schema: n.Schema);
            op.AlterColumn(n["account"], n["name"], comment: "who's", existingType: SqlType.String(20), existingNullable: false,
                existingServerDefault: "it's", schema: n.Schema);
        },
        After =
        [
            "- account.name String(20) not null default 'it's' -- who's", "- account.note Text",
            "+ account.name String(20) not null default 'it's'", "+ account.note Text -- it's \\ \"new\"\n-- 表",
        ],
    }, CommentAltered);

    private protected abstract Answer AutoincrementAltered { get; }

    [TestMethod]
    public void A_key_is_numbered_and_is_not() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            op.CreateTable(n["account"], [new Column(n["id"], SqlType.Integer, primaryKey: true, autoincrement: false),
                new Column(n["name"], SqlType.Text)], schema: n.Schema);
            op.BulkInsert(n["account"], [n["id"], n["name"]], [[1, "ada"]], schema: n.Schema);
        },
        Up = (op, n) => op.AlterColumn(n["account"], n["id"], autoincrement: true, existingType: SqlType.Integer, existingNullable: false,
            schema: n.Schema),
        Down = (op, n) => op.AlterColumn(n["account"], n["id"], autoincrement: false, existingType: SqlType.Integer,
            existingNullable: false, schema: n.Schema),
        After = ["- account.id Integer not null", "+ account.id Integer not null numbered"],
        Rows = "account: 1|ada",
    }, AutoincrementAltered);

    private protected abstract Answer AllAltered { get; }

    [TestMethod]
    public void All_facets_are_altered_at_once() => Play(new Scenario
    {
        Before = Rich,
        Up = (op, n) => op.AlterColumn(
            n["account"], n["name"], nullable: true, type: SqlType.String(90), serverDefault: "nobody", newColumnName: n["title"],
            comment: "all new", existingType: SqlType.String(20),
            existingNullable: false, existingServerDefault: "it's", existingComment: "who's", schema: n.Schema),
        Down = (op, n) => op.AlterColumn(
            n["account"], n["title"], nullable: false, type: SqlType.String(20), serverDefault: "it's", newColumnName: n["name"],
            comment: "who's", existingType: SqlType.String(90),
            existingNullable: true, existingServerDefault: "nobody", existingComment: "all new", schema: n.Schema),
        After = ["- account.name String(20) not null default 'it's' -- who's", "+ account.title String(90) default 'nobody' -- all new"],
    }, AllAltered);

    private protected abstract Answer ValuesConverted { get; }

    [TestMethod]
    public void Values_are_converted_by_an_expression() => Play(new Scenario
    {
        Up = (op, n) => op.AlterColumn(n["account"], n["note"], type: SqlType.Integer, existingType: SqlType.Text,
            postgresqlUsing: $"length({n.Sql("note")})", schema: n.Schema),
        Down = (op, n) => op.AlterColumn(n["account"], n["note"], type: SqlType.Text, existingType: SqlType.Integer, schema: n.Schema),
        After = ["- account.note Text", "+ account.note Integer"],
        Rows = "account: 1|ada|1; 2|bob|∅",
    }, ValuesConverted);
}
