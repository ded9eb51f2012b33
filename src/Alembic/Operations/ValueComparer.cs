namespace Alembic.Operations;

/// <summary>Compares values of rows and parameters by what they hold: two arrays of the same bytes are the same value.</summary>
internal sealed class ValueComparer : IEqualityComparer<object?>
{
    public static readonly ValueComparer Instance = new();

    public new bool Equals(object? x, object? y) =>
        x is byte[] left && y is byte[] right ? left.AsSpan().SequenceEqual(right) : object.Equals(x, y);

    public int GetHashCode(object? obj) => obj is byte[] bytes ? bytes.Length : obj?.GetHashCode() ?? 0;
}
