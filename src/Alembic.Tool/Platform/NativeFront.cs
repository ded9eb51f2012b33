using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Alembic.Tool;

/// <summary>
/// The native program that does, in a fraction of the time that .NET takes to start, what runs no code of the project. It is this very
/// tool, compiled ahead without what it never comes to: the switch below is known as it is compiled.
/// </summary>
internal static class NativeFront
{
    /// <summary>The name of its file, beside the tool's own.</summary>
    public const string Program = "alembic-front";

    /// <summary>The exit code with which it says that the command is not for it. Nothing was printed or changed then.</summary>
    public const int NotHere = 250;

    /// <summary>The exit code with which it says that it failed where the managed program may not.</summary>
    public const int Failed = 251;

    /// <summary>
    /// Comes on top of the command's exit code where another process waits: what ends before the first line, as a program that an older C
    /// library cannot load, ends with 1 or 127.
    /// </summary>
    public const int Done = 100;

    /// <summary>The first argument where another process waits for it, and goes on if it must.</summary>
    public const string Child = "@child";

    /// <summary>The switch of a package that has it.</summary>
    public const string Packed = "Alembic.NativeFrontPacked";

    /// <summary>Tells whether this is that program.</summary>
    [FeatureSwitchDefinition("Alembic.NativeFront")]
    public static bool IsThis => AppContext.TryGetSwitch("Alembic.NativeFront", out var isThis) && isThis;

    /// <summary>Whether another process waits for this one.</summary>
    public static bool IsChild { get; set; }

    /// <summary>The process's exit code for a command's.</summary>
    public static int ExitCode(int code) => IsChild ? Done + code : code;

    /// <summary>Tells whether a failure is one of this program rather than of the command.</summary>
    public static bool IsOwn(Exception exception) => exception is NotHereException
        || (IsThis && exception is not (AlembicException or DbException or IOException or UnauthorizedAccessException
            or OperationCanceledException));
}

/// <summary>The command needs what the native program has not: the managed one does it from the start.</summary>
internal sealed class NotHereException(string what) : Exception(what);
