using System.Globalization;

namespace Alembic.Schema.Annotations;

/// <summary>The server default of <c>[DefaultValue]</c>, and the value of <c>[Fill]</c>, converted to the property's type.</summary>
internal static class DefaultValue
{
    public static ServerDefault? Of(AnnotatedProperty property) => Of(property, "DefaultValue");

    /// <summary>The value that <c>[Fill]</c> gives to existing rows.</summary>
    public static ServerDefault? Fill(AnnotatedProperty property) =>
        property.On("Fill")?.Named<string>("Sql") is { } sql ? Sql.Text(sql) : Of(property, "Fill");

    private static ServerDefault? Of(AnnotatedProperty property, string name)
    {
        if (property.On(name) is not { Arguments.Count: > 0 } annotation)
            return null;
        // [DefaultValue(typeof(decimal), "1.5")]: the text counts.
        var argument = annotation.Arguments[annotation.Arguments.Count - 1];
        if (argument.Value is not { } value)
            return null;
        try
        {
            return Convert(property, value);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            throw ModelError.At(property, $"[{name}] gives '{value}', which is not of the type {property.Type.Name}.",
                "give a value of the property's own type");
        }
    }

    private static ServerDefault Convert(AnnotatedProperty property, object value)
    {
        var type = property.Type;
        if (type.IsEnum)
        {
            var member = value is string name ? Enum.Parse(type, name) : Enum.ToObject(type, value);
            return property.IsTextualEnum
                ? (ServerDefault)member.ToString()!
                : Number(System.Convert.ChangeType(member, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture));
        }
        if (type == typeof(bool))
            return System.Convert.ToBoolean(value, CultureInfo.InvariantCulture);
        if (ClrType.IsNumber(type))
            return Number(value);
        return (ServerDefault)System.Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }

    private static ServerDefault Number(object value) => value switch
    {
        double or float => Floating(System.Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && text.Contains('e', StringComparison.OrdinalIgnoreCase) => Floating(number),
        _ => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
    };

    // The database can store 1e300, decimal cannot.
    private static ServerDefault Floating(double value) =>
        !double.IsFinite(value) ? throw new FormatException()
        : Math.Abs(value) is 0 or (> 1e-9 and < 1e15) ? (decimal)value
        : Sql.Text(value.ToString("R", CultureInfo.InvariantCulture));
}
