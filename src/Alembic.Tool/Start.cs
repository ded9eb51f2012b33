using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Alembic.Tool.Bundles;
using Alembic.Tool.Documents;
using Alembic.Tool.Output;
using Microsoft.Win32.SafeHandles;

namespace Alembic.Tool;

/// <summary>The start of the program: prepares the process, and runs the command line.</summary>
internal static class Start
{
    /// <param name="args">The arguments of the command line.</param>
    /// <param name="held">Holds back the output; null for nothing.</param>
    public static int Run(string[] args, HeldOutput? held = null)
    {
        // Printed, sorted and generated text is the same on every machine.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture =
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        // Errors that keep the process from working at all, on any thread: no file can be opened, the working directory is gone.
        AppDomain.CurrentDomain.UnhandledException += (_, error) =>
        {
            var exception = (Exception)error.ExceptionObject;
            while (exception is TypeInitializationException or System.Reflection.TargetInvocationException
                && exception.InnerException is { } inner)
                exception = inner;
            Fail(args, Failure.Diagnostics(exception, null).Last());
            Environment.Exit(NativeFront.ExitCode(1));
        };

        if (OpenFiles.TooLow() is { } limit)
        {
            Fail(args, new(DiagnosticCode.TooFewFiles, Diagnostic.Error,
                $"this process may open {limit} files at a time, but needs {OpenFiles.Needed}", "ulimit -n 1024"));
            return 1;
        }
        return CommandLine.Run(args, Terminal.OfProcess(held), Bundle.In(AppContext.BaseDirectory));
    }

    // Nothing that the command would use is available.
    private static void Fail(string[] args, Diagnostic failure)
    {
        Write(2, $"FAILED: {failure.Message}\n{(failure.Hint is { } hint ? $"hint: {hint}\n" : "")}");
        if (Results.AreJson(args))
            Write(1, new Document(Document.Version, null, Ok: false, ExitCode: 1, [], [failure], null).Text(new Secrets()));
    }

    private static void Write(int handle, string text)
    {
        using var stream = new LenientStream(OperatingSystem.IsWindows()
            ? OfConsole(handle)
            : new FileStream(new SafeFileHandle(handle, ownsHandle: false), FileAccess.Write, bufferSize: 0));
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    // The console's own library may be what cannot be opened.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Stream OfConsole(int handle) => handle == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();
}
