using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>A file below versions/: a revision or, without a header, a helper that is compiled with each of them.</summary>
internal sealed record RevisionSource(string Path, RevisionHeader? Header);
