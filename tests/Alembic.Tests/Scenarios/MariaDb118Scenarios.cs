using Alembic.Tests.Databases.MySql;

namespace Alembic.Tests.Scenarios;

[TestClass]
public sealed class MariaDb118Scenarios : MariaDbScenarios
{
    private static readonly Lazy<string> Version118 = new(MySqlServer.MariaDb118.NewDatabase);

    private protected override Lazy<string> Connection => Version118;

    [ClassCleanup]
    public static void DropDatabaseOf118()
    {
        if (Version118.IsValueCreated)
            MySqlServer.Drop(Version118.Value);
    }
}
