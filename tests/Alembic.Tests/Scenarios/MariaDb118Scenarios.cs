using Alembic.Tests.Databases.MySql;

namespace Alembic.Tests.Scenarios;

[TestClass]
public sealed class MariaDb118Scenarios : MariaDbScenarios
{
    private protected override MySqlServer Server => MySqlServer.MariaDb118;
}
