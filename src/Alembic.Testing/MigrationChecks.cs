using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Testing;

/// <summary>
/// Checks of an application's migrations, for any test framework. A failed check throws <see cref="MigrationCheckException"/>.
/// </summary>
public static class MigrationChecks
{
    /// <summary>Checks that the history has one head: no revisions of different branches wait for a merge.</summary>
    /// <param name="migrations">The migrations.</param>
    public static void HasSingleHead(MigrationSet migrations)
    {
        var heads = migrations.Map.Heads.Select(head => head.Id).ToList();
        if (heads.Count > 1)
            throw new MigrationCheckException(
                $"There are {heads.Count} heads: {string.Join(", ", heads)}; dotnet alembic merge heads joins them");
    }

    /// <summary>
    /// Checks each revision, from the first one on: after the upgrade, its downgrade restores the schema from before, and a second
    /// upgrade gives the same schema as the first. The order of columns may change.
    /// </summary>
    /// <param name="migrations">The migrations.</param>
    /// <param name="database">An empty database. It is at the heads afterwards.</param>
    /// <param name="options">How migrations are run; null for the defaults.</param>
    /// <exception cref="MigrationException">A migration fails.</exception>
    public static void GoUpAndDown(MigrationSet migrations, Database database, MigratorOptions? options = null)
    {
        using var migrator = new Migrator(database, migrations, options);
        foreach (var id in migrator.PlanUpgrade("heads").Steps.Select(step => step.Revision!.Id))
        {
            var before = SchemaSnapshot.Of(migrator);
            Upgrade(id);
            var after = SchemaSnapshot.Of(migrator);
            Downgrade(id);
            Expect(before, $"{id}: downgrade does not restore the schema from before upgrade");
            Upgrade(id);
            Expect(after, $"{id}: after a downgrade, upgrade gives a different schema than the first time");
        }

        void Upgrade(string id) => migrator.Apply(migrator.PlanUpgrade(id));

        void Downgrade(string id)
        {
            // A downgrade of a merge leads to all revisions that it joins.
            var down = migrations.Map.Resolve(id).Single().Revision.Down;
            var plan = migrator.PlanDowngrade(down.Count > 1 ? down[0] : $"{id}@-1");
            if (plan.Steps is not [{ Revision: { } only }] || only.Id != id)
                throw new MigrationCheckException($"{id}: cannot be downgraded alone: {string.Join("; ", plan.Steps)}");
            migrator.Apply(plan);
        }

        void Expect(SchemaSnapshot expected, string what)
        {
            if (SchemaSnapshot.Of(migrator).DifferencesTo(expected) is { Count: > 0 } differences)
                throw new MigrationCheckException($"{what}; what would fix it:\n{string.Join('\n', differences)}");
        }
    }

    /// <summary>Checks that the migrations create what the model says: autogenerate would find nothing.</summary>
    /// <param name="model">The model.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="database">A database that is empty or was migrated. It is at the heads afterwards.</param>
    /// <param name="options">How migrations are run and the model compared; null for the defaults.</param>
    /// <exception cref="MigrationException">A migration fails.</exception>
    public static void Match(MetaData model, MigrationSet migrations, Database database, MigratorOptions? options = null)
    {
        using var migrator = new Migrator(database, migrations, options);
        migrator.Apply(migrator.PlanUpgrade("heads"));
        if (migrator.Compare(model) is { IsEmpty: false } comparison)
            throw new MigrationCheckException(
                "The migrations do not create what the model has; missing "
                    + $"is:\n{string.Join('\n', comparison.UpgradeOperations.Select(new CodeWriter().Write))}");
    }

    /// <summary>
    /// Checks that the script of all migrations does what a run does: the same schema, as many rows in each table, the same revisions.
    /// </summary>
    /// <param name="migrations">The migrations.</param>
    /// <param name="database">An empty database. It is at the heads afterwards.</param>
    /// <param name="scripted">Another empty database, for the script.</param>
    /// <param name="options">How migrations are run and scripts written; null for the defaults.</param>
    /// <exception cref="OfflineException">A migration asks the database, and so has no script.</exception>
    /// <exception cref="MigrationException">A migration fails.</exception>
    public static void HaveScripts(
        MigrationSet migrations, Database database, Database scripted, MigratorOptions? options = null)
    {
        ScriptRunner.Run(Script(), scripted);
        using var run = new Migrator(database, migrations, options);
        run.Apply(run.PlanUpgrade("heads"));
        using var other = new Migrator(scripted, migrations, options);
        if (!run.Revisions().ToHashSet().SetEquals(other.Revisions()))
            throw new MigrationCheckException(
                $"The script ends at {Named(other.Revisions())}, but a run ends at {Named(run.Revisions())}");
        var (expected, found) = (SchemaSnapshot.Of(run), SchemaSnapshot.Of(other));
        if (found.DifferencesTo(expected) is { Count: > 0 } differences)
            throw new MigrationCheckException(
                $"The script gives a different schema than a run; what would fix it:\n{string.Join('\n', differences)}");
        if (expected.CountRows(run).Except(found.CountRows(other)).ToList() is { Count: > 0 } rows)
            throw new MigrationCheckException($"The script leaves different rows than a run, which leaves:\n{string.Join('\n', rows)}");

        string Script()
        {
            using var replica = Migrator.ForScripts(database.Dialect, migrations, [], options, database.Replica(withTables: false));
            using var writer = new StringWriter { NewLine = "\n" };
            replica.Script(replica.PlanUpgrade("heads"), writer);
            return writer.ToString();
        }

        static string Named(IReadOnlyList<string> revisions) => revisions.Count == 0 ? "nothing" : string.Join(", ", revisions);
    }
}
