using Alembic.Migrations;

namespace Alembic.Tests.Migrations;

/// <summary>The verbs as an application uses them: they take values and return records.</summary>
[TestClass]
public sealed class MigratorVerbsTests
{
    [TestMethod]
    public void Status_plan_and_report_say_the_same()
    {
        using var story = Two();
        using var migrator = story.Migrator();
        var before = migrator.Status();
        Assert.AreEqual(("", "a1 b2", false),
            (string.Join(' ', before.Applied), string.Join(' ', before.Pending.Select(r => r.Id)), before.IsAtHead));

        var plan = migrator.PlanUpgrade("a1");
        Assert.AreEqual("upgrade  -> a1", string.Join("; ", plan.Steps));
        Assert.IsFalse(story.HasFile);
        var report = migrator.Apply(plan);
        Assert.AreEqual(("upgrade  -> a1", "a1"),
            (string.Join("; ", report.Applied.Select(s => s.Step)), string.Join(' ', report.Revisions)));

        migrator.Apply(migrator.PlanUpgrade("heads"));
        var after = migrator.Status();
        Assert.AreEqual(("b2", "", true),
            (string.Join(' ', after.Applied), string.Join(' ', after.Pending.Select(r => r.Id)), after.IsAtHead));
        Assert.IsNull(after.Unfinished);
        Assert.AreEqual("b2", string.Join(' ', migrator.Apply(migrator.PlanUpgrade("heads")).Revisions));
    }

    [TestMethod]
    public void A_failure_carries_what_was_applied_and_where_the_database_stands()
    {
        using var story = Two().Then("c3", op => op.Execute("nonsense")).Then("d4", _ => { });
        using var migrator = story.Migrator();
        var failure = Assert.Throws<MigrationFailedException>(() => migrator.Apply(migrator.PlanUpgrade("heads")));
        Assert.AreEqual("a1 b2", string.Join(' ', failure.Report!.Applied.Select(s => s.Step.Revision!.Id)));
        Assert.AreEqual("b2", string.Join(' ', failure.Report.Revisions));
        Assert.AreEqual("b2", string.Join(' ', migrator.Revisions()));
    }

    [TestMethod]
    public void With_one_transaction_for_the_run_a_failure_reports_nothing_as_applied()
    {
        using var story = Two().Then("c3", op => op.Execute("nonsense"));
        story.Options = options => options.TransactionPerMigration = false;
        using var migrator = story.Migrator();
        var failure = Assert.Throws<MigrationFailedException>(() => migrator.Apply(migrator.PlanUpgrade("heads")));
        Assert.IsEmpty(failure.Report!.Applied);
        Assert.IsEmpty(failure.Report.Revisions);
    }

    [TestMethod]
    public void A_plan_for_a_database_can_be_read_as_a_script_and_carried_out_afterwards()
    {
        using var story = Two();
        using var migrator = story.Migrator();
        migrator.Apply(migrator.PlanUpgrade("a1"));
        var plan = migrator.PlanUpgrade("heads");
        var script = new StringWriter();
        migrator.Script(plan, script);
        Assert.Contains("-- Running upgrade a1 -> b2", script.ToString());
        Assert.DoesNotContain("CREATE TABLE alembic_version", script.ToString());
        migrator.Apply(plan);
        Assert.AreEqual("b2", story.Versions());
    }

    [TestMethod]
    public void A_run_that_cannot_have_the_lock_reports_that_nothing_was_done()
    {
        using var story = Two().Upgrade("a1");
        story.LockTimeout = TimeSpan.Zero;
        story.Database = () => new TestDatabase(new Alembic.Databases.Sqlite.SqliteDialect(), () => story.Open(), "sqlite://")
        {
            Busy = e => e is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 },
            Beginning = connection =>
            {
                ((Microsoft.Data.Sqlite.SqliteConnection)connection).DefaultTimeout = 1;
                return connection.BeginTransaction();
            },
        };
        using var other = story.Open();
        using var transaction = other.BeginTransaction();
        using var migrator = story.Migrator();
        var failure = Assert.Throws<LockTimeoutException>(() => migrator.Apply(migrator.PlanUpgrade("heads")));
        Assert.AreEqual((0, "a1"), (failure.Report!.Applied.Count, string.Join(' ', failure.Report.Revisions)));
        Assert.IsNotNull(migrator.Status().LockHolder);
    }

    private static Story Two() => new Story()
        .Then("a1", op => op.Execute("CREATE TABLE a (id INTEGER)"))
        .Then("b2", op => op.Execute("CREATE TABLE b (id INTEGER)"));
}
