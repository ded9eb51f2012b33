using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Commands;

/// <summary>The revisions that the environment's <c>ProcessRevisionDirectives</c> makes of the comparison of one database.</summary>
/// <param name="Options">The environment.</param>
/// <param name="Comparison">The comparison.</param>
/// <param name="Directives">The revisions that remain.</param>
internal sealed record DirectedDatabase(
    EnvironmentOptions Options, Comparison Comparison, IReadOnlyList<RevisionDirective> Directives)
{
    public static DirectedDatabase Of(EnvironmentOptions options, Comparison comparison, string? message) =>
        new(options, comparison, options.ProcessRevisionDirectives(RevisionSplit.Of(message, comparison.UpgradeOperations)));

    /// <summary>Divides the changes so that old and new code of the application run meanwhile.</summary>
    public static DirectedDatabase InPhases(EnvironmentOptions options, Comparison comparison, string? message, Dialect dialect)
    {
        var phases = ZeroDowntime.Of(comparison.Upgrade, dialect);
        comparison = comparison with { Upgrade = [.. phases.SelectMany(p => p.Operations)] };
        // What neither breaks nor blocks anything is one revision, as always.
        if (phases is [] or [{ Name: ZeroDowntime.Expand }])
            return Of(options, comparison, message);
        return new(options, comparison, options.ProcessRevisionDirectives([.. phases.SelectMany(phase => RevisionSplit
            .Of($"{message} ({phase.Name})".TrimStart(), [.. phase.Operations.Select(p => p.Operation)])
            .Select(directive => directive with { Phase = phase.Phase }))]));
    }

    /// <summary>Gets the new revisions: as many as the database with the most has. Each database has its part in them.</summary>
    /// <param name="request">The first of them, unless a directive says otherwise.</param>
    /// <param name="databases">The databases; if there are none, the revision is empty.</param>
    public static IReadOnlyList<NewRevision> Revisions(NewRevision request, IReadOnlyList<DirectedDatabase> databases)
    {
        request = request with { Variables = TemplateVariables.Of(databases.Select(d => d.Options)) };
        var count = databases.Select(d => d.Directives.Count).DefaultIfEmpty(1).Max();
        return [.. Enumerable.Range(0, count).Select(i => Revision(request, i, [.. databases.Where(d => i < d.Directives.Count)]))];
    }

    private static NewRevision Revision(NewRevision request, int index, IReadOnlyList<DirectedDatabase> databases)
    {
        var body = RevisionBody.Of([.. databases.Select(d => (d.Options.EngineName,
            RevisionBody.Of(d.Directives[index], d.Comparison, d.Options.RenderItem, isFirst: index == 0)))]);
        var first = databases.Select(d => d.Directives[index]).FirstOrDefault() ?? new RevisionDirective(request.Message, []);
        return request with
        {
            Message = first.Message,
            Id = first.RevisionId ?? (index == 0 ? request.Id : null),
            Heads = first.Head is { } head ? [head] : request.Heads,
            Splice = first.Splice ?? request.Splice,
            DependsOn = first.DependsOn ?? request.DependsOn,
            BranchLabel = first.BranchLabel ?? (index == 0 ? request.BranchLabel : null),
            VersionPath = first.VersionPath ?? request.VersionPath,
            Phase = first.Phase,
            Usings = body.Usings,
            Upgrades = body.Upgrades,
            Downgrades = body.Downgrades,
        };
    }
}
