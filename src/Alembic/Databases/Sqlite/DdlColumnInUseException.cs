namespace Alembic.Databases.Sqlite;

/// <summary>A column cannot be dropped while constraints outside of it name it: dropping those too is the caller's decision.</summary>
internal sealed class DdlColumnInUseException(string table, string column, IReadOnlyList<DdlConstraint> constraints, string sql)
    : DdlEditException(table,
        $"column '{column}' is used by {string.Join(", ", constraints.Select(c => sql[c.Span.Start..c.Span.End].ReplaceLineEndings(" ")))}")
{
    public string Column => column;

    public IReadOnlyList<DdlConstraint> Constraints => constraints;
}
