using System.Globalization;
using System.Text.RegularExpressions;
using Journeys;
using Microsoft.Data.Sqlite;

namespace Faults;

/// <summary>A folder with two databases, what is known of their copies, and all else that lies there.</summary>
internal sealed class CopiesWorld : IDisposable
{
    private const int Kept = 6;

    // Two of the four lose rows on the way up, and all on the way down.
    private static readonly Lazy<string> Project = new(() => Scenario.NewFolder(
        ("r1",
            Scenario.Revision("r1", "",
                """op.CreateTable("item", [new Column("n", SqlType.Integer, primaryKey: true), new Column("note", SqlType.Text)]);""",
            """op.DropTable("item");""")),
        ("r2", Scenario.Revision("r2", "r1", """op.CreateTable("more", [new Column("n", SqlType.Integer)]);""",
            """op.DropTable("more");""")),
        ("r3", Scenario.Revision("r3", "r2", """op.DropColumn("item", "note");""",
            """op.AddColumn("item", new Column("note", SqlType.Text));""")),
        ("r4", Scenario.Revision("r4", "r3", """op.AutocommitBlock(() => op.Execute("DELETE FROM item"));""", ""))));

    private static readonly Lazy<string> Begun = new(() =>
    {
        var file = Path.Combine(Project.Value, "begun.db");
        Deployer.Run($"sqlite:///{file}", ["upgrade", "r2"], Project.Value).Ok();
        return file;
    });

    // As they sort.
    private static readonly string[] Revisions = ["base", "r1", "r2", "r3", "r4"];

    private readonly string _folder = InstalledTool.NewFolder();
    private readonly Dictionary<string, string> _foreign = [];
    private readonly HashSet<string> _kept = [];
    private readonly OwnDatabase[] _databases;
    private long _clock;
    private int _written;

    public CopiesWorld()
    {
        _databases = [new(Path.Combine(_folder, "app.db")), new(Path.Combine(_folder, "app.db.eu"))];
        foreach (var database in _databases)
        {
            File.Copy(Begun.Value, database.File);
            database.Write(++_written);
        }
    }

    public void Do(CopyAct act)
    {
        var database = _databases[act.Database];
        switch (act.What)
        {
            case "write":
                database.Write(++_written);
                break;
            case "upgrade" or "downgrade":
                Command(database, act, [act.What, "--lock-timeout", "1", Revisions[act.Number % Revisions.Length]], null);
                break;
            case "restore" when database.Copies.Count > 0:
                var copy = database.Copies[act.Number % database.Copies.Count];
                Command(database, act, ["restore", copy.File], copy);
                break;
            case "foreign":
                AddForeign(database.File, act.Number);
                break;
            case "clock":
                _clock += (act.Number - 500) * 86_400L;
                break;
            case "keep" when database.Copies.Count > 0:
                var kept = Path.GetFileName(database.Copies[act.Number % database.Copies.Count].File);
                if (!_kept.Remove(kept))
                    _kept.Add(kept);
                break;
            case "lose":
                foreach (var end in new[] { "", "-journal", "-wal", "-shm" })
                    File.Delete(database.File + end);
                break;
        }
    }

