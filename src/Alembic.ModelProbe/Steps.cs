using System.Reflection;

namespace Alembic.ModelProbe;

/// <summary>What the probe is at, for the message if it fails there, and what the user should know of how the model was read.</summary>
internal sealed class Steps(string file)
{
    private readonly List<string> _notes = [];

    public string Current { get; private set; } = "starting";

    public IReadOnlyList<string> Notes => _notes;

    public void Begin(string step)
    {
        Current = step;
        File.WriteAllText(file, step);
    }

    public void Note(string text) => _notes.Add(text);

    /// <summary>The exception of the user's code inside of those that reflection puts around it.</summary>
    public static Exception Unwrapped(Exception exception) => exception switch
    {
        TargetInvocationException or TypeInitializationException when exception.InnerException is { } inner => Unwrapped(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrapped(only),
        _ => exception,
    };

    public static string Text(Exception exception)
    {
        var told = Unwrapped(exception);
        return $"{told.GetType().Name}: {told.Message.ReplaceLineEndings(" ")}{At(told)}";
    }

    // The first line of the user's own code, where its PDB is there.
    private static string At(Exception exception)
    {
        var frame = new System.Diagnostics.StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(f => f.GetFileName() is { } name && File.Exists(name));
        return frame is null ? "" : $" ({frame.GetFileName()}:{frame.GetFileLineNumber()})";
    }
}
