using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>The products that answer as PostgreSQL does, as their documentation describes them.</summary>
internal static class PostgreSqlProduct
{
    /// <summary>The product that a version belongs to; null for PostgreSQL, and for what behaves like it.</summary>
    /// <param name="version">What <c>version()</c> answers.</param>
    public static ForeignProduct? Of(string version) => version switch
    {
        _ when version.StartsWith("CockroachDB", StringComparison.Ordinal) => new("CockroachDB",
            "its advisory locks do nothing, so two runs at once would both migrate", IsRefused: true),
        _ when version.Contains("-YB-", StringComparison.Ordinal) => new("YugabyteDB",
            "each change of a table may be committed by itself: check what a failed migration leaves behind", IsRefused: false),
        _ => null,
    };
}
