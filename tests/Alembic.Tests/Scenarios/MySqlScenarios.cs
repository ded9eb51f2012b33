using Alembic.Databases.MySql;
using Alembic.Operations;
using Alembic.Tests.Databases.MySql;

namespace Alembic.Tests.Scenarios;

/// <summary>MySQL, where it is another thing than MariaDB.</summary>
[TestClass]
public sealed class MySqlScenarios : MariaDbScenarios
{
    private protected override MySqlServer Server => MySqlServer.MySql;

    private protected override Dialect Dialect { get; } = new MySqlDialect();

    private protected override IReadOnlyList<string> Unconditional =>
        [.. base.Unconditional, "CREATE TRIGGER t BEFORE INSERT ON account FOR EACH ROW SET @x = 1", "DROP PROCEDURE p",
            "ALTER DATABASE x CHARACTER SET utf8mb4"];

    private protected override Answer ValuesConverted =>
        new()
        {
            Error = "Incorrect integer value: 'x' for column 'note' at row 1",
            ClientError = "Incorrect integer value: 'x' for column 'note' at row 1"
        };

    private protected override Answer ColumnAddedIfNotExists => Answer.Refuses("MySQL has no ADD COLUMN IF NOT EXISTS");

    private protected override Answer ConstraintDroppedIfExists => Answer.Refuses("MySQL has no DROP CONSTRAINT IF EXISTS");

    private protected override Answer IndexCreatedIfNotExists => Answer.Refuses("MySQL has no CREATE INDEX IF NOT EXISTS");

    private protected override Answer IndexOfExpressions => Answer.Reads("+ account index ix ((lower(name)), id DESC)");

    private protected override Answer TableWithOptions => Answer.Reads(
        "+ item -- it's \\",
        "+ item mysql_collate=latin1_swedish_ci",
        "+ item mysql_engine=MyISAM",
        "+ item mysql_max_rows=1000",
        "+ item mysql_row_format=FIXED",
        "+ item primary key (key)",
        "+ item.key Integer not null numbered",
        "+ item.note Text",
        "+ part",
        "+ part.key Integer not null");
}
