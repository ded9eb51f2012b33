using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>The result of a dry run. The database is as before.</summary>
/// <param name="Applied">The steps that were made and taken back, in their order.</param>
/// <param name="Revisions">The revisions that the database is at, before and after.</param>
/// <param name="NotRun">What was left out because it commits by itself, a line each.</param>
public sealed record DryRunReport(
    IReadOnlyList<AppliedStep> Applied, IReadOnlyList<string> Revisions, IReadOnlyList<string> NotRun);

/// <summary>A dry run on this database would stay.</summary>
public sealed class NoDryRunException : AlembicException
{
    internal NoDryRunException(Dialect dialect)
        : base($"A dry run could not be rolled back: on {dialect.Name} each change of a table commits") =>
        Hint = "dotnet alembic plan shows what would be done, without doing it";
}
