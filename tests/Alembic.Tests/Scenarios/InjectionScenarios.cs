using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Scenarios;

/// <summary>
/// Text of any origin, wherever a migration may have it, becomes no statement: afterwards the database holds what was meant, and nothing
/// else.
/// </summary>
public abstract partial class DatabaseScenarios
{
    /// <summary>A query for what is beside the tables: roles, routines, views, triggers.</summary>
    private protected abstract string Surroundings { get; }

    /// <summary>
    /// Where each statement is noted in a journal, which takes its time, every so manyth text is tried online; in a script, where the text
    /// of the statements is the same, all are.
    /// </summary>
    private protected virtual int Every => 1;

    /// <summary>Whether a name of the text is refused before anything is sent.</summary>
    private protected virtual bool IsNoName(string name) => false;

    private IEnumerable<int> Texts => Enumerable.Range(0, HostileText.All.Count).Where(i => !IsNoName(Name(i)));

    [TestMethod]
    public void Hostile_text_stays_text()
    {
        int[] texts = [.. Texts.Where(i => i % Every == 0)];
        var database = Empty(null);
        using var story = TellHostile(database, texts).Upgrade("start");
        var around = Around(database);
        story.Upgrade();
        Holds(database, texts, around);
        story.Downgrade("start");
        Holds(database, [], around);
    }

    [TestMethod]
    public void Hostile_text_in_a_script_stays_text()
    {
        int[] texts = [.. Texts];
        var database = Empty(null);
        using var story = TellHostile(database, texts);
        Feed(story.Script("start"));
        var around = Around(database);
        Feed(story.Script("heads", "start"));
        Holds(database, texts, around);
        Feed(story.ScriptDown("start", Id(texts[^1])));
        Holds(database, [], around);
    }

    private static string Id(int i) => string.Concat(HostileText.All[i].Where(c => !"@+-:".Contains(c))) + i;

    // The clients of some databases leave out the first character of such a line end, and there it cannot be written otherwise.
    private static string Default(int i) => HostileText.All[i].Replace("\r\n", "\r", StringComparison.Ordinal);

    private static string Name(int i) => Default(i) + i;

    private static bool IsAltered(int i) => i % 4 == 0;

    // A revision for each text, in whose id and message it stands, too.
    private static Story TellHostile(Database database, int[] texts)
    {
        var story = new Story { Database = () => database }.Then("start",
            op => op.CreateTable(HostileText.Victim, [new Column("a", SqlType.Integer)]));
        foreach (var (at, i) in texts.Index())
            story.Then(new Revision(Id(i), [at == 0 ? "start" : Id(texts[at - 1])], text: HostileText.All[i]),
                op => Make(op, Name(i), HostileText.All[i], Default(i), IsAltered(i)), op => op.DropTable(Name(i)));
        return story;
    }

    /// <summary>All that may have text in it.</summary>
    internal static void Make(Op op, string name, string text, string defaultText, bool isAltered)
    {
        var table = isAltered ? name + "o" : name;
        op.CreateTable(
            table,
            [
                new Column("id", SqlType.Integer, primaryKey: true),
                new Column(name, SqlType.String(80), serverDefault: defaultText, comment: text),
                new UniqueConstraint([name, "id"], name + "u"), new CheckConstraint($"{op.Dialect.Quote(name)} <> ''", name + "c"),
                .. isAltered ? [] : new SchemaItem[] { new TableIndex(name + "x", [name]) },
            ],
            comment: text);
        if (isAltered)
        {
            op.RenameTable(table, name);
            op.CreateIndex(name + "x", name, [name]);
            op.Execute($"INSERT INTO {op.Dialect.Quote(name)} (id, {op.Dialect.Quote(name)}) VALUES (3, @text)", new { text });
        }
        op.BulkInsert(name, ["id", name], [[1, text]]);
        op.BulkInsert(name, ["id"], [[2]]);
    }

    private IEnumerable<string> Expected(int i)
    {
        var text = HostileText.All[i];
        var comment = Dialect.HasComments ? text : null;
        return [$"table {Name(i)}: id, {Name(i)}; {Name(i)}x; {comment}; {comment}; {Default(i)}",
            $"rows {Name(i)}: {text}; {Default(i)}{(IsAltered(i) ? "; " + text : "")}"];
    }

    private void Holds(Database database, int[] texts, IReadOnlyList<string> around)
    {
        using var session = new OnlineSession(database, NullLogger.Instance);
        var tables =
            Dialect.Inspect(session, allSchemas: false).Tables.Where(
                t => t.Name != HostileText.Victim && !t.Name.StartsWith("alembic_", StringComparison.Ordinal)).ToList();
        var held = tables.SelectMany(table =>
        {
            var column = table.Columns.Last();
            var rows = session.Query(new Statement($"SELECT * FROM {Dialect.Quote(table.Name)} ORDER BY id"))
                .Select(row => row[column.Name]);
            return new[]
            {
                $"table {table.Name}: {string.Join(", ", table.Columns.Select(c => c.Name))}; "
                    + $"{string.Join(", ", table.Indexes.Where(x => !x.Unique).Select(x => x.Name))}; {table.Comment}; {column.Comment}; "
                    + $"{column.ServerDefault?.Value}",
                $"rows {table.Name}: {string.Join("; ", rows)}",
            };
        });
        Same(texts.SelectMany(Expected), held);
        Same(around, Around(database));
        Assert.IsTrue(Dialect.HasTable(session, null, HostileText.Victim));
        var version = session.Query(new Statement("SELECT version_num FROM alembic_version")).Select(row => (string)row["version_num"]!);
        Same([texts.Length > 0 ? Id(texts[^1]) : "start"], version);
        Assert.IsEmpty(Directory.GetFiles(Directory.GetCurrentDirectory(), "pwned*"));
    }

    // Control characters can be told from each other in what a test says.
    private static void Same(IEnumerable<string> expected, IEnumerable<string> held)
    {
        var (wanted, found) = (expected.Select(CodeWriter.Literal).ToList(), held.Select(CodeWriter.Literal).ToList());
        Assert.AreEqual(string.Join('\n', wanted.Except(found)), string.Join('\n', found.Except(wanted)));
        Assert.HasCount(wanted.Count, found);
    }

    private IReadOnlyList<string> Around(Database database)
    {
        using var session = new OnlineSession(database, NullLogger.Instance);
        return [.. session.Query(new Statement(Surroundings)).Select(row => Convert.ToString(row.Values.First())!)
            .Order(StringComparer.Ordinal)];
    }
}
