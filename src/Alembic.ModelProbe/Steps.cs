using System.Reflection;

namespace Alembic.ModelProbe;

/// <summary>The current step of the probe, for the message if it fails, and notes for the user about how the model was read.</summary>
internal sealed class Steps(string file)
{
    private readonly List<string> _notes = [];

    public string Current { get; private set; } = "starting";

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What the context was created with in place of what the application has, and the way out; or null.</summary>
    public (string Given, string WayOut)? Assumption { get; set; }

    public void Begin(string step)
    {
        Current = step;
        File.WriteAllText(file, step);
    }

    public void Note(string text) => _notes.Add(text);

    /// <summary>Gets the user's own exception out of those that reflection wraps around it.</summary>
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

    // The first line of the user's own code, if it has a PDB.
    private static string At(Exception exception)
    {
        var frame = new System.Diagnostics.StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(f => f.GetFileName() is { } name && File.Exists(name));
        return frame is null ? "" : $" ({frame.GetFileName()}:{frame.GetFileLineNumber()})";
    }
}
