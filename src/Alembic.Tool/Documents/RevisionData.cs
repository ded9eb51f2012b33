using System.ComponentModel;
using Alembic.Revisions;

namespace Alembic.Tool.Documents;

/// <summary>A revision and its place in the graph: an element of <c>history</c>, <c>heads</c>, <c>branches</c> and <c>show</c>.</summary>
internal sealed record RevisionData(
    [Description("The revision id.")] string Id,
    [Description("The first paragraph of the comment at the top of its file.")] string Message,
    [Description("The whole comment.")] string Text,
    [Description("The file, as an absolute path.")] string? File,
    [Description("The revisions that it follows: none for a base, several for a merge.")] IReadOnlyList<string> Down,
    [Description("The revisions that follow it.")] IReadOnlyList<string> Next,
    [Description("The revisions of other branches that it needs, as its file names them.")] IReadOnlyList<string> DependsOn,
    [Description("The labels of the branch that it is on.")] IReadOnlyList<string> BranchLabels,
    [Description("Whether no revision follows it.")] bool IsHead,
    [Description("Whether it is among the newest that the database has; null if no database was read.")] bool? IsCurrent)
{
    public static RevisionData Of(RevisionNode node, IReadOnlySet<string>? current = null) => new(
        node.Id, node.Revision.Message, node.Revision.Text, node.Revision.Path, node.Revision.Down, [.. node.Next.Select(n => n.Id)],
        node.Revision.DependsOn, [.. node.BranchLabels], node.IsHead, current?.Contains(node.Id));
}

/// <summary>The revisions of the database.</summary>
internal sealed record CurrentData(
    [Description("The database's URL, without its password.")] string Database,
    [Description("Whether the database has all heads.")] bool IsAtHeads,
    [Description("The newest revisions that are applied.")] IReadOnlyList<RevisionData> Revisions);

/// <summary>A revision that was written.</summary>
internal sealed record NewRevisionData(
    [Description("The revision id.")] string Id,
    [Description("What it does.")] string? Message,
    [Description("The revisions that it follows.")] IReadOnlyList<string> Down,
    [Description("The new file, as an absolute path.")] string File);

/// <summary>A file that was written or opened.</summary>
internal sealed record FileData([Description("The file, as an absolute path.")] string File);

/// <summary>A template that a project can begin with.</summary>
internal sealed record TemplateData(
    [Description("Its name, for init --template.")] string Name,
    [Description("What it is for.")] string Synopsis);

/// <summary>The script that lets a shell complete.</summary>
internal sealed record CompletionData([Description("The script for the shell.")] string Script);

/// <summary>A help text.</summary>
internal sealed record HelpData([Description("The help, as people read it.")] string Text);

/// <summary>The version of the tool.</summary>
internal sealed record VersionData([Description("The version of the tool.")] string Version);
