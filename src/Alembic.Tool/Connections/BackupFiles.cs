using System.Globalization;
using System.Text.RegularExpressions;

namespace Alembic.Tool.Connections;

/// <summary>
/// The files that hold copies of databases: DATABASE.TIME-REVISION.NUMBER.backup. A link, or a file of any other name, belongs to the
/// user.
/// </summary>
/// <param name="place">A folder, or a file that does not exist yet; null for the database's own folder.</param>
internal sealed partial class BackupFiles(string? place, TimeProvider clock)
{
    private const int Kept = 6;
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Gets the path for the next copy.</summary>
    public string Next(string database, string revision)
    {
        if (place is not null && !Directory.Exists(place) && !Path.EndsInDirectorySeparator(place))
            return place;
        var folder = Folder(database);
        Directory.CreateDirectory(folder);
        // Clocks may be set back, so the number tells which copy is the newest.
        var number = In(folder, Path.GetFileName(database)).Select(file => Name.Parse(file)!.Number).DefaultIfEmpty().Max() + 1;
        var time = clock.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        // A revision that a database names may hold any characters.
        var name = string.Concat(revision.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' ? c : '-').Take(64));
        return Path.Combine(folder, $"{Path.GetFileName(database)}.{time}-{name}.{number}.backup");
    }

    /// <summary>Gets the copies of a database, the newest first.</summary>
    public IReadOnlyList<string> Of(string database) => In(Folder(database), Path.GetFileName(database));

    /// <summary>Gets the name of the database that a file is a copy of; null if the name is not that of a copy.</summary>
    public static string? DatabaseOf(string file) => Name.Parse(file) is { IsUnfinished: false } name ? name.Database : null;

    /// <summary>
    /// Deletes the oldest copies beside a new one, and the rest of copies that were never finished. If one cannot be deleted now, a
    /// later run deletes it.
    /// </summary>
    /// <param name="copy">The new copy. If the user chose its name, nothing is deleted.</param>
    /// <param name="keep">A copy that is kept, however old it is.</param>
    /// <param name="delete">Deletes a file.</param>
    public static void Prune(string copy, string? keep = null, Action<string>? delete = null)
    {
        if (DatabaseOf(copy) is not { } database)
            return;
        var folder = Path.GetDirectoryName(copy)!;
        foreach (var old in In(folder, database).Skip(Kept).Where(file => keep is null || !IsSame(file, keep))
            .Concat(In(folder, database, isUnfinished: true)))
        {
            try
            {
                // A copy that is being written is open.
                if (Name.Parse(old)!.IsUnfinished)
                    new FileStream(old, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                (delete ?? File.Delete)(old);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is open in another process, or write-protected.
            }
        }
    }

    /// <summary>Tells whether a file has the name of a copy of the database of that path.</summary>
    public static bool IsOf(string file, string database) => string.Equals(DatabaseOf(file), Path.GetFileName(database), Paths.Comparison);

    private string Folder(string database) =>
        place is not null && (Directory.Exists(place) || Path.EndsInDirectorySeparator(place)) ? place : Path.GetDirectoryName(database)!;

    private static bool IsSame(string one, string other) => Paths.AreSame(Paths.Real(one), Paths.Real(other));

    private static IReadOnlyList<string> In(string folder, string database, bool isUnfinished = false) => !Directory.Exists(folder) ? [] :
    [
        .. from file in Directory.EnumerateFiles(folder)
           let name = Name.Parse(file)
           where name is not null && name.IsUnfinished == isUnfinished && name.Database.Equals(database, Paths.Comparison)
               && new FileInfo(file).LinkTarget is null
           orderby name.Number descending, Path.GetFileName(file) descending
           select file,
    ];

    /// <summary>The parts of a copy's name.</summary>
    /// <param name="Number">The number of the copy; 0 in a name of an older version, which had no number.</param>
    private sealed partial record Name(string Database, int Number, bool IsUnfinished)
    {
        public static Name? Parse(string file)
        {
            var match = Form().Match(Path.GetFileName(file));
            return match.Success
                && DateTime.TryParseExact(match.Groups["time"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? new Name(
                    match.Groups["database"].Value,
                    match.Groups["number"] is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : 0,
                    match.Groups["unfinished"].Success)
                : null;
        }

        [GeneratedRegex(
            @"\A(?<database>.+)\.(?<time>[0-9]{8}T[0-9]{6}Z)-[A-Za-z0-9_+-]{1,81}(\.(?<number>[1-9][0-9]{0,8}))?\.backup"
                + @"(?<unfinished>\.[0-9a-f]{32}\.tmp)?\z",
            RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
        private static partial Regex Form();
    }
}
