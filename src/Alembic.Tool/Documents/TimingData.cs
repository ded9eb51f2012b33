using System.ComponentModel;

namespace Alembic.Tool.Documents;

/// <summary>A part of a command, and how long it took.</summary>
internal sealed record TimingData(
    [Description("The part, such as 'compile', 'connect' or 'migrate'; 'other' is the rest.")] string Phase,
    [Description("The revision that 'migrate' ran; null for several, and for other parts.")] string? Revision,
    [Description("Its message, or how many revisions it is; else null.")] string? Message,
    [Description("How many seconds it took, without the other parts in it.")] double Seconds,
    [Description("The slowest statements of the revision, the slowest first.")] IReadOnlyList<SlowData> Slowest);

/// <summary>A statement or another piece of work of a revision, and how long it took.</summary>
internal sealed record SlowData(
    [Description("The beginning of the statement, or what the work is.")] string Text,
    [Description("How many seconds it took.")] double Seconds);
