using Alembic.Tool.Output;

namespace Alembic.Tool;

/// <summary>
/// Holds back what is written to several streams, in its order, until it may be shown, or until the command takes longer than people
/// wait without output.
/// </summary>
internal sealed class HeldOutput : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Timer _patience;
    private readonly Lock _lock = new();
    private List<(Stream Stream, byte[] Bytes)>? _held = [];

    public HeldOutput() => _patience = new Timer(_ => Release(), null, Patience, Timeout.InfiniteTimeSpan);

    /// <summary>Creates a stream that writes to another one.</summary>
    public Stream To(Stream stream) => new HeldStream(this, stream);

    /// <summary>Writes what was held back. From now on everything is written at once.</summary>
    public void Release()
    {
        lock (_lock)
        {
            var held = _held ?? [];
            _held = null;
            foreach (var (stream, bytes) in held)
                stream.Write(bytes);
        }
    }

    public void Dispose() => _patience.Dispose();

    private void Write(Stream stream, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_held is { } held)
                held.Add((stream, bytes.ToArray()));
            else
                stream.Write(bytes);
        }
    }

    private sealed class HeldStream(HeldOutput output, Stream stream) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => output.Write(stream, buffer);
    }
}
