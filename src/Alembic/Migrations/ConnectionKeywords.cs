using System.Data.Common;

namespace Alembic.Migrations;

/// <summary>The keywords of an ADO.NET connection string.</summary>
internal static class ConnectionKeywords
{
    private const string Form = "expected Keyword=value;Keyword=value, with a value in double quotes if it has a semicolon";

    /// <summary>Overwrites the driver's settings with the keywords.</summary>
    /// <exception cref="ConnectionException">A keyword is unknown or does not accept its value. The message shows no part of the string:
    /// a piece of a password may look like a keyword.</exception>
    public static void Apply(string connectionString, DbConnectionStringBuilder settings, string database)
    {
        var position = 0;
        var text = Read(connectionString, database);
        foreach (string keyword in text.Keys)
        {
            position++;
            try
            {
                settings[keyword] = text[keyword];
            }
            // The driver's message contains the keyword or the value.
            catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException
                or InvalidOperationException or NotSupportedException)
            {
                var names = settings.GetType().GetProperties().Where(p => p.CanWrite).Select(p => p.Name).ToList();
                var name = names.FirstOrDefault(
                    n => n.Equals(keyword.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
                throw new ConnectionException(name is not null
                    ? $"unsupported connection string for {database}: {name} does not take this value"
                    : $"unsupported connection string for {database}: keyword number {position} is unknown")
                {
                    Hint = name is null ? NearbyNames.Hint(keyword.ToLowerInvariant(), names.Select(n => n.ToLowerInvariant()))
                        ?? Form : null,
                };
            }
        }
    }

    private static DbConnectionStringBuilder Read(string connectionString, string database)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException)
        {
            throw new ConnectionException($"unsupported connection string for {database}: {Form}");
        }
    }
}
