using System.Runtime.InteropServices;
using System.Text;

namespace Alembic.Tool;

/// <summary>
/// Starts the native program from the managed one and the other way round, each with the other's arguments, variables and streams. Uses
/// the C library: .NET's own classes take longer to load than the native program takes for a command.
/// </summary>
internal static unsafe class FrontProcess
{
    private const string Managed = "ALEMBIC_MANAGED";
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const int WhenParentEnds = 1;
    private const int GetFlags = 1;
    private const int ClosedOnExecute = 1;
    private const int IsInterrupted = 4;

    // The exit code of a loader that lacks a library. No command has this code.
    private const int NotLoaded = 127;

    private const nint Ignore = 1;

    /// <summary>Has the native program run the command, if there is one that may.</summary>
    /// <param name="arguments">The arguments of the command line.</param>
    /// <param name="isNative">Tells whether the native program has a command of that name. Called with all arguments: starting it in
    /// vain costs little.</param>
    /// <returns>The exit code; null if this program has to run the command.</returns>
    public static int? Run(string[] arguments, Predicate<string> isNative)
    {
        if (!OperatingSystem.IsLinux() || !(AppContext.TryGetSwitch(NativeFront.Packed, out var isPacked) && isPacked)
            || Environment.GetEnvironmentVariable(Managed) == "1")
            return null;
        if (!MayServe(arguments, isNative) || !PackedProgram.MayBeLoaded())
            return null;
        try
        {
            return Wait(InFolder(NativeFront.Program), arguments);
        }
        catch (TypeLoadException)
        {
            // Another C library.
            return null;
        }
    }

    /// <summary>Tells whether the native program should be asked. A script (--sql) needs the migrations.</summary>
    public static bool MayServe(string[] arguments, Predicate<string> isNative) =>
        Array.Exists(arguments, isNative) && Array.IndexOf(arguments, "--sql") < 0;

    /// <summary>Makes this process end when its parent ends, and sets its folder, however it was started.</summary>
    public static void BeChild()
    {
        NativeFront.IsChild = true;
        _ = prctl(WhenParentEnds, Terminate);
        // If the loader had to start the program, the system names the loader as the program.
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(Environment.GetCommandLineArgs()[0]) + "/");
    }

    /// <summary>
    /// Ensures that no standard stream is closed: the next file that is opened would get its number. The runtime opens files before the
    /// first line. These are closed on exec; a stream from another process is not.
    /// </summary>
    /// <exception cref="NotHereException">One is closed.</exception>
    public static void NeedStreams()
    {
        for (var stream = 0; stream <= 2; stream++)
        {
            if (fcntl(stream, GetFlags) is < 0 or ClosedOnExecute)
                throw new NotHereException("a closed stream");
        }
    }

    /// <summary>Replaces this process by the managed program.</summary>
    /// <returns>An exit code, if that fails.</returns>
    public static int Replace(string[] arguments)
    {
        var program = InFolder("dotnet-alembic");
        fixed (byte* name = Text(Managed), value = Text("1"))
            _ = setenv(name, value, 1);
        var texts = Texts([program, .. arguments]);
        _ = execv(texts[0], texts);
        Console.Error.WriteLine($"FAILED: {program} cannot be started, and this command needs it");
        return 1;
    }

    private static int? Wait(string program, string[] arguments)
    {
        string[] command = [program, NativeFront.Child, .. arguments];
        var process = Begin(command) ?? (PackedProgram.LoaderOf(program) is { } loader ? Begin([loader, .. command]) : null);
        if (process is null)
            return null;
        int status;
        // Both processes get Ctrl-C from the terminal. The child handles it.
        var before = signal(Interrupt, Ignore);
        while (waitpid(process.Value, &status, 0) < 0 && Marshal.GetLastSystemError() == IsInterrupted)
        {
        }
        _ = signal(Interrupt, before);
        var code = (status & 0x7f) == 0 ? status >> 8 & 0xff : NativeFront.Failed;
        if (code is >= NativeFront.Done and < NativeFront.NotHere and not NotLoaded)
            return code - NativeFront.Done;
        if (code != NativeFront.NotHere)
            Console.Error.WriteLine($"warning: {program} failed, and .NET does its work; {Managed}=1 turns it off");
        return null;
    }

    // Null if this user may not.
    private static int? Begin(string[] command)
    {
        var texts = Texts(command);
        // As the same bytes that this process got, in any encoding.
        var variables = *(byte***)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "environ");
        int process;
        return posix_spawn(&process, texts[0], null, null, texts, variables) == 0 ? process : null;
    }

    // Only from the tool's own folder: the file is executed.
    private static string InFolder(string name) => Path.Combine(AppContext.BaseDirectory, name);

    // Never freed: this process waits, or is replaced.
    private static byte** Texts(string[] texts)
    {
        var all = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Length + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Length; i++)
        {
            var bytes = Text(texts[i]);
            all[i] = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
            bytes.CopyTo(new Span<byte>(all[i], bytes.Length));
        }
        return all;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    // With the file's full name, so that no other names are tried, and without conversions, so that no code has to be generated.
#pragma warning disable IDE1006 // These are the C library's names.
    [DllImport("libc.so.6")]
    private static extern int posix_spawn(int* process, byte* path, void* actions, void* attributes, byte** arguments, byte** variables);

    [DllImport("libc.so.6")]
    private static extern int execv(byte* path, byte** arguments);

    [DllImport("libc.so.6")]
    private static extern int waitpid(int process, int* status, int options);

    [DllImport("libc.so.6")]
    private static extern nint signal(int number, nint handler);

    [DllImport("libc.so.6")]
    private static extern int fcntl(int file, int command);

    [DllImport("libc.so.6")]
    private static extern int prctl(int option, nuint argument);

    [DllImport("libc.so.6")]
    private static extern int setenv(byte* name, byte* value, int overwrite);
#pragma warning restore IDE1006
}
