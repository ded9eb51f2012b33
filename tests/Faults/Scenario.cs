using Journeys;

namespace Faults;

/// <summary>
/// The revisions that everything here is tried with, in one folder for all databases: compiled once, so that a run takes what a deployment
/// takes. Each counts what it does, so that nothing can be done twice without being seen.
/// </summary>
internal static class Scenario
{
    private const string Up = """op.Execute("UPDATE counter SET n = n + 1");""";

    private static readonly Lazy<string> Made = new(Make);

    public static string Folder => Made.Value;

    /// <summary>What is migrated, from where to where; it begins with the command.</summary>
    public static IReadOnlyDictionary<string, Move> Moves { get; } = new Dictionary<string, Move>
    {
        ["plain"] = new("r1", "upgrade", "r2"),
        ["rebuild"] = new("r2", "upgrade", "r3"),
        ["autocommit"] = new("r3", "upgrade", "r4"),
        ["downgrade"] = new("r3", "downgrade", "r1"),
    };

    public static string Revision(string id, string down, string upgrade, string downgrade) =>
        $$"""
        // {{id}}

        using Alembic;
        using Alembic.Schema;

        [Revision("{{id}}")]
        {{(down.Length > 0 ? $"[Revises(\"{down}\")]" : "")}}
        file sealed class {{id.ToUpperInvariant()}} : Migration
        {
            public override void Upgrade(Op op)
            {
                {{upgrade}}
            }

            public override void Downgrade(Op op)
            {
                {{downgrade}}
            }
        }
        """;

    /// <summary>A folder with an ini file whose URL is the environment's, and these revisions.</summary>
    public static string NewFolder(params (string Id, string Text)[] revisions)
    {
        var folder = InstalledTool.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "alembic", "versions"));
        File.WriteAllText(Path.Combine(folder, "alembic.ini"),
            "[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = %(FAULTS_URL)s\n");
        foreach (var (id, text) in revisions)
            File.WriteAllText(Path.Combine(folder, "alembic", "versions", $"{id}_.cs"), text);
        return folder;
    }

    private static string Make() => NewFolder(
        ("r1", Revision("r1", "", $$"""
            op.CreateTable("counter", [new Column("id", SqlType.Integer, primaryKey: true), new Column("n", SqlType.Integer, nullable: false)]);
            op.BulkInsert("counter", [new { id = 1, n = 0 }]);
            op.CreateTable("log", [new Column("what", SqlType.String(20))]);
            op.CreateTable("item", [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(40))]);
            op.Execute("INSERT INTO item (id, name) VALUES (1, 'one'), (2, 'two')");
            """, """op.DropTable("item"); op.DropTable("log"); op.DropTable("counter");""")),
        ("r2", Revision("r2", "r1", $$"""
            {{Up}}
            op.AddColumn("item", new Column("note", SqlType.String(20)));
            op.Execute("INSERT INTO log (what) VALUES ('r2')");
            op.CreateIndex("ix_item_name", "item", ["name"]);
            {{Up}}
            """, """
            op.DropIndex("ix_item_name", "item");
            op.Execute("UPDATE counter SET n = n - 2");
            op.DropColumn("item", "note");
            op.Execute("INSERT INTO log (what) VALUES ('r2 down')");
            """)),
        ("r3", Revision("r3", "r2", $$"""
            op.AlterColumn("item", "name", type: SqlType.String(80), nullable: false, existingType: SqlType.String(40), existingNullable: true);
            {{Up}}
            op.CreateCheckConstraint("ck_item_name", "item", "name <> ''");
            op.Execute("INSERT INTO log (what) VALUES ('r3')");
            """, """
            op.DropConstraint("ck_item_name", "item", type: ConstraintType.Check);
            op.Execute("UPDATE counter SET n = n - 1");
            op.AlterColumn("item", "name", type: SqlType.String(40), nullable: true, existingType: SqlType.String(80), existingNullable: false);
            op.Execute("INSERT INTO log (what) VALUES ('r3 down')");
            """)),
        ("r4", Revision("r4", "r3", $$"""
            {{Up}}
            op.AutocommitBlock(() =>
            {
                op.CreateIndex("ix_item_note", "item", ["note"], concurrently: true);
                op.Execute("INSERT INTO log (what) VALUES ('r4')");
            });
            {{Up}}
            """, """op.DropIndex("ix_item_note", "item"); op.Execute("UPDATE counter SET n = n - 2");""")));
}

/// <summary>A migration: the revision to begin at, and the command with its argument.</summary>
internal sealed record Move(string From, string Command, string To)
{
    public string[] Arguments => [Command, To];
}
