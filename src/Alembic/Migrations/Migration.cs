namespace Alembic;

/// <summary>One step of a schema's history: the content of a revision file. The class has a <see cref="RevisionAttribute"/>.</summary>
public abstract class Migration
{
    /// <summary>Makes the change.</summary>
    /// <param name="op">The directives.</param>
    public abstract void Upgrade(Op op);

    /// <summary>Undoes the change.</summary>
    /// <param name="op">The directives.</param>
    public abstract void Downgrade(Op op);
}

/// <summary>The revision's identifier. Read from the source text, so the argument must be a literal.</summary>
/// <param name="id">The identifier.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RevisionAttribute(string id) : Attribute
{
    /// <summary>The identifier.</summary>
    public string Id => id;
}

/// <summary>The revisions that this one follows: absent for a base, two or more for a merge. Literals.</summary>
/// <param name="ids">Their identifiers.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RevisesAttribute(params string[] ids) : Attribute
{
    /// <summary>Their identifiers.</summary>
    public string[] Ids => ids;
}

/// <summary>Names for the branch that this revision is on. Literals.</summary>
/// <param name="labels">The names.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BranchLabelsAttribute(params string[] labels) : Attribute
{
    /// <summary>The names.</summary>
    public string[] Ids => labels;
}

/// <summary>Revisions of other branches that must be applied before this one. Literals.</summary>
/// <param name="idsOrLabels">Their identifiers or branch labels.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DependsOnAttribute(params string[] idsOrLabels) : Attribute
{
    /// <summary>Their identifiers or branch labels.</summary>
    public string[] Ids => idsOrLabels;
}

/// <summary>
/// The phase of a change without downtime that this revision belongs to. Read from the source text, so the argument must be a member of
/// <see cref="Alembic.Phase"/>.
/// </summary>
/// <param name="phase">The phase.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PhaseAttribute(Phase phase) : Attribute
{
    /// <summary>The phase.</summary>
    public Phase Phase => phase;
}
