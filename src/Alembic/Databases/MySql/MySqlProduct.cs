using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>The products that answer as MySQL does, as their documentation describes them.</summary>
internal static class MySqlProduct
{
    /// <summary>The product that a version belongs to; null for MySQL and MariaDB, and for what behaves like them.</summary>
    /// <param name="version">The version that the server reports.</param>
    public static ForeignProduct? Of(string version) => version switch
    {
        _ when version.Contains("-TiDB-", StringComparison.OrdinalIgnoreCase) => new("TiDB",
            "CHECK constraints are ignored unless tidb_enable_check_constraint is on, and so are foreign keys before TiDB 6.6",
            IsRefused: false),
        _ when version.Contains("-Vitess", StringComparison.OrdinalIgnoreCase) => new("Vitess",
            "with an online ddl_strategy a table is not yet changed when the statement that changes it ends", IsRefused: false),
        _ => null,
    };
}
