namespace Alembic.Migrations;

/// <summary>A difference between the files and the history.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Text">One line: the file, the difference, and since when.</param>
public sealed record RunLogFinding(string Revision, string Text);
