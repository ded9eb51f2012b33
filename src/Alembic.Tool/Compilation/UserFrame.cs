using System.Diagnostics;

namespace Alembic.Tool.Compilation;

/// <summary>Finds the place in the user's files where something failed.</summary>
internal static class UserFrame
{
    /// <summary>
    /// Gets the first stack frame in one of the files, or in a file below one of the folders. Of nested exceptions the innermost counts.
    /// </summary>
    public static (string File, int Line)? First(Exception exception, IEnumerable<string> roots)
    {
        var all = roots.ToList();
        var chain = new Stack<Exception>();
        for (var next = exception; next is not null; next = next.InnerException)
            chain.Push(next);
        return chain
            .SelectMany(one => new StackTrace(one, fNeedFileInfo: true).GetFrames())
            .Where(frame => frame.GetFileName() is { } file && all.Any(root => IsIn(file, root)))
            .Select(frame => ((string, int)?)(frame.GetFileName()!, frame.GetFileLineNumber()))
            .FirstOrDefault();
    }

    private static bool IsIn(string file, string root) => Paths.AreSame(file, root) || Paths.IsBelow(file, root);
}
