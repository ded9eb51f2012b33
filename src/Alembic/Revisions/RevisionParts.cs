namespace Alembic.Revisions;

/// <summary>The parts that the one-line form of a revision shows besides its id.</summary>
[Flags]
public enum RevisionParts
{
    /// <summary>The id alone.</summary>
    None = 0,

    /// <summary>The revisions that it follows and depends on, before the id.</summary>
    Parents = 1,

    /// <summary>The labels of its branch.</summary>
    Labels = 2,

    /// <summary>A note if it is a head, an effective head, or current.</summary>
    Heads = 4,

    /// <summary>A note if it is a branch point or a merge point.</summary>
    Forks = 8,

    /// <summary>The message.</summary>
    Message = 16,

    /// <summary>A note that names the revisions that it depends on.</summary>
    Dependencies = 32,

    /// <summary>The parts that the current command shows.</summary>
    CurrentCommand = Heads | Forks,

    /// <summary>The parts that the heads command shows.</summary>
    HeadsCommand = Labels | Heads,

    /// <summary>The parts that the branches command shows.</summary>
    BranchesCommand = Labels | Heads | Forks,

    /// <summary>The parts that the history command shows.</summary>
    HistoryCommand = Parents | Labels | Heads | Forks | Message,

    /// <summary>The parts that the history command shows beside a graph, whose lines lead to the parents.</summary>
    HistoryGraph = Labels | Heads | Forks | Dependencies | Message,
}
