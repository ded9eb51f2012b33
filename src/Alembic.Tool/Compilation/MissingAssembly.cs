using System.Reflection;
using System.Text.RegularExpressions;

namespace Alembic.Tool.Compilation;

/// <summary>An assembly that was not found when the user's code was compiled or run.</summary>
internal static partial class MissingAssembly
{
    /// <summary>Gets its simple name; null if something else is wrong.</summary>
    public static string? Name(Exception? exception) => exception switch
    {
        null => null,
        CompilationException compilation => compilation.Errors.Select(error => Reference().Match(error.Message))
            .FirstOrDefault(match => match.Success)?.Groups["name"].Value,
        FileNotFoundException { FileName: { } name }
            when name.Contains(", Version=", StringComparison.Ordinal) => new AssemblyName(name).Name,
        ReflectionTypeLoadException types => types.LoaderExceptions.Select(Name).FirstOrDefault(name => name is not null),
        _ => Name(exception.InnerException),
    };

    // "… is defined in an assembly that is not referenced. You must add a reference to assembly 'Base, Version=1.0.0.0, …'."
    [GeneratedRegex("assembly '(?<name>[^',]+), Version=")]
    private static partial Regex Reference();
}
