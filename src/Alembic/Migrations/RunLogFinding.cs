namespace Alembic.Migrations;

/// <summary>A difference between the files and the history.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Text">One line: which file, what of it, since when.</param>
public sealed record RunLogFinding(string Revision, string Text);
