namespace Alembic;

/// <summary>
/// A failure that its reader can do something about. The message is one line in Alembic's wording and contains no secret. Any exception
/// that is not an <see cref="AlembicException"/> is a defect of the program or of the user's own code.
/// </summary>
/// <param name="message">What went wrong, without the "FAILED: " that the command line puts before it.</param>
/// <param name="innerException">The cause, or null.</param>
public class AlembicException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The command to run next or the line to write, without the "hint: " before it; null if there is no obvious one.</summary>
    public string? Hint { get; init; }
}
