namespace Alembic.Operations;

/// <summary>The meaning of words in statements on one database. A statement that is in no list may do anything.</summary>
internal sealed record StatementWords
{
    /// <summary>First words of statements that change nothing.</summary>
    public IReadOnlySet<string> Reads { get; init; } = Set("SELECT VALUES");

    /// <summary>First words of other statements that can be rolled back.</summary>
    public IReadOnlySet<string> Data { get; init; } = Set("INSERT UPDATE DELETE MERGE WITH");

    /// <summary>First words of statements that change only the session.</summary>
    public IReadOnlySet<string> Session { get; init; } = Set("SET");

    /// <summary>First words of statements whose effect is the same if they run twice.</summary>
    public IReadOnlySet<string> Repeatable { get; init; } = Set("GRANT REVOKE COMMENT ANALYZE");

    /// <summary>Kinds of objects for CREATE and DROP that show in the schema's fingerprint. For other kinds, a repeat only fails.</summary>
    public IReadOnlySet<string> Objects { get; init; } = Set("TABLE INDEX VIEW TRIGGER FUNCTION PROCEDURE SEQUENCE SCHEMA DATABASE TYPE");

    /// <summary>
    /// First words of ALTER TABLE actions that show in the fingerprint, or that fail or change nothing the second time.
    /// </summary>
    public IReadOnlySet<string> TableChanges { get; init; } = Set("ADD DROP ALTER RENAME");

    /// <summary>Functions that return the result of the previous statement.</summary>
    public IReadOnlySet<string> LastResults { get; init; } = Set("");

    /// <summary>A setting whose change commits, so that it must be set outside of the migration's transaction.</summary>
    public string? CommitSetting { get; init; }

    /// <summary>The function that changes a setting, or null.</summary>
    public string? SettingFunction { get; init; }

    public static IReadOnlySet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
