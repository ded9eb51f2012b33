using System.Security.Cryptography;
using System.Text;

namespace Alembic.Migrations;

/// <summary>
/// The digests of a migration's steps so far, one after each step. They are computed on demand: a migration in one transaction needs none.
/// Long texts are not kept or copied.
/// </summary>
internal sealed class StepDigests
{
    private const int Long = 1000;

    private readonly List<string> _digests = [];
    private readonly Queue<Lazy<string>> _open = [];
    private IncrementalHash? _hash;

    public int Count { get; private set; }

    public string this[int count]
    {
        get
        {
            Close();
            return _digests[count];
        }
    }

    public void Clear()
    {
        _hash?.Dispose();
        _hash = null;
        _digests.Clear();
        _open.Clear();
        Count = 0;
    }

    public void Add(Lazy<string> text)
    {
        Count++;
        _open.Enqueue(text);
        if (text is { IsValueCreated: true, Value.Length: > Long })
            Close();
    }

    private void Close()
    {
        if (_hash is null)
        {
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Keep(_hash);
        }
        while (_open.TryDequeue(out var text))
        {
            if (_digests.Count > 1)
                _hash.AppendData([0x1e]);
            Append(_hash, text.Value);
            Keep(_hash);
        }
    }

    private void Keep(IncrementalHash hash) => _digests.Add(Convert.ToHexStringLower(hash.GetCurrentHash()));

    private static void Append(IncrementalHash hash, string text)
    {
        var encoder = Encoding.UTF8.GetEncoder();
        Span<byte> bytes = stackalloc byte[4096];
        for (var rest = text.AsSpan(); ;)
        {
            encoder.Convert(rest, bytes, flush: true, out var read, out var written, out var isDone);
            hash.AppendData(bytes[..written]);
            rest = rest[read..];
            if (isDone)
                break;
        }
    }
}
