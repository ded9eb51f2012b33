using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Tests.Commands;

/// <summary>The copy of a SQLite database that is made before what may cost rows, and the way back from it.</summary>
[TestClass]
public sealed class BackupTests : IDisposable
{
    private readonly Project _project = new();

    public BackupTests()
    {
        _project.Revision("a1", "table", upgrade: """
            op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("n", SqlType.Text), new Column("m", SqlType.Text)]);
            """, downgrade: "op.DropTable(\"t\");");
        _project.Run("upgrade", "a1").Ok();
    }

    private IReadOnlyList<string> Copies => [.. Directory.GetFiles(_project.Folder, "test.db.*.backup").Order(StringComparer.Ordinal)];

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("op.DropTable(\"t\");")]
    [DataRow("op.DropColumn(\"t\", \"m\");")]
    [DataRow("op.AlterColumn(\"t\", \"n\", nullable: false);")]
    [DataRow("op.BatchAlterTable(\"t\", batch => batch.CreateUniqueConstraint(\"uq\", [\"n\"]));")]
    [DataRow("op.Execute(\"drop table t\");")]
    [DataRow("op.Execute(\"ALTER TABLE t DROP COLUMN m\");")]
    [DataRow("op.Execute(\"UPDATE t SET n = ''; DELETE FROM t\");")]
    [DataRow("op.AutocommitBlock(() => op.Execute(\"DELETE FROM t\"));")]
    [DataRow("op.Execute(\"WITH old AS (SELECT 1 AS id) DELETE FROM t WHERE id IN (SELECT id FROM old)\");")]
    [DataRow("op.Query(\"DELETE FROM t RETURNING id\");")]
    [DataRow("op.AutocommitBlock(() => op.Query(\"DELETE FROM t RETURNING id\"));")]
    [DataRow("op.DeleteData(\"t\", [\"id\"], [[1]]);")]
    [DataRow("op.Execute(\"UPDATE t SET n = ''\"); op.DropTable(\"t\");")]
    public void What_may_cost_rows_is_preceded_by_a_copy_from_which_the_database_is_as_before(string change)
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL), (7, 'y', 'z'); CREATE INDEX ix ON t (n DESC); CREATE VIEW v AS SELECT n FROM t");
        var before = Content();
        _project.Revision("b2", "loss", "a1", change);

        var result = _project.Run("upgrade", "head").Ok();

        Assert.HasCount(1, Copies);
        Assert.Contains(
            $"hint: the database from before the run is in {Copies[0].Replace(_project.Folder, "<DIR>", StringComparison.Ordinal)}; "
                + "dotnet alembic restore restores it\n", result.Error);
        if (!OperatingSystem.IsWindows())
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Copies[0]));
        Assert.Contains(" (a1)", _project.Run("restore").Ok().Out);
        _project.Run("restore", Copies[0]).Ok();
        Assert.AreEqual(before, Content());
        Assert.AreEqual("a1\n", _project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void A_downgrade_is_preceded_by_a_copy_and_the_copy_by_none()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Run("downgrade", "base").Ok();
        Assert.HasCount(1, Copies);
        Assert.IsEmpty(_project.Rows("SELECT name FROM sqlite_schema WHERE name = 't'"));

        _project.Run("restore", System.IO.Path.GetFileName(Copies[0])).Ok();
        Assert.AreEqual("1|x|NULL", _project.Rows("SELECT * FROM t").Single());
        Assert.HasCount(1, Copies, "there were no rows left to save");
    }

    [TestMethod]
    public void What_costs_nothing_is_not_copied()
    {
        _project.Run("downgrade", "base").Ok();
        _project.Run("upgrade", "head").Ok();
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Revision("b2", "more", "a1", """
            op.AddColumn("t", new Column("k", SqlType.Text)); op.CreateIndex("ix", "t", ["n"]); op.AlterColumn("t", "n", newColumnName: "n2"); op.RenameTable("t", "t2");
            op.Execute("CREATE TABLE child (t_id INTEGER REFERENCES t2 ON DELETE CASCADE); INSERT INTO child VALUES (1)");
            """);
        _project.Run("upgrade", "head").Ok();
        Assert.IsEmpty(Copies);
    }

    [TestMethod]
    public void Only_the_first_loss_of_a_run_is_preceded_by_a_copy()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Revision("b2", "one", "a1", "op.DropColumn(\"t\", \"m\");");
        _project.Revision("c3", "two", "b2", "op.DropTable(\"t\");");
        _project.Run("upgrade", "head").Ok();
        Assert.HasCount(1, Copies);
    }

    [TestMethod]
    [DataRow("DELETE")]
    [DataRow("WAL")]
    public void A_migration_that_wrote_more_than_fits_the_memory_before_begins_again_after_the_copy(string journal)
    {
        _project.Sql($"PRAGMA journal_mode={journal}; INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Revision("b2", "large", "a1", """
            op.Execute("WITH RECURSIVE c(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM c WHERE i < 60000) INSERT INTO t SELECT i, hex(randomblob(60)), NULL FROM c");
            op.DropColumn("t", "m");
            """);
        _project.Run("upgrade", "head").Ok();
        Assert.AreEqual("60000", _project.Rows("SELECT count(*) FROM t").Single());
        _project.Run("restore", Copies.Single()).Ok();
        Assert.AreEqual("1|x|NULL", _project.Rows("SELECT * FROM t").Single());
        Assert.HasCount(2, Copies, "the database as it was before it was restored is saved, too");
    }

    [TestMethod]
    public void A_copy_is_made_elsewhere_or_not_at_all_when_that_is_asked_for()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Revision("b2", "loss", "a1", "op.DropColumn(\"t\", \"m\");", "op.AddColumn(\"t\", new Column(\"m\", SqlType.Text));");
        _project.Run("upgrade", "head", "--no-backup").Ok();
        _project.Run("downgrade", "-1", "--no-backup").Ok();
        Assert.IsEmpty(Copies);

        _project.Run("upgrade", "head", "--backup=mine.copy").Ok();
        _project.Run("downgrade", "-1", "--no-backup").Ok();
        var refused = _project.Run("upgrade", "head", "--backup=mine.copy");
        Assert.AreEqual(1, refused.Code);
        Assert.Contains("FAILED: Can't copy the database to <DIR>/mine.copy", refused.Error);
        Assert.AreEqual("a1\n", _project.Run("current").Ok().Out);

        var ini = File.ReadAllText(_project.Path("alembic.ini"));
        _project.Write("alembic.ini", ini.Replace("[alembic]", "[alembic]\nbackup = false", StringComparison.Ordinal));
        _project.Run("upgrade", "head").Ok();
        _project.Run("downgrade", "-1").Ok();
        Assert.IsEmpty(Copies);
        _project.Write("alembic.ini", ini.Replace("[alembic]", "[alembic]\nbackup = %(here)s/copies", StringComparison.Ordinal));
        _project.Run("upgrade", "head").Ok();
        Assert.HasCount(1, Directory.GetFiles(_project.Path("copies")));
        Assert.Contains("<DIR>/copies/test.db.", _project.Run("restore").Ok().Out);
    }

    [TestMethod]
    public void Backup_saves_the_database_before_anything_is_done()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Revision("b2", "more", "a1", "op.AddColumn(\"t\", new Column(\"k\", SqlType.Text));");
        _project.Run("upgrade", "--backup", "head").Ok();
        Assert.HasCount(1, Copies);
    }

    [TestMethod]
    public void Old_copies_go_and_others_stay()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        for (var day = 1; day <= 9; day++)
            _project.Write($"test.db.2020010{day}T000000Z-a1.backup", "");
        string[] others =
        [
            "other.db.20200101T000000Z-a1.backup", "test.db.mine", "test.db.20250101.backup", "test.db.1-before-launch.backup",
            "test.db.20250199T000000Z-a1.backup",
            "test.db.eu.20200101T000000Z-a1.backup", "xtest.db.20200101T000000Z-a1.backup", "test.db.20200101T000000Z-a1.backup.old",
            "test.db.20200101T000000Z-a1.tmp",
        ];
        foreach (var other in others)
            _project.Write(other, "");
        // A link, and what it leads to.
        File.CreateSymbolicLink(_project.Path("test.db.20190101T000000Z-a1.backup"), _project.Path("test.db.mine"));
        others = [.. others, "test.db.20190101T000000Z-a1.backup"];
        // What a run leaves that was killed while it copied.
        var unfinished = _project.Path($"test.db.20200109T000000Z-a1.7.backup.{Guid.NewGuid():N}.tmp");
        File.WriteAllText(unfinished, "");
        Assert.DoesNotContain(".tmp", _project.Run("restore").Ok().Out);
        _project.Run("downgrade", "base").Ok();
        var own = _project.Run("restore").Ok().Lines.Select(line => System.IO.Path.GetFileName(line.Split(' ')[0])).ToArray();
        Assert.HasCount(6, own);
        Assert.EndsWith("Z-a1.1.backup", own[0]);
        CollectionAssert.AreEqual(
            Enumerable.Range(5, 5).Reverse().Select(day => $"test.db.2020010{day}T000000Z-a1.backup").ToArray(), own[1..]);
        foreach (var other in others)
            Assert.IsTrue(File.Exists(_project.Path(other)), other);
        Assert.IsFalse(File.Exists(unfinished));
    }

    [TestMethod]
    public void Copies_of_a_database_with_a_write_ahead_log_leave_no_files_beside_them()
    {
        _project.Sql("PRAGMA journal_mode=WAL; INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Run("upgrade", "--backup=odd?name#100%.copy", "head").Ok();
        _project.Revision("b2", "more", "a1", "op.AddColumn(\"t\", new Column(\"k\", SqlType.Text));");
        _project.Run("upgrade", "--backup=odd?name#100%.copy", "head").Ok();
        _project.Run("downgrade", "base").Ok();
        Assert.Contains(" (b2)", _project.Run("restore").Ok().Out);
        _project.Run("restore", Copies.Single()).Ok();
        _project.Run("restore", "odd?name#100%.copy").Ok();
        Assert.AreEqual("a1\n", _project.Run("current").Ok().Out);
        Assert.AreEqual("wal", _project.Rows("PRAGMA journal_mode").Single());
        Assert.IsEmpty(Directory.GetFiles(_project.Folder, "*.*-wal").Concat(Directory.GetFiles(_project.Folder, "*.*-shm"))
            .Where(file => !file.Contains("test.db-", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_database_that_is_gone_comes_back_from_a_copy()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Run("downgrade", "base").Ok();
        File.Delete(_project.Path("test.db"));
        _project.Run("restore", Copies.Single()).Ok();
        Assert.AreEqual("1|x|NULL", _project.Rows("SELECT * FROM t").Single());
    }

    [TestMethod]
    public void The_copy_that_is_to_be_restored_stays_however_old_it_is()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Run("downgrade", "base").Ok();
        var oldest = Copies.Single();
        _project.Run("upgrade", "head").Ok();
        for (var i = 1; i <= 5; i++)
        {
            _project.Sql($"INSERT INTO t VALUES ({i}, 'later', NULL)");
            _project.Run("downgrade", "base").Ok();
            _project.Run("upgrade", "head").Ok();
        }
        _project.Sql("INSERT INTO t VALUES (7, 'last', NULL)");
        Assert.HasCount(6, Copies);
        _project.Run("restore", oldest).Ok();
        Assert.AreEqual("1|x|NULL", _project.Rows("SELECT * FROM t").Single());
        Assert.Contains(oldest, Copies);
    }

    [TestMethod]
    [DataRow("DELETE")]
    [DataRow("WAL")]
    public void Rows_that_are_committed_during_a_restore_are_in_the_database_or_in_the_copy_of_it(string journal)
    {
        _project.Sql($"PRAGMA journal_mode={journal}; INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Run("downgrade", "base").Ok();
        var copy = Copies.Single();
        _project.Run("restore", copy).Ok();
        using var isDone = new CancellationTokenSource();
        using var written = new AutoResetEvent(initialState: false);
        HashSet<string> committed = [];
        var writer = Task.Run(() =>
        {
            for (var i = 100; !isDone.IsCancellationRequested; i++)
            {
                try
                {
                    _project.Sql($"INSERT INTO t VALUES ({i}, 'w', NULL)");
                    committed.Add($"{i}");
                    written.Set();
                }
                catch (SqliteException)
                {
                    // The database is being restored.
                }
            }
        });
        var restored = 0;
        // On a busy machine the writer may be first for a long time.
        for (var i = 0; i < 4 || (restored == 0 && i < 40); i++)
        {
            written.Reset();
            Assert.IsTrue(written.WaitOne(TimeSpan.FromSeconds(60)), "nobody writes");
            restored += _project.Run("restore", copy).Code == 0 ? 1 : 0;
        }
        isDone.Cancel();
        writer.Wait();
        Assert.IsGreaterThan(0, restored);
        var kept = _project.Rows("SELECT id FROM t").Concat(Copies.SelectMany(file => RowsOf(file, "SELECT id FROM t")));
        Assert.IsEmpty(committed.Except(kept), $"of {committed.Count}");
    }

    [TestMethod]
    public void A_database_whose_migration_is_outside_of_its_transaction_is_not_restored()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Run("upgrade", "head", "--backup").Ok();
        _project.Run("downgrade", "base").Ok();
        using (new FileStream(_project.Path("test.db-alembic-lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            _project.Run("restore", Copies[0])
                .Fails(1, "<DIR>/test.db was not restored: a migration is running on it", "run the command again when it is done");
        _project.Run("restore", Copies[0]).Ok();
    }

    [TestMethod]
    public void A_database_that_a_link_leads_to_is_not_made_just_to_be_looked_at()
    {
        File.Delete(_project.Path("test.db"));
        File.CreateSymbolicLink(_project.Path("test.db"), _project.Path("real.db"));
        foreach (var command in new[] { "current", "check", "history" })
            _project.Run(command);
        Assert.IsFalse(File.Exists(_project.Path("real.db")));
        _project.Run("upgrade", "head").Ok();
        Assert.IsTrue(File.Exists(_project.Path("real.db")));
    }

    [TestMethod]
    public void What_is_no_copy_is_not_restored()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Run("downgrade", "base").Ok();
        var bytes = File.ReadAllBytes(Copies.Single());
        File.WriteAllBytes(_project.Path("short.backup"), bytes[..5000]);
        _project.Write("text.backup", "This is a text, and a rather long one, which nobody would take for a database.");
        _project.Write("empty.backup", "");
        File.WriteAllBytes(_project.Path("other.db.20200101T000000Z-a1.1.backup"), bytes);
        var before = Content();
        foreach (var (file, reason) in new[] { ("empty.backup", "empty.backup is not a copy of a database: it is empty"), ("test.db",
            "test.db is the database itself"),
            ("other.db.20200101T000000Z-a1.1.backup", "is a copy of another database, other.db"), ("short.backup",
                "short.backup"), ("text.backup", "text.backup is not a copy of a database"), ("none", "There is no file <DIR>/none") })
        {
            var result = _project.Run("restore", file);
            Assert.AreEqual(1, result.Code, file);
            Assert.Contains(reason, result.Error);
        }
        Assert.AreEqual(before, Content());
    }

    [TestMethod]
    public void A_database_in_use_is_not_restored()
    {
        _project.Sql("INSERT INTO t VALUES (1, 'x', NULL)");
        _project.Run("downgrade", "base").Ok();
        using var other = new SqliteConnection($"Data Source={_project.Path("test.db")};Pooling=False");
        other.Open();
        using var transaction = other.BeginTransaction();
        var result = _project.Run("restore", Copies.Single());
        Assert.AreEqual(1, result.Code);
        Assert.Contains("hint: stop the programs that use the database", result.Error);
    }

    private static IReadOnlyList<string> RowsOf(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        connection.Open();
        return connection.Rows(sql);
    }

    private string Content()
    {
        var tables = _project.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1");
        return string.Join("\n", [.. _project.Rows("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"),
            .. tables.SelectMany(t => _project.Rows($"SELECT rowid, * FROM {t} ORDER BY 1"))]);
    }
}
