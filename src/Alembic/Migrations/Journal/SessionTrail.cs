using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>
/// What statements that an earlier run had done left in its session, and what is gone with it: variables, temporary tables, the last number
/// of a row.
/// </summary>
internal sealed class SessionTrail(Dialect dialect)
{
    private readonly HashSet<string> _lost = new(StringComparer.OrdinalIgnoreCase);

    public void Clear() => _lost.Clear();

    /// <summary>A statement is passed over.</summary>
    /// <returns>Whether it is to be carried out again.</returns>
    public bool Pass(Statement statement)
    {
        var kind = StatementKind.Of(statement, dialect);
        var left = kind.Leaves(statement);
        if (kind.IsSession && kind.Reads(statement, _lost) is null)
        {
            _lost.ExceptWith(left);
            return true;
        }
        _lost.UnionWith(left);
        return false;
    }

    /// <summary>Rows are passed over.</summary>
    public void PassRows() => _lost.UnionWith(dialect.Words.LastResults);

    /// <summary>A statement is about to be carried out.</summary>
    /// <returns>What it reads that is gone; null for nothing.</returns>
    public string? Follow(Statement statement)
    {
        if (_lost.Count == 0)
            return null;
        var kind = StatementKind.Of(statement, dialect);
        var read = kind.Reads(statement, _lost);
        _lost.ExceptWith(kind.Leaves(statement));
        return read;
    }

    /// <summary>Rows are about to be inserted.</summary>
    /// <returns>The table, if it is gone.</returns>
    public string? FollowRows(string table)
    {
        _lost.ExceptWith(dialect.Words.LastResults);
        return _lost.Contains(table) ? table : null;
    }
}
