using System.Globalization;

namespace Alembic.Tool.Scripts;

/// <summary>The date of a revision: local time, or the time of the configured zone with its offset.</summary>
internal sealed record CreateDate(DateTimeOffset Time, bool HasOffset)
{
    /// <param name="zone">The IANA name of a zone or, on Windows, its Windows name; null for local time.</param>
    public static CreateDate Now(TimeProvider clock, string? zone) => Of(clock.GetUtcNow(), clock, zone);

    /// <summary>Creates a date for another time than now.</summary>
    public static CreateDate Of(DateTimeOffset time, TimeProvider clock, string? zone) => zone is null
        ? new CreateDate(TimeZoneInfo.ConvertTime(time, clock.LocalTimeZone), false)
        : new CreateDate(TimeZoneInfo.ConvertTime(time, Find(zone) ?? Find(zone.ToUpperInvariant())
            ?? throw new AlembicException($"Can't locate timezone: {zone}")
            {
                Hint = OperatingSystem.IsWindows()
                    ? "names such as Europe/Berlin need Windows 10, Server 2019 or later; names such as W. Europe Standard Time always work"
                    : null,
            }), true);

    public override string ToString() =>
        Time.ToString(HasOffset ? "yyyy-MM-dd HH:mm:ss.ffffffzzz" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    // On Unix an id is a path below the folder of zones: only names are looked up, never paths out of it.
    private static TimeZoneInfo? Find(string zone) =>
        zone.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+'
            || (OperatingSystem.IsWindows() && c is ' ' or '.' or '(' or ')')) && !zone.StartsWith('/')
            && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null;
}
