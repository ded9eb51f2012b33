using System.Security.Cryptography;
using System.Text;

namespace Alembic.Migrations;

/// <summary>What a migration's steps were so far, as a digest after each; no text is kept or copied.</summary>
internal sealed class StepDigests
{
    private readonly List<string> _digests = [];
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public StepDigests() => Clear();

    public int Count => _digests.Count - 1;

    public string this[int count] => _digests[count];

    public void Clear()
    {
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _digests.Clear();
        _digests.Add(Convert.ToHexStringLower(_hash.GetCurrentHash()));
    }

    public void Add(string text)
    {
        if (Count > 0)
            _hash.AppendData([0x1e]);
        var encoder = Encoding.UTF8.GetEncoder();
        Span<byte> bytes = stackalloc byte[4096];
        for (var rest = text.AsSpan(); ;)
        {
            encoder.Convert(rest, bytes, flush: true, out var read, out var written, out var isDone);
            _hash.AppendData(bytes[..written]);
            rest = rest[read..];
            if (isDone)
                break;
        }
        _digests.Add(Convert.ToHexStringLower(_hash.GetCurrentHash()));
    }
}
