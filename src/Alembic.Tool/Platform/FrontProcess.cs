using System.Runtime.InteropServices;
using System.Text;

namespace Alembic.Tool;

/// <summary>
/// The native program and the managed one, each started with the other's arguments, variables and streams. By the C library: what .NET has
/// for that takes longer to get ready than the native program takes for a command.
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

    // What a loader ends with that lacks a library. No command has the code that it would be.
    private const int NotLoaded = 127;

    private const nint Ignore = 1;

    /// <summary>Has the native program do the command, where there is one that may.</summary>
    /// <param name="arguments">The arguments of the command line.</param>
    /// <param name="isNative">Tells whether it has a command of that name. It is asked of all arguments: to start in vain costs little.
    /// </param>
    /// <returns>The exit code; null where this program has to do it.</returns>
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

    /// <summary>Tells whether the native program is to be asked: scripts need the migrations.</summary>
    public static bool MayServe(string[] arguments, Predicate<string> isNative) =>
        Array.Exists(arguments, isNative) && Array.IndexOf(arguments, "--sql") < 0;

    /// <summary>Ends this process when the one ends that waits for it, and has it know its folder, however it was started.</summary>
    public static void BeChild()
    {
        NativeFront.IsChild = true;
        _ = prctl(WhenParentEnds, Terminate);
        // The system names the loader as the program, if that had to start it.
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(Environment.GetCommandLineArgs()[0]) + "/");
    }

    /// <summary>
    /// Makes sure that no standard stream is closed: the next file that is opened gets its number. The runtime opens files before the first
    /// line. They are closed on execute; a stream, which came from another process, is not.
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

    /// <summary>Becomes the managed program.</summary>
    /// <returns>An exit code, if that cannot be.</returns>
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
        // Both are told what is typed at the terminal; it answers.
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

    // Null where this user may not.
    private static int? Begin(string[] command)
    {
        var texts = Texts(command);
        // As they came, whatever bytes they are of.
        var variables = *(byte***)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "environ");
        int process;
        return posix_spawn(&process, texts[0], null, null, texts, variables) == 0 ? process : null;
    }

    // From the tool's own folder and nowhere else: it is executed.
    private static string InFolder(string name) => Path.Combine(AppContext.BaseDirectory, name);

    // Never freed: this process waits, or becomes another one.
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

    // By the file's whole name, for which nothing has to be tried, and with nothing to convert, for which no code has to be generated.
#pragma warning disable IDE1006 // The names that they have there.
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
