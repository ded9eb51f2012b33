using Alembic.Migrations;
using Alembic.Operations;

namespace Alembic.Tool;

/// <summary>Creates the migrators of one of the environment's databases. They differ by the database that they migrate.</summary>
internal sealed record Migrators(MigrationSet Migrations, MigratorOptions Options)
{
    public Migrator Of(Database database) => new(database, Migrations, Options);

    public Migrator ForScripts(Dialect dialect, IReadOnlyList<string> start, Database? replica) =>
        Migrator.ForScripts(dialect, Migrations, start, Options, replica);
}
