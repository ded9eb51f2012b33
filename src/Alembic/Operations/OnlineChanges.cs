using System.Security.Cryptography;
using System.Text;

namespace Alembic.Operations;

/// <summary>
/// How a database changes a table while applications read and write it. The base class is for one that knows no better way.
/// </summary>
internal class OnlineChanges
{
    /// <summary>For a database that has nothing of that.</summary>
    public static readonly OnlineChanges None = new();

    /// <summary>Gets the operations that do the same without blocking others for as long as rows are read.</summary>
    public virtual IReadOnlyList<Operation> Steps(Operation operation, Dialect dialect) => [operation];

    /// <summary>
    /// Gets the triggers that keep two columns the same, whichever of them is written; null if there are none. Each statement comes with
    /// the one that undoes it.
    /// </summary>
    public virtual IReadOnlyList<(string Create, string Drop)>? Triggers(ColumnCopy copy, Dialect dialect) => null;
}

/// <summary>A column that takes the place of another one.</summary>
/// <param name="Table">The table.</param>
/// <param name="Old">The column that is dropped in the end.</param>
/// <param name="New">The column that has its values.</param>
/// <param name="Key">The columns of the table's primary key.</param>
/// <param name="Schema">The table's schema, or null.</param>
internal sealed record ColumnCopy(string Table, string Old, string New, IReadOnlyList<string> Key, string? Schema)
{
    // Shorter than any database's limit.
    private const int Longest = 48;

    /// <summary>The beginning of the triggers' names.</summary>
    public string Name => Whole.Length <= Longest ? Whole : $"{Whole[..(Longest - 9)]}_{Hash}";

    private string Whole => $"sync_{Table}_{New}";

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Table}.{New}")))[..8];
}
