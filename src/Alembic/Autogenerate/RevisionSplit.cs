using System.Text;
using Alembic.Operations;

namespace Alembic.Autogenerate;

/// <summary>Divides a long migration into revisions that follow one another, each of a size that people and compilers can read.</summary>
internal static class RevisionSplit
{
    // Of statements as they are rendered, before they are indented.
    private const int Bytes = 256 * 1024;

    /// <summary>The revisions: mostly one.</summary>
    /// <param name="message">The message; where there are several revisions, each says which part it is.</param>
    /// <param name="upgrade">The operations, in order.</param>
    public static IReadOnlyList<RevisionDirective> Of(string? message, IReadOnlyList<Operation> upgrade)
    {
        var code = new CodeWriter();
        var parts = new List<List<Operation>> { new() };
        var size = 0;
        foreach (var operation in upgrade)
        {
            // What is dropped is written out in the downgrade.
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
