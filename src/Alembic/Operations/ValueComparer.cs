namespace Alembic.Operations;

/// <summary>Compares values of rows and parameters by content: two arrays of the same bytes are equal.</summary>
internal sealed class ValueComparer : IEqualityComparer<object?>
{
    public static readonly ValueComparer Instance = new();

    public new bool Equals(object? x, object? y) =>
        x is byte[] left && y is byte[] right ? left.AsSpan().SequenceEqual(right) : object.Equals(x, y);

    public int GetHashCode(object? obj) => obj is byte[] bytes ? bytes.Length : obj?.GetHashCode() ?? 0;
}
