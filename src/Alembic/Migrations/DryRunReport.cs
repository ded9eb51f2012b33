using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>The result of a dry run. The database is unchanged.</summary>
/// <param name="Applied">The steps that were run and rolled back, in their order.</param>
/// <param name="Revisions">The revisions that the database is at, before and after.</param>
/// <param name="NotRun">What was left out because it commits by itself, one line each.</param>
public sealed record DryRunReport(
    IReadOnlyList<AppliedStep> Applied, IReadOnlyList<string> Revisions, IReadOnlyList<string> NotRun);

/// <summary>A dry run on this database could not be rolled back.</summary>
public sealed class NoDryRunException : AlembicException
{
    internal NoDryRunException(Dialect dialect)
        : base($"A dry run could not be rolled back: on {dialect.Name} each change of a table commits") =>
        Hint = "dotnet alembic plan shows what would be done, without doing it";
}
