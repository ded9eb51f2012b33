using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

/// <summary>A piece of a migration's life, told once for all databases; names and the schema come from <see cref="Names"/>.</summary>
internal sealed record Scenario
{
    /// <summary>What is there before, with rows.</summary>
    public Action<Op, Names> Before { get; init; } = Account;

    public required Action<Op, Names> Up { get; init; }

    public required Action<Op, Names> Down { get; init; }

    /// <summary>The lines of <see cref="SchemaText"/> that go (-) and come (+).</summary>
    public string[] After { get; init; } = [];

    /// <summary>What all tables hold afterwards.</summary>
    public string Rows { get; init; } = "account: 1|ada|x; 2|bob|∅";

    /// <summary>Whether names are made of others, which then cannot be as long as may be.</summary>
    public bool MakesNames { get; init; }

    /// <summary>A table with two rows.</summary>
    public static void Account(Op op, Names n)
    {
        op.CreateTable(n["account"], [new Column(n["id"], SqlType.Integer, primaryKey: true),
            new Column(n["name"], SqlType.String(20), nullable: false), new Column(n["note"], SqlType.Text)], schema: n.Schema);
        op.BulkInsert(n["account"], [n["id"], n["name"], n["note"]], [[1, "ada", "x"], [2, "bob", null]], schema: n.Schema);
    }

    /// <summary>The same, and a table that may point to it.</summary>
    public static void AccountAndItem(Op op, Names n)
    {
        Account(op, n);
        op.CreateTable(n["item"], [new Column(n["key"], SqlType.Integer, nullable: false),
            new Column(n["line"], SqlType.Integer, nullable: false), new Column(n["owner"], SqlType.Integer)], schema: n.Schema);
        op.BulkInsert(n["item"], [n["key"], n["line"], n["owner"]], [[1, 1, 1], [1, 2, 2], [2, 1, null]], schema: n.Schema);
    }
}

/// <summary>What one database makes of a scenario.</summary>
internal sealed record Answer
{
    /// <summary>Just what the scenario states.</summary>
    public static Answer AsStated { get; } = new();

    /// <summary>The lines of the schema, where this database reads them otherwise.</summary>
    public string[]? After { get; init; }

    /// <summary>The rows, where this database gives them otherwise.</summary>
    public string? Rows { get; init; }

    /// <summary>The error, where this database cannot.</summary>
    public string? Error { get; init; }

    /// <summary>The error with <c>--sql</c>, where that is another or the only one.</summary>
    public string? ScriptError { get; init; }

    /// <summary>The error of the client, where it is the database that cannot and only then says so.</summary>
    public string? ClientError { get; init; }

    /// <summary>The error of the way back with <c>--sql</c>.</summary>
    public string? ScriptDownError { get; init; }

    /// <summary>The statements of the upgrade in a script, where there is no database to ask.</summary>
    public string? Sql { get; init; }

    public static Answer Reads(params string[] after) => new() { After = after };

    public static Answer Refuses(string error) => new() { Error = error, ScriptError = error };

    public static Answer Writes(string sql) => new() { Sql = sql };
}
