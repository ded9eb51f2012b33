using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>
/// The revisions that are compiled into assemblies. Attributes survive compilation, comments do not: the leading comment comes from the
/// source, which the package's build file embeds. Without the source, the class name becomes the message.
/// </summary>
[RequiresUnreferencedCode(WhenTrimmed)]
internal static partial class CompiledRevisions
{
    /// <summary>The warning for applications that are trimmed or compiled ahead of time.</summary>
    public const string WhenTrimmed =
        "Revisions, env.cs and the parameters of SQL are read by reflection: keep their assembly whole with a TrimmerRootAssembly.";

    public const string SourcePrefix = "Alembic.Revisions/";

    public static MigrationSet Of(IReadOnlyList<Assembly> assemblies)
    {
        // The order decides ties in the graph: as in a folder, by file name.
        var found = assemblies.SelectMany(Of).OrderBy(r => r.File, StringComparer.Ordinal)
            .ThenBy(r => r.Revision.Id, StringComparer.Ordinal).ToList();
        if (found.Count == 0)
            throw new AlembicException($"No class of {string.Join(", ", assemblies.Select(Name))} has [Revision(…)]")
            {
                Hint = "include the files of alembic/versions in the project"
            };
        if (found.GroupBy(r => r.Revision.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new RevisionException($"Revision {twice.Key} is present more than once")
            {
                Hint = $"it is on {string.Join(" and on ", twice.Select(r => r.Type.FullName))}: give one of them another id"
            };
        var types = found.ToDictionary(r => r.Revision.Id, r => r.Type);
        return new MigrationSet(new RevisionMap([.. found.Select(r => r.Revision)]), _ => revision => Create(types[revision.Id]));
    }

    private static IEnumerable<(Revision Revision, Type Type, string File)> Of(Assembly assembly)
    {
        var sources = Sources(assembly);
        foreach (var type in assembly.GetTypes())
        {
            if (type.GetCustomAttribute<RevisionAttribute>(inherit: false)?.Id is not { } id)
                continue;
            if (!type.IsSubclassOf(typeof(Migration)) || type.IsAbstract)
                throw new AlembicException(
                    $"The class with [Revision(\"{id}\")] in {Name(assembly)} does not derive from Migration, or is abstract");
            var (file, comment) = sources.GetValueOrDefault(id, (File: "", Comment: Words(type.Name)));
            yield return (new Revision(
                id,
                type.GetCustomAttribute<RevisesAttribute>(inherit: false)?.Ids,
                type.GetCustomAttribute<DependsOnAttribute>(inherit: false)?.Ids,
                type.GetCustomAttribute<BranchLabelsAttribute>(inherit: false)?.Ids,
                comment) { Phase = type.GetCustomAttribute<PhaseAttribute>(inherit: false)?.Phase }, type, file);
        }
    }

    private static Dictionary<string, (string File, string Comment)> Sources(Assembly assembly)
    {
        Dictionary<string, (string, string)> result = [];
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(SourcePrefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var source = reader.ReadToEnd();
            if (Id().Match(source) is { Success: true } match)
                result[match.Groups[1].Value] = (name[SourcePrefix.Length..], LeadingComment(source));
        }
        return result;
    }

    // The // lines at the top of the file. Empty lines between them are part of the comment, as in the tool.
    private static string LeadingComment(string source)
    {
        List<string> lines = [];
        foreach (var line in source.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
                lines.Add(line is ['/', '/', ' ', .. var text] ? text : line[2..]);
            else if (line.Length > 0 || lines.Count > 0)
                break;
        }
        return string.Join('\n', lines);
    }

    // "<File>F0A1__AddAccount", as the compiler names a class that is local to its file, is "Add account".
    private static string Words(string typeName)
    {
        var words = WordStart()
            .Replace(typeName[(typeName.LastIndexOf("__", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..], " $0").Trim();
        return words.Length == 0 ? words : words[..1] + words[1..].ToLowerInvariant();
    }

    private static Migration Create(Type type)
    {
        try
        {
            return (Migration)Activator.CreateInstance(
                type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions,
                null, null, null)!;
        }
        catch (MissingMethodException exception)
        {
            throw new AlembicException($"{type.FullName} cannot be created: it needs a constructor without parameters", exception);
        }
    }

    private static string Name(Assembly assembly) => $"{assembly.GetName().Name}.dll";

    [GeneratedRegex("""\[\s*(?:Alembic\.)?Revision(?:Attribute)?\s*\(\s*"([^"\\]+)"\s*\)""")]
    private static partial Regex Id();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();
}
