using System.Data.Common;
using System.Globalization;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>Tells whether the server takes no changes.</summary>
internal static class MySqlReadOnly
{
    public static string? Why(IMigrationSession session)
    {
        if (Convert.ToInt64(session.Query(new Statement("SELECT @@global.read_only AS answer"))[0]["answer"],
            CultureInfo.InvariantCulture) == 0)
            return null;
        try
        {
            // Administrators of the server may still write; only they may begin this.
            session.Query(new Statement("START TRANSACTION READ WRITE"));
            session.Query(new Statement("ROLLBACK"));
            return null;
        }
        catch (DbException)
        {
            return "read_only is on at the server, as on a replica";
        }
    }
}
