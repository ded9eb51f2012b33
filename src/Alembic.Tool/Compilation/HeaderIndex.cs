using System.Security.Cryptography;
using System.Text;
using Alembic.Compiler;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Compilation;

/// <summary>The headers of revision files. Only a new or changed file is parsed.</summary>
internal sealed class HeaderIndex(CacheDirectory directory, ISourceCompiler compiler, TimeProvider clock, Action<string>? trace = null)
{
    public const string Extension = ".headers";

    // So many texts are in memory at a time.
    private const int Batch = 512;

    /// <summary>Gets the index that a project has in its cache.</summary>
    public static HeaderIndex Of(Settings settings, Terminal terminal, ISourceCompiler compiler) =>
        new(CacheDirectory.Of(settings, terminal), compiler, terminal.Clock);

    /// <summary>Reads the headers, in the order of the paths.</summary>
    /// <param name="scope">What the index is for: the version locations.</param>
    /// <param name="paths">Absolute paths of files.</param>
    /// <exception cref="CompilationException">Files have a syntax error or a wrong header; the exception names all of them.</exception>
    public IReadOnlyList<RevisionSource> Read(IEnumerable<string> scope, IReadOnlyList<string> paths)
    {
        var name = Hexadecimal.Of(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', scope)))) + Extension;
        var known = HeaderIndexFile.Read(directory.Read(name));
        var current = new Dictionary<string, IndexedHeader>(paths.Count, StringComparer.Ordinal);
        var errors = new List<SourceError>();
        var changed = false;
        foreach (var batch in paths.Where(path => !IsProven(path)).Chunk(Batch))
            changed |= ReadFiles(batch, known, current, errors);

        if (changed || current.Count != known.Count)
            directory.Write(name, HeaderIndexFile.Write(current));
        if (errors.Count > 0)
            throw new CompilationException(errors);
        return [.. paths.Select(path => new RevisionSource(path, current[path].Header))];

        bool IsProven(string path)
        {
            if (!known.TryGetValue(path, out var entry))
                return false;
            var file = new FileInfo(path);
            if (!file.Exists || !entry.IsProvenBy(file.Length, file.LastWriteTimeUtc.Ticks))
                return false;
            current[path] = entry;
            return true;
        }
    }

    private bool ReadFiles(string[] paths, Dictionary<string, IndexedHeader> known, Dictionary<string, IndexedHeader> current,
        List<SourceError> errors)
    {
        var unknown = new List<(SourceBytes Source, IndexedHeader Entry)>();
        var changed = false;
        foreach (var path in paths)
        {
            // Clock and times are read before the content. If a file changes in between, the entry looks old, never new.
            var now = clock.GetUtcNow().UtcTicks;
            var file = new FileInfo(path);
            var modified = file.LastWriteTimeUtc.Ticks;
            var source = SourceBytes.Read(path);
            var entry = new IndexedHeader(source.Bytes.Length, modified, now, SHA256.HashData(source.Bytes), null);
            if (known.TryGetValue(path, out var old) && old.Hash.AsSpan().SequenceEqual(entry.Hash))
            {
                current[path] = entry with { Header = old.Header };
                changed |= entry.IsProvenBy(entry.Size, modified) || old.Modified != modified;
            }
            else
            {
                unknown.Add((source, entry));
            }
        }

        if (unknown.Count == 0)
            return changed;
        trace?.Invoke($"reading {unknown.Count} headers");
        var results = compiler.ReadHeaders([.. unknown.Select(file => file.Source.ToSource())]);
        for (var i = 0; i < results.Count; i++)
        {
            errors.AddRange(results[i].Errors);
            if (results[i].Errors.Count == 0)
                current[unknown[i].Source.Path] = unknown[i].Entry with { Header = results[i].Header };
        }

        return true;
    }
}
