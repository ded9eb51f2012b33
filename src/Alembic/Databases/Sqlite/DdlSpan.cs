namespace Alembic.Databases.Sqlite;

/// <summary>A range of the statement's text: from Start up to, not including, End.</summary>
internal readonly record struct DdlSpan(int Start, int End)
{
    public bool Contains(int position) => Start <= position && position < End;
}
