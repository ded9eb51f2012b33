namespace Alembic.Compiler;

/// <summary>A C# file: its absolute path and its text.</summary>
public sealed record SourceFile(string Path, string Text);
