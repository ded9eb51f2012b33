namespace Alembic.Tool.Documents;

/// <summary>
/// The codes of warnings, and of errors that are not exceptions. Programs read them, so a code never gets another meaning;
/// docs/reference/diagnostics.md lists them.
/// </summary>
internal static class DiagnosticCode
{
    public const string MisspelledKey = "ALB1101";
    public const string LogSection = "ALB1102";
    public const string OpenToOthers = "ALB1103";
    public const string TooFewFiles = "ALB1104";
    public const string SecretLeftOut = "ALB1105";
    public const string RevisionFiles = "ALB2201";
    public const string NewFile = "ALB2202";
    public const string Compilation = "ALB2102";
    public const string Import = "ALB2203";
    public const string EngineWarning = "ALB3201";
    public const string ScratchDatabase = "ALB3202";
    public const string ModelWarning = "ALB4201";

    /// <summary>Gets the code of a line that is logged as a warning, by its logger.</summary>
    public static string OfLog(string category) =>
        category.StartsWith("alembic.autogenerate", StringComparison.Ordinal) || category == "alembic.model" ? ModelWarning : EngineWarning;
}
