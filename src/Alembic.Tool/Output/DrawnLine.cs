namespace Alembic.Tool.Output;

/// <summary>
/// A line at the end of a terminal that is drawn again in place, and goes away before anything else is printed. It is drawn only on an
/// empty line: never behind a question.
/// </summary>
/// <param name="write">Writes text to the terminal.</param>
/// <param name="width">Gets the terminal's width.</param>
internal sealed class DrawnLine(Action<string> write, Func<int> width)
{
    private readonly Lock _lock = new();
    private int _length;
    private bool _isEmpty = true;

    /// <summary>Draws a text in place of the one before; empty for none.</summary>
    public void Draw(string text)
    {
        lock (_lock)
        {
            if (!_isEmpty)
                return;
            // A full line would make the terminal begin another one.
            var shown = text.Length < width() ? text : text[..Math.Max(0, width() - 1)];
            Erase();
            write(shown);
            _length = shown.Length;
        }
    }

    /// <summary>Creates a stream that writes to another one, on the same terminal.</summary>
    public Stream Before(Stream stream) => new Printed(this, stream);

    private void Erase()
    {
        if (_length > 0)
            write($"\r{new string(' ', _length)}\r");
        _length = 0;
    }

    private sealed class Printed(DrawnLine line, Stream stream) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lock (line._lock)
            {
                line.Erase();
                stream.Write(buffer);
                // A console of Windows gets two bytes for a character.
                if (buffer.TrimEnd((byte)0) is [.., var last])
                    line._isEmpty = last == '\n';
            }
        }

        public override void Flush() => stream.Flush();
    }
}
