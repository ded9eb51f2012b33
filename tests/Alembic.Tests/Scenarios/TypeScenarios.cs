using System.Reflection;
using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    private protected abstract Answer TypesCreated { get; }

    [TestMethod]
    public void Every_portable_type_makes_a_column() => Play(Typed(
        [
            SqlType.SmallInteger, SqlType.Integer, SqlType.BigInteger, SqlType.Boolean, SqlType.Float, SqlType.Double, SqlType.Numeric(),
            SqlType.Numeric(5), SqlType.Numeric(5, 2), SqlType.String(7),
            SqlType.Text, SqlType.Unicode(8), SqlType.UnicodeText, SqlType.LargeBinary(), SqlType.LargeBinary(9), SqlType.Date,
            SqlType.Time, SqlType.TimeTz, SqlType.DateTime, SqlType.DateTimeTz,
            SqlType.Interval, SqlType.Json, SqlType.Uuid,
        ]), TypesCreated);

    private protected abstract Answer OwnTypesCreated { get; }

    /// <summary>The types that only this database has.</summary>
    private protected abstract IEnumerable<SqlType> OwnTypes { get; }

    [TestMethod]
    public void Every_type_of_its_own_makes_a_column() => Play(Typed([.. OwnTypes]), OwnTypesCreated);

    private protected const string Mood = "Enum(\"mood\", [\"glad\", \"it's \\\\ \\\"so\\\"\", \"ada\", \"bob\"])";

    private protected abstract Answer EnumCreated { get; }

    [TestMethod]
    public void An_enum_is_created_used_twice_and_given_to_a_column_that_was_text() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            var mood = SqlType.Enum(n["mood"], ["glad", "it's \\ \"so\"", "ada", "bob"]);
            op.CreateTable(n["item"],
                [new Column(n["m"], mood, nullable: false, serverDefault: "it's \\ \"so\""), new Column(n["o"], mood)], schema: n.Schema);
            op.BulkInsert(n["item"], [n["o"]], [["glad"], [null]], schema: n.Schema);
            op.AlterColumn(n["account"], n["name"], type: mood, existingType: SqlType.String(20), existingNullable: false,
                schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.AlterColumn(n["account"], n["name"], type: SqlType.String(20), existingNullable: false, schema: n.Schema);
            op.DropTable(n["item"], schema: n.Schema);
            op.DropEnumType(n["mood"]);
        },
        After =
        [
            "- account.name String(20) not null", $"+ account.name {Mood} not null", "+ item",
            $"+ item.m {Mood} not null default 'it's \\ \"so\"'", $"+ item.o {Mood}",
        ],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: it's \\ \"so\"|glad; it's \\ \"so\"|∅",
    }, EnumCreated);

    private protected abstract Answer EnumTypesCreated { get; }

    [TestMethod]
    public void Enum_types_are_created_and_dropped_by_themselves() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.Account(op, n);
            op.CreateEnumType(n["old"], ["x"], schema: n.Schema);
        },
        Up = (op, n) =>
        {
            op.CreateEnumType(n["kind"], ["a", "it's \\ $$"], schema: n.Schema);
            op.CreateEnumType(n["kind"], ["a", "it's \\ $$"], schema: n.Schema, ifNotExists: true);
            op.DropEnumType(n["old"], schema: n.Schema);
            op.DropEnumType(n["nothing"], schema: n.Schema, ifExists: true);
        },
        Down = (op, n) =>
        {
            op.DropEnumType(n["kind"], schema: n.Schema, ifExists: true);
            op.CreateEnumType(n["old"], ["x"], schema: n.Schema, ifNotExists: true);
        },
    }, EnumTypesCreated);

    private protected abstract Answer EnumTypesAltered { get; }

    [TestMethod]
    public void Enum_types_get_other_values() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.Account(op, n);
            op.AddColumn(n["account"],
                new Column(n["m"], SqlType.Enum(n["mood"], ["glad", "it's"], schema: n.Schema), serverDefault: "it's"), schema: n.Schema);
            op.CreateEnumType(n["kind"], ["b"], schema: n.Schema);
        },
        Up = (op, n) =>
        {
            op.AlterEnumType(n["mood"], ["new", "it's", "glad"], existingValues: ["glad", "it's"], schema: n.Schema);
            op.AlterEnumType(n["kind"], ["a", "b", "it's \\"], existingValues: ["b"], schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.AlterEnumType(n["kind"], ["b"], existingValues: ["a", "b", "it's \\"], schema: n.Schema);
            op.AlterEnumType(n["mood"], ["glad", "it's"], existingValues: ["new", "it's", "glad"], schema: n.Schema);
        },
        Rows = "account: 1|ada|x|it's; 2|bob|∅|it's",
    }, EnumTypesAltered);

    /// <summary>What the properties of a class of types are, and what its methods make.</summary>
    private protected static IEnumerable<SqlType> MembersOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(Own).Where(m => !m.IsSpecialName && m.ReturnType.IsAssignableTo(typeof(SqlType)));
        return
        [
            .. type.GetProperties(Own).Select(p => (SqlType)p.GetValue(null)!),
            .. methods.Select(m => (SqlType)m.Invoke(null, [.. m.GetParameters().Select(p => p.ParameterType switch
            {
                var t when t == typeof(SqlType) => SqlType.Text,
                var t when t == typeof(IReadOnlyList<string>) => new[] { "a", "it's \\" },
                var t when t == typeof(bool) => true,
                _ => (object)(p.Name == "scale" ? 2 : 3),
            })])!),
        ];
    }

    // A table with a column of each; what is read back is what was given, if the answer does not say otherwise.
    private static Scenario Typed(IReadOnlyList<SqlType> types) => new()
    {
        Up = (op, n) => op.CreateTable(n["item"], [.. types.Select((t, i) => new Column($"c{i}", t))], schema: n.Schema),
        Down = (op, n) => op.DropTable(n["item"], schema: n.Schema),
        After =
        [
            "+ item",
            .. types.Select((t, i) => $"+ item.c{i} {SchemaText.Type(t)}").Order(StringComparer.Ordinal),
        ],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: ",
    };
}
