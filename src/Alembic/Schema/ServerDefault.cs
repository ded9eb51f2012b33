using System.Globalization;

namespace Alembic.Schema;

/// <summary>The notation of a <see cref="ServerDefault"/>'s value.</summary>
public enum ServerDefaultKind
{
    /// <summary>No default: an existing one is dropped.</summary>
    None,

    /// <summary>A quoted text literal.</summary>
    String,

    /// <summary>The dialect's own true or false.</summary>
    Boolean,

    /// <summary>A number literal.</summary>
    Number,

    /// <summary>An SQL expression, verbatim.</summary>
    Sql,
}

/// <summary>
/// The value that the database gives a column of a new row. Converts from text (a quoted literal), <see cref="bool"/>, numbers and
/// <see cref="SqlText"/>. In an alteration, null keeps the default and <see cref="None"/> drops it.
/// </summary>
public sealed record ServerDefault
{
    /// <summary>No default; in an alteration: drop the existing one.</summary>
    public static readonly ServerDefault None = new(ServerDefaultKind.None, "");

    private ServerDefault(ServerDefaultKind kind, string value) => (Kind, Value) = (kind, value);

    /// <summary>The notation of <see cref="Value"/>.</summary>
    public ServerDefaultKind Kind { get; }

    /// <summary>The literal's text without quotes, <c>true</c> or <c>false</c>, the number in invariant notation, or the SQL.</summary>
    public string Value { get; }

    /// <summary>Creates a quoted text literal.</summary>
    public static implicit operator ServerDefault(string value) => new(ServerDefaultKind.String, value);

    /// <summary>Creates the dialect's literal for true or false.</summary>
    public static implicit operator ServerDefault(bool value) => new(ServerDefaultKind.Boolean, value ? "true" : "false");

    /// <summary>Creates a number literal.</summary>
    public static implicit operator ServerDefault(int value) => (long)value;

    /// <summary>Creates a number literal.</summary>
    public static implicit operator ServerDefault(long value) =>
        new(ServerDefaultKind.Number, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Creates a number literal.</summary>
    public static implicit operator ServerDefault(decimal value) =>
        new(ServerDefaultKind.Number, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Creates an SQL expression, verbatim.</summary>
    public static implicit operator ServerDefault(SqlText value) => new(ServerDefaultKind.Sql, value.Value);
}
