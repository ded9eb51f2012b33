using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Alembic.Operations;

/// <summary>
/// Converts a query's value to the type that the caller asked for. Drivers differ: one returns an int where another returns a long.
/// </summary>
internal static class ScalarValue
{
    private const string KnownToTheRuntime =
        "It has a list of its types' converters. One of the user's is in an assembly that is to be kept whole: CompiledRevisions.";

    public static T As<T>(object? value, string sql)
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (value is null)
        {
            return default(T) is null
                ? default!
                : throw new AlembicException($"The query returned NULL or no row, not {type.Name}: {sql}")
                {
                    Hint = $"op.Scalar<{type.Name}?> returns null for it"
                };
        }
        try
        {
            return (T)Convert(value, type);
        }
        catch (Exception exception) when (exception is InvalidCastException or FormatException or OverflowException or ArgumentException
            or NotSupportedException)
        {
            throw new AlembicException($"The query returned {value.GetType().Name}, not {type.Name}: {sql}", exception);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = KnownToTheRuntime)]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = KnownToTheRuntime)]
    private static object Convert(object value, Type type) => value switch
    {
        _ when type.IsInstanceOfType(value) => value,
        string text when type.IsEnum => Enum.Parse(type, text),
        _ when type.IsEnum => Enum.ToObject(type, value),
        // Dates, GUIDs and the like, which SQLite stores as text.
        string text when TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string)) =>
            converter.ConvertFromInvariantString(text)!,
        _ => System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
    };
}
