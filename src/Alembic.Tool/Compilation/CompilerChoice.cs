using Alembic.Compiler;
using Alembic.Compiler.Remote;

namespace Alembic.Tool.Compilation;

/// <summary>Who compiles: the native compiler where the package brought one, else Roslyn in this process.</summary>
internal static class CompilerChoice
{
    public const string Variable = "ALEMBIC_NATIVE_COMPILER";

    // The package's build says so: a file that is not there is then a file that was lost.
    private const string Packed = "Alembic.NativeCompiler";

    // Some 100 times what it takes on an idle machine: only what hangs is given up.
    private static readonly TimeSpan PerSource = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(30);

    public static ISourceCompiler For(Terminal terminal)
    {
        ISourceCompiler inProcess = NativeFront.IsThis ? new NotHereCompiler() : new SourceCompiler();
        if (!(AppContext.TryGetSwitch(Packed, out var packed) && packed) || terminal.Environment(Variable) == "0"
            || !PackedProgram.MayBeLoaded())
            return inProcess;
        // From the tool's own folder and nowhere else: it is executed.
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "alembic-compiler.exe" : "alembic-compiler");
        string? loader = null;
        if (IsForItsOwnerOnly(program) && (loader = PackedProgram.LoaderOf(program)) is null)
            return inProcess;
        return new NativeCompiler(program, inProcess, text => terminal.Error.WriteLine($"warning: {text}"), PerSource, AtLeast)
        {
            Loader = loader,
        };
    }

    // So NuGet unpacks what root installs: readable for all, executable for root.
    private static bool IsForItsOwnerOnly(string program) => !OperatingSystem.IsWindows() && File.Exists(program)
        && (File.GetUnixFileMode(program) & (UnixFileMode.UserExecute | UnixFileMode.OtherExecute)) == UnixFileMode.UserExecute
        && !Ownership.IsOwn(program);
}
