using System.Reflection;

namespace Alembic.Tool.Compilation;

/// <summary>
/// The [Revision] classes of an assembly. They are found by id, because the compiler mangles the name of a file-local class.
/// </summary>
internal sealed class RevisionTypes(Assembly assembly)
{
    private readonly Dictionary<string, Type> _types = Find(assembly);

    public Type this[string id] =>
        _types.TryGetValue(id, out var type)
        ? type
        : throw new AlembicException($"no class of the compiled revisions has [Revision(\"{id}\")]");

    private static Dictionary<string, Type> Find(Assembly assembly)
    {
        var types = new Dictionary<string, Type>();
        foreach (var type in assembly.GetTypes())
        {
            if (type.GetCustomAttribute<RevisionAttribute>(inherit: false) is { } revision && !types.TryAdd(revision.Id, type))
                throw new AlembicException($"two classes have [Revision(\"{revision.Id}\")]: {types[revision.Id]} and {type}");
        }

        return types;
    }
}
