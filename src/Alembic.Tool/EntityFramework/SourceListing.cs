using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Alembic.Tool.EntityFramework;

/// <summary>The names of the C# files below a project's folder. If the list changes, the build may compile other files.</summary>
internal static class SourceListing
{
    public static string Of(string project)
    {
        // A file-based application names its source files.
        if (project.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
            return "";
        var files = new FileSystemEnumerable<string>(
            Path.GetDirectoryName(project)!, (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory
                && entry.FileName.EndsWith(".cs", StringComparison.OrdinalIgnoreCase),
            // A folder of revisions has no model in it, and gets new files again and again.
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                entry.FileName is not ("bin" or "obj" or "node_modules") && !entry.FileName.StartsWith('.')
                    && !File.Exists(Path.Combine(entry.ToFullPath(), "script.cs.scriban")),
        };
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files.Order(StringComparer.Ordinal)))));
    }
}
