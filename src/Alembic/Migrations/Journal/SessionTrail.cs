using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>
/// Tracks session state that an earlier run's statements created and that was lost with its connection: variables, temporary tables, the
/// last inserted id.
/// </summary>
internal sealed class SessionTrail(Dialect dialect)
{
    private readonly HashSet<string> _lost = new(StringComparer.OrdinalIgnoreCase);

    public void Clear() => _lost.Clear();

    /// <summary>Tracks a statement that is skipped.</summary>
    /// <returns>Whether it must run again.</returns>
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

    /// <summary>Tracks inserted rows that are skipped.</summary>
    public void PassRows() => _lost.UnionWith(dialect.Words.LastResults);

    /// <summary>Tracks a statement that is about to run.</summary>
    /// <returns>The lost state that it reads; null for none.</returns>
    public string? Follow(Statement statement)
    {
        if (_lost.Count == 0)
            return null;
        var kind = StatementKind.Of(statement, dialect);
        var read = kind.Reads(statement, _lost);
        _lost.ExceptWith(kind.Leaves(statement));
        return read;
    }

    /// <summary>Tracks rows that are about to be inserted.</summary>
    /// <returns>The table, if it was lost; else null.</returns>
    public string? FollowRows(string table)
    {
        _lost.ExceptWith(dialect.Words.LastResults);
        return _lost.Contains(table) ? table : null;
    }
}
