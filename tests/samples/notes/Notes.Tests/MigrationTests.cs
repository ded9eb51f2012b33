using Alembic.Migrations;
using Alembic.Sqlite;
using Alembic.Testing;
using Microsoft.Data.Sqlite;

namespace Notes.Tests;

[TestClass]
public sealed class MigrationTests : IDisposable
{
    private static readonly MigrationSet Migrations = MigrationSet.FromAssembly(typeof(NoteStore).Assembly);

    // In memory: it is gone when the connection closes.
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public MigrationTests() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    [TestMethod]
    public void There_is_one_head() => MigrationChecks.HasSingleHead(Migrations);

    [TestMethod]
    public void Every_revision_goes_up_and_down() => MigrationChecks.GoUpAndDown(Migrations, new SqliteDatabase(_connection));

    [TestMethod]
    public void The_migrations_make_what_the_model_says() =>
        MigrationChecks.Match(Models.MetaData, Migrations, new SqliteDatabase(_connection));

    [TestMethod]
    public void Pinning_starts_with_nothing_pinned() => Assert.AreEqual(
        """
        ALTER TABLE note ADD COLUMN pinned BOOLEAN DEFAULT 0 NOT NULL
        CREATE INDEX ix_note_pinned ON note (pinned)
        """,
        RecordedMigration.Upgrade(Migrations, "c27a4e80b6f3", "sqlite").Sql);
}
