namespace Alembic.Revisions;

/// <summary>One change to the version table, which must affect exactly one row.</summary>
public abstract record RowChange
{
    private RowChange()
    {
    }

    /// <summary>A new row.</summary>
    /// <param name="Id">The id it holds.</param>
    public sealed record Insert(string Id) : RowChange;

    /// <summary>A deleted row.</summary>
    /// <param name="Id">The id it holds.</param>
    public sealed record Delete(string Id) : RowChange;

    /// <summary>A row that gets another id.</summary>
    /// <param name="From">The id it holds.</param>
    /// <param name="To">The id it gets.</param>
    public sealed record Update(string From, string To) : RowChange;
}
