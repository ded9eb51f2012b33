using System.Text;
using Alembic.Operations;

namespace Alembic.Autogenerate;

/// <summary>Splits a long migration into consecutive revisions, each of a size that people and compilers can read.</summary>
internal static class RevisionSplit
{
    // The size of rendered statements without indentation.
    private const int Bytes = 256 * 1024;

    /// <summary>The revisions: usually one.</summary>
    /// <param name="message">The message; if there are several revisions, each adds its part number.</param>
    /// <param name="upgrade">The operations, in order.</param>
    public static IReadOnlyList<RevisionDirective> Of(string? message, IReadOnlyList<Operation> upgrade)
    {
        var code = new CodeWriter();
        var parts = new List<List<Operation>> { new() };
        var size = 0;
        foreach (var operation in upgrade)
        {
            // The downgrade writes out what is dropped.
            var length = Math.Max(Size(() => operation), Size(operation.Reverse));
            if (size > 0 && size + length > Bytes)
            {
                parts.Add([]);
                size = 0;
            }
            parts[^1].Add(operation);
            size += length;
        }
        return [
            .. parts.Select((part, i) =>
                new RevisionDirective(parts.Count == 1 || message is null ? message : $"{message}, part {i + 1} of {parts.Count}", part))];

        int Size(Func<Operation> operation)
        {
            try
            {
                return Encoding.UTF8.GetByteCount(code.Write(operation()));
            }
            catch (Exception exception) when (exception is IrreversibleOperationException or NotSupportedException)
            {
                return 0;
            }
        }
    }
}
