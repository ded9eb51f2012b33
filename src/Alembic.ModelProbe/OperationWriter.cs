using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Alembic.ModelProbe;

/// <summary>
/// Writes operations of EF Core as JSON: all their properties, whatever the version, their values with the type and the SQL, and their
/// annotations.
/// </summary>
internal sealed class OperationWriter(Utf8JsonWriter json, Model model)
{
    // EF Core's provider for SQLite ignores these, because the database has no schemas.
    private readonly string[] _ignored =
        model.Provider == "Microsoft.EntityFrameworkCore.Sqlite" ? ["Schema", "PrincipalSchema", "NewSchema"] : [];

    private readonly TypeMappings _mappings = new(model);

    public void Write(object operation, Action? more = null)
    {
        json.WriteStartObject();
        json.WriteString("kind", operation.GetType().Name);
        var properties = operation.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0).DistinctBy(p => p.Name)
            .Select(p => (p.Name, Value: p.GetValue(operation))).Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value!);
        foreach (var name in _ignored)
            properties.Remove(name);
        // An operation from an old version of EF Core leaves the type to the provider.
        if (operation.GetType().GetProperty("ColumnType") is not null && properties.GetValueOrDefault("ClrType") is Type type)
            properties.TryAdd("ColumnType", _mappings.StoreType(type, properties) ?? "");
        var storeType = properties.GetValueOrDefault("ColumnType") as string;
        foreach (var (name, value) in properties)
        {
            json.WritePropertyName(name);
            switch (name)
            {
                // Defaults and rows may have any type.
                case "DefaultValue":
                    WriteValue(value, storeType);
                    break;
                case "Values" or "KeyValues" when value is Array { Rank: 2 } rows:
                    WriteRows(rows, (string[]?)properties.GetValueOrDefault(name == "Values" ? "ColumnTypes" : "KeyColumnTypes"));
                    break;
                default:
                    WriteProperty(value);
                    break;
            }
        }
        WriteAnnotations(operation);
        more?.Invoke();
        json.WriteEndObject();
    }

    private void WriteProperty(object value)
    {
        switch (value)
        {
            case string or bool or int or long:
                WritePlain(value);
                break;
            case Type type:
                json.WriteStringValue(type.FullName);
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items)
                    WriteProperty(item);
                json.WriteEndArray();
                break;
            case var _ when IsOperation(value):
                Write(value);
                break;
            default:
                WritePlain(value);
                break;
        }
    }

    private static bool IsOperation(object value)
    {
        var type = value.GetType();
        while (type is not null && type.Name != "MigrationOperation")
            type = type.BaseType;
        return type is not null;
    }

    private void WriteAnnotations(object operation)
    {
        var annotations = (IEnumerable?)operation.GetType().GetMethod("GetAnnotations", [])?.Invoke(operation, null);
        json.WriteStartObject("annotations");
        foreach (var annotation in annotations ?? Array.Empty<object>())
        {
            json.WritePropertyName((string)annotation.GetType().GetProperty("Name")!.GetValue(annotation)!);
            var value = annotation.GetType().GetProperty("Value")!.GetValue(annotation);
            if (value is null)
                json.WriteNullValue();
            else
                WriteProperty(value);
        }
        json.WriteEndObject();
    }

    private void WriteRows(Array rows, string[]? types)
    {
        json.WriteStartArray();
        for (var row = 0; row < rows.GetLength(0); row++)
        {
            json.WriteStartArray();
            for (var column = 0; column < rows.GetLength(1); column++)
                WriteValue(rows.GetValue(row, column), types?[column]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private void WriteValue(object? value, string? storeType)
    {
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteString("type", value.GetType().FullName);
        json.WriteString(
            "text", value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture));
        json.WriteString("sql", _mappings.Literal(value, storeType));
        json.WriteEndObject();
    }

    private void WritePlain(object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long or short or byte:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