    /// <summary>Each copy that is listed makes the database what it was when that was copied.</summary>
    public void RestoreAll()
    {
        foreach (var database in _databases)
        {
            _kept.UnionWith(database.Copies.Select(copy => Path.GetFileName(copy.File)));
            foreach (var copy in database.Copies.ToList())
                Command(database, new("restore", 0, 0, "", 0), ["restore", copy.File], copy);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Command(OwnDatabase database, CopyAct act, string[] arguments, Copy? restored)
    {
        var isFault = act.Trouble is "kill" or "enospc" or "eio";
        if (Once(database, arguments, restored, act.Trouble, act.Point) && isFault)
            Once(database, arguments, restored, "", 0);
    }

    /// <returns>Whether it failed.</returns>
    private bool Once(OwnDatabase database, string[] arguments, Copy? restored, string trouble, int point)
    {
        var before = database.Content;
        var files = Files();
        var environment = FaultLibrary.Below(_folder);
        environment["FAULT_KEPT"] = $"/{string.Join('/', _kept)}/";
        environment["FAULT_CLOCK"] = $"{_clock}";
        if (trouble is "kill" or "enospc" or "eio")
            (environment["FAULT_AT"], environment["FAULT_KIND"]) = ($"{point}", trouble);
        Result result;
        using (trouble is "reader" or "writer" && before.Length > 0 ? database.Use(isWriter: trouble == "writer") : null)
            result = Deployer.Run($"sqlite:///{database.File}", arguments, Project.Value, environment);
        var told = $"{string.Join(' ', arguments)} ({trouble} {point}): exit {result.Code}: {result.Out}{result.Error}";
        var isUndisturbed = trouble.Length == 0 || before.Length == 0 && trouble is "reader" or "writer";

        foreach (var (file, state) in _foreign)
            Assert.AreEqual(state, State(file), $"{file} was touched\n{told}");
        CheckFiles(database, files, before, result.Code == 0 ? restored : null, told, trouble is "kill" or "enospc" or "eio");
        var after = database.Content;
        var lost = Rows(before).Except(Rows(after)).Except(database.Copies.SelectMany(copy => Rows(copy.Content))).ToList();
        Assert.IsEmpty(lost, $"rows are lost: {string.Join(' ', lost)}\n{told}");
        if (restored is not null)
            Assert.IsTrue(after == restored.Content || (result.Code != 0 && after == before),
                $"It is neither what it was nor what the copy is:\n{before}\n\n{restored.Content}\n\n{after}\n{told}");
        // The way up to an earlier revision, and down to a later one, is none.
        var (at, to) = (Revision(before), arguments[^1]);
        var isWay = restored is not null || (arguments[0] == "upgrade" ? string.CompareOrdinal(at, to) < 0
            : string.CompareOrdinal(at, to) > 0);
        if (!isWay && before.Length > 0)
            Assert.AreEqual(before, after, told);
        else if (result.Code == 0 && restored is null)
            Assert.AreEqual(to, Revision(after), told);
        if (isUndisturbed && isWay)
            Assert.AreEqual(0, result.Code, told);
        return result.Code != 0;
    }

    private void CheckFiles(OwnDatabase database, HashSet<string> files, string before, Copy? restored, string told, bool isFault)
    {
        var now = Files();
        foreach (var added in now.Except(files))
        {
            if (database.IsBeside(added))
                continue;
            var isCopy = database.Form.IsMatch(added);
            Assert.IsTrue(isCopy || (isFault && database.UnfinishedForm.IsMatch(added)), $"There is a new file {added}\n{told}");
            if (!isCopy)
                continue;
            var copy = new Copy(Path.Combine(_folder, added), OwnDatabase.ContentOf(Path.Combine(_folder, added), isCopy: true));
            // A run copies before the first step that may lose rows; those before it add a table without any.
            if (added.Contains("-replaced.", StringComparison.Ordinal))
                Assert.AreEqual(before, copy.Content, told);
            else
                CollectionAssert.AreEqual(Rows(before).ToArray(), Rows(copy.Content).ToArray(), told);
            Assert.IsTrue(Regex.IsMatch(added, $@"-({Revision(copy.Content)}|replaced)\.\d+\.backup\z"), $"{added}\n{told}");
            database.Copies.Add(copy);
        }
        var newest = database.Copies.TakeLast(Kept).Select(copy => Path.GetFileName(copy.File)).ToHashSet();
        foreach (var removed in files.Except(now).Where(file => !database.IsBeside(file)))
        {
            Assert.IsTrue(database.Form.IsMatch(removed) || database.UnfinishedForm.IsMatch(removed), $"{removed} is gone\n{told}");
            Assert.DoesNotContain(removed, newest, $"{removed} is one of the {Kept} newest\n{told}");
            database.Copies.RemoveAll(copy => Path.GetFileName(copy.File) == removed);
        }
        if (restored is not null)
            Assert.Contains(Path.GetFileName(restored.File), now, $"What was restored is gone\n{told}");
        foreach (var copy in database.Copies)
            Assert.AreEqual(copy.Content, OwnDatabase.ContentOf(copy.File, isCopy: true), $"{copy.File} is not what was copied\n{told}");
        var listed = Call.Start($"sqlite:///{database.File}", ["restore"], Project.Value).Wait().Ok().Out.Split('\n')
            .Where(line => line.Contains(" (", StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(" (", StringComparison.Ordinal)]);
        CollectionAssert.AreEqual(database.Copies.Select(copy => copy.File).Reverse().ToArray(), listed.ToArray(), told);
    }

    private void AddForeign(string database, int number)
    {
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(number * 37)
            .ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var hex = number.ToString("x32", CultureInfo.InvariantCulture);
        string[] names =
        [
            $".{time[..8]}.backup", ".backup", ".bak", "~", ".old", $".{time}-r1.0.backup", $".{time}-r1.01.backup",
            $".{time[..^1]}-r1.1.backup", $".2020{number % 10}399T000000Z-r1.1.backup",
            $".{time}-r1.1.backup.gz", $".{time}-r1.1.backup.old", $".{time}-r1.1.backup.tmp",
            $".{time}-r1.1.backup.{hex[1..]}.tmp", $".{time}-r1.1.backup.{hex}.TMP", $".{time}-r1.1.backup.{hex}.tmp.1",
            $".{time}-é.1.backup", $".{time}-.1.backup", $".{time}-r1 r2.1.backup", $".{time}-r1.1.backup\n",
            $".us.{time}-r1.{number}.backup", $".{time}-r1.1.Backup", $".{time}-r1.1.backup ", $".{time}-r1.12345678901.backup",
            $".{time}-r1.1.backup.{time}-r2.1.backup", "-alembic", "-alembic-lock.old", "-backup", $" {time}-r1.1.backup",
        ];
        // A folder and a link may even bear the name of a copy.
        var file = number % 5 > 1 ? database + names[number % names.Length]
            : number % 5 == 1 ? Path.Combine(_folder, $"x{Path.GetFileName(database)}.{time}-r1.{number}.backup")
            : $"{database}.{time}-r1.{number + 1}.backup{(number % 3 == 0 ? $".{hex}.tmp" : "")}";
        if (Path.Exists(file))
            return;
        if (number % 5 != 0)
            File.WriteAllText(file, $"mine {number}");
        else if (number % 2 == 0)
            Directory.CreateDirectory(file);
        else
            File.CreateSymbolicLink(file, Path.Combine(Project.Value, "alembic.ini"));
        _foreign[file] = State(file);
    }

    private static string Revision(string content) =>
        Regex.Match(content, @"(?m)^alembic_version: (r\d)") is { Success: true } match ? match.Groups[1].Value : "base";

    private static IEnumerable<string> Rows(string content) =>
        content.Split('\n').Where(line => line.StartsWith("item: ", StringComparison.Ordinal) && line.Length > 6)
        .Select(line => line.Split('|')[0]);

    private HashSet<string> Files() =>
        [.. Directory.EnumerateFileSystemEntries(_folder).Where(file => !_foreign.ContainsKey(file))
            .Select(file => Path.GetFileName(file))];

    private static string State(string file) => new FileInfo(file) switch
    {
        { LinkTarget: { } target } => $"a link to {target}",
        { Exists: true } info => $"{File.ReadAllText(file)}, {info.LastWriteTimeUtc:O}, {info.UnixFileMode}",
        _ => Directory.Exists(file) ? "a folder" : "nothing",
    };
}

/// <summary>A copy that is there.</summary>
/// <param name="Content">What the database was when it was copied.</param>
internal sealed record Copy(string File, string Content);

/// <summary>One of the databases.</summary>
internal sealed class OwnDatabase(string file)
{
    public string File => file;

    /// <summary>In the order in which they were made.</summary>
    public List<Copy> Copies { get; } = [];

    public Regex Form { get; } =
        new($@"\A{Regex.Escape(Path.GetFileName(file))}\.\d{{8}}T\d{{6}}Z-(base|r\d|replaced)\.[1-9]\d*\.backup\z");

    public Regex UnfinishedForm { get; } =
        new($@"\A{Regex.Escape(Path.GetFileName(file))}\.\d{{8}}T\d{{6}}Z-(base|r\d|replaced)\.[1-9]\d*\.backup\.[0-9a-f]{{32}}\.tmp\z");

    /// <summary>All that is in it; empty for no database.</summary>
    public string Content => System.IO.File.Exists(file) ? ContentOf(file, isCopy: false) : "";

    /// <summary>Whether a file is the database or one that belongs to it while it is used.</summary>
    public bool IsBeside(string name) =>
        new[] { "", "-journal", "-wal", "-shm", "-alembic-lock" }.Any(end => name == Path.GetFileName(file) + end);

    public void Write(int n)
    {
        if (!Content.Contains("\nitem\n", StringComparison.Ordinal))
            return;
        using var connection = Open(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode = {(n % 3 == 0 ? "wal" : "delete")}; INSERT INTO item (n) VALUES ({n})";
        command.ExecuteNonQuery();
    }

    /// <summary>Somebody has a transaction on it until the result is disposed.</summary>
    public SqliteConnection Use(bool isWriter)
    {
        var connection = Open(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = isWriter ? "BEGIN IMMEDIATE" : "BEGIN; SELECT count(*) FROM sqlite_schema";
        command.ExecuteScalar();
        return connection;
    }

    public static string ContentOf(string file, bool isCopy)
    {
        using var connection = Open(file, isCopy ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite);
        var tables = Rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")
            .ToList();
        return string.Join('\n', ["", .. tables,
            .. Rows(connection, "SELECT sql FROM sqlite_schema ORDER BY name"),
            .. tables.SelectMany(table => Rows(connection, $"SELECT * FROM {table} ORDER BY 1")
            .DefaultIfEmpty("").Select(row => $"{table}: {row}"))]);
    }

    private static IEnumerable<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetValue(i)}"));
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
