using System.Text.Json;

namespace Alembic.ModelProbe;

/// <summary>What the tool asks for. The tool compiles this file too.</summary>
internal sealed record ProbeRequest
{
    /// <summary>The assemblies to search for contexts: the model's own first, then those of the projects that it references.</summary>
    public required string[] Assemblies { get; init; }

    /// <summary>The dialect that options are created for.</summary>
    public required string Dialect { get; init; }

    /// <summary>The name of the context, with or without its namespace; null if there is only one.</summary>
    public string? Context { get; init; }

    /// <summary>Tells whether the application's own Main may run until its host is built.</summary>
    public bool UseHost { get; init; }

    /// <summary>Tells whether the migrations are asked for, in place of the model.</summary>
    public bool Migrations { get; init; }

    /// <summary>The file for the answer.</summary>
    public string AnswerFile { get; init; } = "";

    /// <summary>The file that names each step before it begins. If the application ends the process, nothing else is known.</summary>
    public string StepFile { get; init; } = "";

    // Written by hand: reflection compiles more at run time than all the rest of a short command.
    public byte[] ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray(nameof(Assemblies));
            foreach (var assembly in Assemblies)
                json.WriteStringValue(assembly);
            json.WriteEndArray();
            json.WriteString(nameof(Dialect), Dialect);
            json.WriteString(nameof(Context), Context);
            json.WriteBoolean(nameof(UseHost), UseHost);
            json.WriteBoolean(nameof(Migrations), Migrations);
            json.WriteString(nameof(AnswerFile), AnswerFile);
            json.WriteString(nameof(StepFile), StepFile);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    public static ProbeRequest FromJson(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement;
        List<string> assemblies = [];
        foreach (var assembly in json.GetProperty(nameof(Assemblies)).EnumerateArray())
            assemblies.Add(assembly.GetString()!);
        return new ProbeRequest
        {
            Assemblies = [.. assemblies],
            Dialect = json.GetProperty(nameof(Dialect)).GetString()!,
            Context = json.GetProperty(nameof(Context)).GetString(),
            UseHost = json.GetProperty(nameof(UseHost)).GetBoolean(),
            Migrations = json.GetProperty(nameof(Migrations)).GetBoolean(),
            AnswerFile = json.GetProperty(nameof(AnswerFile)).GetString()!,
            StepFile = json.GetProperty(nameof(StepFile)).GetString()!,
        };
    }
}
