using Alembic.Compiler;
using Alembic.Compiler.Remote;

namespace Alembic.Tool.Compilation;

/// <summary>Chooses the compiler: the native one if the package has it, else Roslyn in this process.</summary>
internal static class CompilerChoice
{
    public const string Variable = "ALEMBIC_NATIVE_COMPILER";

    // Set by the package's build. If the file is missing then, it was lost.
    private const string Packed = "Alembic.NativeCompiler";

    // Some 100 times what it takes on an idle machine: only a compiler that hangs is given up.
    private static readonly TimeSpan PerSource = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(30);

    public static ISourceCompiler For(Terminal terminal)
    {
        ISourceCompiler inProcess = NativeFront.IsThis ? new NotHereCompiler() : new SourceCompiler();
        if (!(AppContext.TryGetSwitch(Packed, out var packed) && packed) || terminal.Environment(Variable) == "0"
            || !PackedProgram.MayBeLoaded())
            return inProcess;
        // Only from the tool's own folder: the file is executed.
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "alembic-compiler.exe" : "alembic-compiler");
        string? loader = null;
        if (IsForItsOwnerOnly(program) && (loader = PackedProgram.LoaderOf(program)) is null)
            return inProcess;
        return new NativeCompiler(program, inProcess, text => terminal.Error.WriteLine($"warning: {text}"), PerSource, AtLeast)
        {
            Loader = loader,
        };
    }

    // NuGet unpacks what root installs like this: readable for all, executable for root.
    private static bool IsForItsOwnerOnly(string program) => !OperatingSystem.IsWindows() && File.Exists(program)
        && (File.GetUnixFileMode(program) & (UnixFileMode.UserExecute | UnixFileMode.OtherExecute)) == UnixFileMode.UserExecute
        && !Ownership.IsOwn(program);
}
