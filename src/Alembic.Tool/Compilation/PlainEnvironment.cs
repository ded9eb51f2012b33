using System.Text.RegularExpressions;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Compilation;

/// <summary>
/// An env.cs that only names its database: one class with a model, a URL from an environment variable, and an empty Configure. A command
/// that compares needs the model, and runs the file.
/// </summary>
internal sealed partial class PlainEnvironment(string? variable) : MigrationEnvironment
{
    // Blanks and comments between two words, or nothing.
    private const string S = @"(?>(?:\s|//[^\n]*(?:\n|$)|/\*(?:(?!\*/)[\s\S])*\*/)*)";

    // Blanks or comments between two words that would otherwise be one.
    private const string B = $@"(?<=\w){S}\b";

    private const string Using = $@"using{B}(?!static\b)[A-Za-z_][\w.]*{S};{S}";
    private const string Override = $@"public{B}override{B}";

    // Without strings, blocks and comments, it ends at the first semicolon.
    private const string Model = $@"{Override}MetaData{S}\??{S}TargetMetadata{S}=>[^;{{}}""'/#]+;{S}";

    private const string UrlOfVariable =
        $@"{Override}string{B}Url{S}=>{S}(?:System{S}\.{S})?Environment{S}\.{S}GetEnvironmentVariable{S}\({S}""(?<variable>\w+)""{S}\){S}"
        + $@"\?\?{S}base{S}\.{S}Url{S};{S}";

    private const string EmptyConfigure =
        $@"{Override}void{B}Configure{S}\({S}EnvironmentOptions{B}[a-z_]\w*{S}\){S}\{{{S}\}}{S}";

    public override string Url => (variable is null ? null : Environment.GetEnvironmentVariable(variable)) ?? base.Url;

    /// <summary>Reads the env.cs of a project, if it is the only source of the environment.</summary>
    public static PlainEnvironment? In(string path, Settings settings) =>
        settings.Sources.Count == 0 ? Of(SourceBytes.Read(path).ToSource().Text) : null;

    /// <summary>Reads the text of an env.cs.</summary>
    /// <param name="text">The text of the file.</param>
    /// <returns>The environment; null if the file says more, or says it differently: then it has to be run.</returns>
    public static PlainEnvironment? Of(string text) => Pattern().Match(text) is { Success: true } match
        ? new(match.Groups["variable"] is { Success: true, Value: var variable } ? variable : null)
        : null;

    private const string Class =
        $@"(?:(?:public|internal){B})?(?:sealed{B})?class{B}[A-Za-z_]\w*{S}:{S}(?:Alembic\.)?MigrationEnvironment{S}";

    [GeneratedRegex($@"\A{S}(?:{Using})*{Class}\{{{S}(?:{Model}|{UrlOfVariable}|{EmptyConfigure})*\}}{S}\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
