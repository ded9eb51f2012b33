using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Alembic.Tool;

/// <summary>
/// The native program. It runs the commands that need no code of the project, in a fraction of the time that .NET takes to start. It is
/// this tool, compiled ahead of time without the code that it never reaches: the compiler knows the switch below.
/// </summary>
internal static class NativeFront
{
    /// <summary>The name of its file, beside the tool's own.</summary>
    public const string Program = "alembic-front";

    /// <summary>The exit code for a command that it does not have. It has printed and changed nothing then.</summary>
    public const int NotHere = 250;

    /// <summary>The exit code for a failure of its own, which the managed program may not have.</summary>
    public const int Failed = 251;

    /// <summary>
    /// Added to the command's exit code if another process waits. A program that ends before its first line (an older C library cannot
    /// load it) ends with 1 or 127.
    /// </summary>
    public const int Done = 100;

    /// <summary>The first argument if another process waits for this one, and runs the command itself if needed.</summary>
    public const string Child = "@child";

    /// <summary>The switch of a package that has it.</summary>
    public const string Packed = "Alembic.NativeFrontPacked";

    /// <summary>Tells whether this is the native program.</summary>
    [FeatureSwitchDefinition("Alembic.NativeFront")]
    public static bool IsThis => AppContext.TryGetSwitch("Alembic.NativeFront", out var isThis) && isThis;

    /// <summary>Tells whether another process waits for this one.</summary>
    public static bool IsChild { get; set; }

    /// <summary>Gets the process's exit code for a command's.</summary>
    public static int ExitCode(int code) => IsChild ? Done + code : code;

    /// <summary>Tells whether a failure is this program's rather than the command's.</summary>
    public static bool IsOwn(Exception exception) => exception is NotHereException
        || (IsThis && exception is not (AlembicException or DbException or IOException or UnauthorizedAccessException
            or OperationCanceledException));
}

/// <summary>The command needs what the native program does not have: the managed one runs it from the start.</summary>
internal sealed class NotHereException(string what) : Exception(what);
