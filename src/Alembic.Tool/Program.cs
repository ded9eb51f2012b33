using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Alembic.Tool;
using Alembic.Tool.Output;
using Microsoft.Win32.SafeHandles;

// What is printed, sorted and generated is the same on every machine.
CultureInfo.DefaultThreadCurrentCulture =
    CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

// What keeps the process from working at all, whatever thread meets it: no file can be opened, the working directory is gone.
AppDomain.CurrentDomain.UnhandledException += (_, error) =>
{
    var exception = (Exception)error.ExceptionObject;
    while (exception is TypeInitializationException or System.Reflection.TargetInvocationException && exception.InnerException is { } inner)
        exception = inner;
    Fail(exception.Message.ReplaceLineEndings(" ").TrimEnd());
    Environment.Exit(1);
};

if (OpenFiles.Limit() is { } limit && limit < OpenFiles.Needed)
{
    Fail($"this process may open {limit} files at a time, and needs {OpenFiles.Needed}\nhint: ulimit -n 1024");
    return 1;
}
return CommandLine.Run(args, Terminal.OfProcess());

static void Fail(string text)
{
    using var stream = new LenientStream(OperatingSystem.IsWindows()
        ? OfConsole()
        : new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, bufferSize: 0));
    stream.Write(Encoding.UTF8.GetBytes($"FAILED: {text}\n"));
}

// The console's own library may be what cannot be opened.
[MethodImpl(MethodImplOptions.NoInlining)]
static Stream OfConsole() => Console.OpenStandardError();
