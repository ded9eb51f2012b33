using Alembic.Databases.MySql;
using Alembic.Databases.PostgreSql;
using Alembic.Databases.Sqlite;
using Alembic.Databases.SqlServer;
using Alembic.Lint;
using Alembic.Operations;

namespace Alembic.Databases;

/// <summary>The list of the rules.</summary>
internal static class LintRules
{
    /// <summary>A comment that does not ignore anything, because it gives no reason or no rule.</summary>
    public static readonly LintRule BadIgnore = new("ALB5001", LintSeverity.Error, "a comment ignores a rule without a reason", _ => []);

    /// <summary>Several heads. This is found in the graph, not in a migration.</summary>
    public static readonly LintRule SeveralHeads = new("ALB5501", LintSeverity.Error, "there are several heads", _ => []);

    /// <summary>A file that has the name of another revision. This is found in the names, not in a migration.</summary>
    public static readonly LintRule MisnamedFile =
        new("ALB5502", LintSeverity.Warning, "a file is named after another revision", _ => []);

    private static readonly IReadOnlyList<LintRule> General = [.. DataRules.All, .. ApplicationRules.All, .. KeyRules.All];

    private static readonly Dictionary<string, IReadOnlyList<LintRule>> OfDatabases = new()
    {
        [new MySqlDialect(isMariaDb: false).Name] = MySqlLockRules.All,
        [new MySqlDialect(isMariaDb: true).Name] = MySqlLockRules.All,
        [new PostgreSqlDialect().Name] = PostgreSqlLockRules.All,
        [new SqlServerDialect().Name] = SqlServerLockRules.All,
        [new SqliteDialect().Name] = SqliteLockRules.All,
    };

    /// <summary>All rules; one that checks several kinds of operations is listed once for each of them.</summary>
    public static IReadOnlyList<LintRule> All { get; } =
        [BadIgnore, SeveralHeads, MisnamedFile, .. General, .. OfDatabases.Values.Distinct().SelectMany(rules => rules)];

    /// <summary>The rules about migrations of a database.</summary>
    public static IEnumerable<LintRule> For(Dialect dialect) => General.Concat(LocksOf(dialect));

    /// <summary>The rules about the locks of a database.</summary>
    public static IReadOnlyList<LintRule> LocksOf(Dialect dialect) => OfDatabases.GetValueOrDefault(dialect.Name, []);
}
