namespace Alembic.Revisions;

/// <summary>What the one line form of a revision shows beside its id.</summary>
[Flags]
public enum RevisionParts
{
    /// <summary>The id alone.</summary>
    None = 0,

    /// <summary>What it follows and depends on, before the id.</summary>
    Parents = 1,

    /// <summary>The labels of its branch.</summary>
    Labels = 2,

    /// <summary>Whether it is a head, an effective head, or current.</summary>
    Heads = 4,

    /// <summary>Whether it is a branch point or a merge point.</summary>
    Forks = 8,

    /// <summary>The message.</summary>
    Message = 16,

    /// <summary>What the current command shows.</summary>
    CurrentCommand = Heads | Forks,

    /// <summary>What the heads command shows.</summary>
    HeadsCommand = Labels | Heads,

    /// <summary>What the branches command shows.</summary>
    BranchesCommand = Labels | Heads | Forks,

    /// <summary>What the history command shows.</summary>
    HistoryCommand = Parents | Labels | Heads | Forks | Message,
}
