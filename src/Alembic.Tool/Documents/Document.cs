using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Alembic.Tool.Output;

namespace Alembic.Tool.Documents;

/// <summary>The document that <c>--json</c> prints: the same form for every command, however it ends.</summary>
internal sealed record Document(
    [Description("The form of the document. It changes when a property is removed or gets another meaning, not when one is added.")]
    string Schema,
    [Description("The command; null if the command line names none.")] string? Command,
    [Description("Whether the exit code is 0.")] bool Ok,
    [Description("The exit code.")] int ExitCode,
    [Description("What the command found or did: an element for each database, revision or file.")] IReadOnlyList<object> Data,
    [Description("Errors and warnings. Of a command that failed the last error is the reason.")] IReadOnlyList<Diagnostic> Diagnostics,
    [Description("Where the time went, in the order in which it began, with --timings; else null.")]
    IReadOnlyList<TimingData>? Timings)
{
    public const string Version = "dotnet-alembic/1";

    /// <summary>Gets the text, in ASCII: a program reads the same, whatever encoding a shell uses.</summary>
    public string Text(Secrets secrets)
    {
        var options = new JsonSerializerOptions(DocumentContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, Converters = { new ShownText(secrets) },
        };
        return Ascii(JsonSerializer.Serialize(this, new DocumentContext(options).Document)) + "\n";
    }

    // In JSON, such characters occur only in strings.
    private static string Ascii(string json)
    {
        if (!json.AsSpan().ContainsAnyExceptInRange('\n', '~'))
            return json;
        var result = new StringBuilder(json.Length);
        foreach (var character in json)
        {
            if (character <= '~')
                result.Append(character);
            else
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }
        return result.ToString();
    }

    // Hidden before it becomes JSON: a secret may have characters that look different there.
    private sealed class ShownText(Secrets secrets) : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(secrets.Hide(value));
    }
}

/// <summary>Text that is written as it is, because a script has to be executable.</summary>
internal sealed class VerbatimText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>
/// How documents are written. This code is generated when the program is compiled: reflection would take a tenth of a second.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Document))]
[JsonSerializable(typeof(BundleData))]
[JsonSerializable(typeof(CiData))]
[JsonSerializable(typeof(ComparisonData))]
[JsonSerializable(typeof(CurrentData))]
[JsonSerializable(typeof(FileData))]
[JsonSerializable(typeof(CompletionData))]
[JsonSerializable(typeof(HelpData))]
[JsonSerializable(typeof(LintData))]
[JsonSerializable(typeof(LockData))]
[JsonSerializable(typeof(MigrationData))]
[JsonSerializable(typeof(NewRevisionData))]
[JsonSerializable(typeof(PlanData))]
[JsonSerializable(typeof(RepairData))]
[JsonSerializable(typeof(RestoreData))]
[JsonSerializable(typeof(RevisionData))]
[JsonSerializable(typeof(StatusData))]
[JsonSerializable(typeof(TemplateData))]
[JsonSerializable(typeof(VerifyData))]
[JsonSerializable(typeof(VersionData))]
internal sealed partial class DocumentContext : JsonSerializerContext;
