namespace Alembic.Compiler;

/// <summary>A C# file: where it is, as an absolute path, and what it says.</summary>
public sealed record SourceFile(string Path, string Text);
