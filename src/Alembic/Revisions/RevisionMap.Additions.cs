namespace Alembic.Revisions;

/// <content>What a new revision may name, checked before its file is written.</content>
public sealed partial class RevisionMap
{
    /// <summary>Gets the revisions that a new revision is to follow.</summary>
    /// <param name="heads">The identifiers given, such as "head", ids or labels; "base" adds nothing.</param>
    /// <param name="splice">Whether the new revision may follow one that already has followers.</param>
    /// <returns>The revisions; none for a new base.</returns>
    /// <exception cref="RevisionException">An identifier is unknown or ambiguous, or names a revision that may not be
    /// followed.</exception>
    public IReadOnlyList<RevisionNode> Parents(IReadOnlyList<string> heads, bool splice = false)
    {
        var parents = ResolveParents(heads);
        if (parents.Distinct().Count() != parents.Count) throw new RevisionException("Duplicate head revisions specified");
        return splice || parents.FirstOrDefault(p => !p.IsHead) is not { } inner ? parents : throw new NotAHeadException(inner.Id);
    }

    /// <summary>
    /// Gets the dependencies of a new revision as its file writes them: labels unchanged, anything else as a complete id.
    /// </summary>
    /// <param name="dependsOn">The identifiers given.</param>
    /// <exception cref="RevisionException">An identifier is unknown, ambiguous or the base.</exception>
    public IReadOnlyList<string> Dependencies(IEnumerable<string> dependsOn) => [.. dependsOn.Select(Dependency)];

    private IReadOnlyList<RevisionNode> ResolveParents(IReadOnlyList<string> heads)
    {
        try
        {
            return Resolve(heads);
        }
        catch (MultipleHeadsException e)
        {
            throw new MultipleHeadsException(
                e.Argument,
                e.Heads,
                "Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a "
                    + "merge.")
            {
                Hint = $"pass --head with one of {string.Join(", ", e.Heads)}, or join them: dotnet alembic merge heads",
            };
        }
    }

    private string Dependency(string identifier)
    {
        var node = ResolveOne(identifier) ?? throw new RevisionNotFoundException(identifier, $"'{identifier}' is not a revision");
        return node.HasLabel(identifier) ? identifier : node.Id;
    }
}
