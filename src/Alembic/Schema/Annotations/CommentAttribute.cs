namespace Alembic.Schema;

/// <summary>
/// Sets the comment that the database stores with the table or the column. EF Core's attribute of the same name means the same.
/// </summary>
/// <param name="comment">The text.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class CommentAttribute(string comment) : Attribute
{
    /// <summary>The text.</summary>
    public string Comment => comment;
}
