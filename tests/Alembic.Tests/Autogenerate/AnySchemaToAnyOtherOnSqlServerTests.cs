using Alembic.Autogenerate;
using Alembic.Databases.SqlServer;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.SqlServer;
using Alembic.Tests.Databases;
using Alembic.Tests.Databases.SqlServer;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Autogenerate;

/// <summary>The same as <see cref="AnySchemaToAnyOtherTests"/>, on SQL Server.</summary>
[TestClass]
public sealed class AnySchemaToAnyOtherOnSqlServerTests
{
    [TestMethod]
    [TestCategory(SqlServerServer.Category)]
    public void On_sql_server()
    {
        var connectionString = SqlServerServer.NewDatabase(SqlServerServer.Usual);
        try
        {
            var dialect = new SqlServerDialect();
            using var session = new OnlineSession(new SqlServerDatabase(connectionString), NullLogger.Instance);
            SchemaPairs.Check(dialect, 200, (from, to, seed) =>
            {
                session.Begin();
                try
                {
                    var journey = new Journey(dialect, session);
                    var views = new RandomViews(journey, dialect, from, to, seed);
                    journey.Make(from, to, start: views.Create, between: views.Work, heed: views.Heed);
                    views.Restore();
                }
                finally
                {
                    session.Rollback();
                }
            });
        }
        finally
        {
            SqlServerServer.Drop(connectionString);
        }
    }

    // There is no SQL Server here: its own parser has to take the statements.
    [TestMethod]
    public void In_the_words_of_sql_server()
    {
        var dialect = new SqlServerDialect();
        SchemaPairs.Check(dialect, 100, (from, to, _) =>
        {
            var comparison = Compare.Schemas(to, from, dialect);
            foreach (var operation in comparison.UpgradeOperations.Concat(comparison.DowngradeOperations)
                .Concat(Compare.Schemas(from, new MetaData([]), dialect).UpgradeOperations))
                TransactSql.Parse(Scripts.Of(dialect, op => op.Invoke(operation)));
        });
    }
}
