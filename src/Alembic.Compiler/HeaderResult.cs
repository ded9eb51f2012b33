namespace Alembic.Compiler;

/// <summary>The content of one file's header. No header and no errors: a helper, without a [Revision] class.</summary>
public sealed record HeaderResult(string Path, RevisionHeader? Header, IReadOnlyList<SourceError> Errors);
