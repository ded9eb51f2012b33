using System.Globalization;
using Alembic.Tool;
using Alembic.Tool.Output;

// What is printed, sorted and generated is the same on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

// What keeps the process from working at all, whatever thread meets it: no file can be opened, the working directory is gone.
AppDomain.CurrentDomain.UnhandledException += (_, error) =>
{
    var exception = (Exception)error.ExceptionObject;
    while (exception is TypeInitializationException or System.Reflection.TargetInvocationException && exception.InnerException is { } inner)
        exception = inner;
    using var writer = new StreamWriter(new LenientStream(Console.OpenStandardError()));
    writer.WriteLine($"FAILED: {exception.Message.ReplaceLineEndings(" ")}");
    writer.Flush();
    Environment.Exit(1);
};

return CommandLine.Run(args, Terminal.OfProcess());
