namespace Alembic.Compiler;

/// <summary>What the header of one file holds. No header and no errors: a helper, without a [Revision] class.</summary>
public sealed record HeaderResult(string Path, RevisionHeader? Header, IReadOnlyList<SourceError> Errors);
