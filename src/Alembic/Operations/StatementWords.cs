namespace Alembic.Operations;

/// <summary>What the words of statements mean on one database. A statement that no list knows may be anything.</summary>
internal sealed record StatementWords
{
    /// <summary>First words of what changes nothing.</summary>
    public IReadOnlySet<string> Reads { get; init; } = Set("SELECT VALUES");

    /// <summary>First words of what a transaction takes back, beside those.</summary>
    public IReadOnlySet<string> Data { get; init; } = Set("INSERT UPDATE DELETE MERGE WITH");

    /// <summary>First words of what changes nothing but the session.</summary>
    public IReadOnlySet<string> Session { get; init; } = Set("SET");

    /// <summary>First words of what leaves the same if it is carried out twice.</summary>
    public IReadOnlySet<string> Repeatable { get; init; } = Set("GRANT REVOKE COMMENT ANALYZE");

    /// <summary>What CREATE and DROP take and the schema's fingerprint shows; of another object they only fail the second time.</summary>
    public IReadOnlySet<string> Objects { get; init; } = Set("TABLE INDEX VIEW TRIGGER FUNCTION PROCEDURE SEQUENCE SCHEMA DATABASE TYPE");

    /// <summary>
    /// First words of what ALTER TABLE does that either fails the second time, shows in the fingerprint or changes nothing then.
    /// </summary>
    public IReadOnlySet<string> TableChanges { get; init; } = Set("ADD DROP ALTER RENAME");

    /// <summary>Functions that tell what the statement before did.</summary>
    public IReadOnlySet<string> LastResults { get; init; } = Set("");

    /// <summary>A setting whose change commits; it stands outside of the migration's transaction.</summary>
    public string? CommitSetting { get; init; }

    /// <summary>The function that changes a setting, or null.</summary>
    public string? SettingFunction { get; init; }

    public static IReadOnlySet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
