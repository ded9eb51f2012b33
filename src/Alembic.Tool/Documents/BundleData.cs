using System.ComponentModel;

namespace Alembic.Tool.Documents;

/// <summary>A bundle that was written.</summary>
internal sealed record BundleData(
    [Description("The folder, as an absolute path.")] string Folder,
    [Description("The words that start its program, before the command.")] IReadOnlyList<string> Program,
    [Description("The kinds of databases that it is for.")] IReadOnlyList<string> Dialects,
    [Description("How many revisions it has.")] int Revisions,
    [Description("The size of its files, in bytes.")] long Size,
    [Description("The version of .NET that it includes; null if it needs .NET on the machine.")] string? Runtime);
