using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Comments of columns and tables, if the database has comments.</summary>
internal static class CommentDiff
{
    public static ColumnChange? Of(ColumnPair column) => !IsCompared(column.Table) || Same(column.Model.Comment, column.Database.Comment)
        ? null
        : new("comments", $"Detected column comment '{column.LogName}'",
            alter => alter with { Comment = column.Model.Comment ?? "", ExistingComment = column.Database.Comment ?? "" });

    public static IEnumerable<Difference> OfTable(TablePair pair)
    {
        if (IsCompared(pair) && !Same(pair.Model.Comment, pair.Database.Comment))
            yield return Difference.Silent(Phase.AlterColumn,
                new TableComment(pair.Name, Given(pair.Model.Comment), Given(pair.Database.Comment), pair.Schema));
    }

    private static bool IsCompared(TablePair pair) => pair.Options.CompareComments && pair.Dialect.HasComments;

    private static bool Same(string? a, string? b) => Given(a) == Given(b);

    private static string? Given(string? comment) => string.IsNullOrEmpty(comment) ? null : comment;
}
