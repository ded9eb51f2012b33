using Alembic.Databases.PostgreSql;
using Alembic.Lint;
using Alembic.Operations;

namespace Alembic.Databases;

/// <summary>The rules there are: the list.</summary>
internal static class LintRules
{
    /// <summary>A comment that ignores nothing it may.</summary>
    public static readonly LintRule BadIgnore = new("ALB5001", LintSeverity.Error, "a comment ignores a rule without a reason", _ => []);

    /// <summary>Several heads: of all migrations, not of one.</summary>
    public static readonly LintRule SeveralHeads = new("ALB5501", LintSeverity.Error, "there are several heads", _ => []);

    private static readonly IReadOnlyList<LintRule> General = [.. DataRules.All, .. ApplicationRules.All];

    /// <summary>All rules; one that looks at several kinds of operations stands there for each of them.</summary>
    public static IReadOnlyList<LintRule> All { get; } = [BadIgnore, SeveralHeads, .. General, .. PostgreSqlLockRules.All];

    /// <summary>The rules about migrations of a database.</summary>
    public static IEnumerable<LintRule> For(Dialect dialect) =>
        [.. General, .. dialect is PostgreSqlDialect ? PostgreSqlLockRules.All : []];
}
