using System.Diagnostics;

namespace Alembic.Tool.Compilation;

/// <summary>Where in the user's files something went wrong.</summary>
internal static class UserFrame
{
    /// <summary>
    /// The first stack frame in one of the files, or of the files below one of the folders; of nested exceptions the innermost counts.
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
