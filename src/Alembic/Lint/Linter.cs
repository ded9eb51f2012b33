namespace Alembic.Lint;

/// <summary>What a rule reports about a migration.</summary>
/// <param name="Code">The rule's code.</param>
/// <param name="Severity">How much it matters here.</param>
/// <param name="Text">What goes wrong, and when.</param>
/// <param name="Line">The line in the migration's file; null for the migration as a whole.</param>
/// <param name="Safe">What to write instead, as lines of C#.</param>
internal sealed record LintFinding(string Code, LintSeverity Severity, string Text, int? Line, IReadOnlyList<string> Safe);

/// <summary>Checks migrations against rules.</summary>
/// <param name="rules">All rules.</param>
/// <param name="severities">The severities that the project sets, by code.</param>
internal sealed class Linter(IReadOnlyList<LintRule> rules, IReadOnlyDictionary<string, LintSeverity> severities)
{
    private readonly HashSet<string> _codes = [.. rules.Select(r => r.Code)];

    /// <summary>Checks a migration against the rules of its database.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="applying">The rules of its database.</param>
    /// <param name="comments">What its file ignores.</param>
    public IEnumerable<LintFinding> Check(LintedMigration migration, IEnumerable<LintRule> applying, LintComments comments) =>
        from rule in applying
        let severity = SeverityOf(rule)
        where severity != LintSeverity.Off
        from problem in rule.Check(migration)
        where !comments.Ignores(rule.Code, problem.At?.Line)
        select new LintFinding(rule.Code, severity, problem.Text, problem.At?.Line, [.. problem.Safe.SelectMany(s => s.Lines())]);

    /// <summary>Finds what is wrong with the comments themselves.</summary>
    /// <param name="rule">The rule about them.</param>
    /// <param name="comments">The comments.</param>
    public IEnumerable<LintFinding> Check(LintRule rule, LintComments comments) => SeverityOf(rule) is LintSeverity.Off
        ? []
        : comments.Bad(_codes).Select(bad => new LintFinding(rule.Code, SeverityOf(rule), $"this comment ignores nothing: {bad.Text}",
            bad.Line, ["// lint: ignore ALB5102 because …"]));

    /// <summary>Gets how much a rule matters in the project.</summary>
    public LintSeverity SeverityOf(LintRule rule) => severities.GetValueOrDefault(rule.Code, rule.Severity);
}
