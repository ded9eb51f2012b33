using System.Text;

namespace Alembic.Tool.Configuration;

/// <summary>A file of log lines, as the file handlers of Python's logging write it. The first line opens it.</summary>
internal sealed class LogFile(string path, bool appends = true, LogRotation? rotation = null) : IDisposable
{
    private StreamWriter? _writer;

    public string Path => path;

    public void WriteLine(string line, DateTimeOffset now)
    {
        if (rotation?.IsDue(path, Encoding.UTF8.GetByteCount(line) + 1, now) == true)
        {
            Dispose();
            rotation.Rotate(path);
        }
        _writer ??= new StreamWriter(new FileStream(path, appends ? FileMode.Append : FileMode.Create, FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true, NewLine = "\n" };
        _writer.WriteLine(line);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
