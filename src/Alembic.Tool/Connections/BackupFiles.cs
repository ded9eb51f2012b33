using System.Globalization;

namespace Alembic.Tool.Connections;

/// <summary>The files that copies of databases are in, named after the database, the time and the revision.</summary>
/// <param name="place">A folder, or a file that is not there yet; null for the database's own folder.</param>
internal sealed class BackupFiles(string? place, TimeProvider clock)
{
    private const string Extension = ".backup";
    private const int Kept = 5;

    /// <summary>The path for the next copy. Where the name is chosen here, only so many of those before it are kept.</summary>
    public string Next(string database, string revision)
    {
        if (place is not null && !Directory.Exists(place) && !Path.EndsInDirectorySeparator(place))
            return place;
        var folder = place ?? Path.GetDirectoryName(database)!;
        Directory.CreateDirectory(folder);
        foreach (var old in In(folder, database).Skip(Kept))
            File.Delete(old);
        var time = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        // What a database says of itself may hold anything.
        var name = string.Concat(revision.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' ? c : '-').Take(64));
        var file = Path.Combine(folder, $"{Path.GetFileName(database)}.{time}-{name}");
        return File.Exists(file + Extension) ? $"{file}-{clock.GetTimestamp():x}{Extension}" : file + Extension;
    }

    /// <summary>The copies of a database, the newest first.</summary>
    public IReadOnlyList<string> Of(string database) => In(place is not null && Directory.Exists(place) ? place : Path.GetDirectoryName(database)!, database);

    /// <summary>Whether the name says that it is a copy of this database.</summary>
    public static bool IsOf(string file, string database) => Path.GetFileName(file).StartsWith(Path.GetFileName(database) + ".", Paths.Comparison);

    private static IReadOnlyList<string> In(string folder, string database) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.GetFiles(folder, "*" + Extension).Where(file => IsOf(file, database)).OrderByDescending(file => file, StringComparer.Ordinal),
    ];
}
