using System.Reflection;
using System.Runtime.Loader;

namespace Alembic.ModelProbe;

/// <summary>The user's assemblies, loaded as they would be if the application itself ran.</summary>
internal sealed class Application
{
    private readonly string[] _assemblies;
    private readonly Steps _steps;

    public Application(string[] assemblies, Steps steps)
    {
        _assemblies = assemblies;
        _steps = steps;
        var resolver = new Lazy<AssemblyDependencyResolver>(() => new AssemblyDependencyResolver(assemblies[0]));
        // An assembly that the host did not find by deps.json and probing paths may be beside the application.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            (resolver.Value.ResolveAssemblyToPath(name) ?? Beside(name)) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            resolver.Value.ResolveUnmanagedDllToPath(name) is { } path ? System.Runtime.InteropServices.NativeLibrary.Load(path) : 0;
        steps.Begin($"loading {assemblies[0]}");
        Main = AssemblyLoadContext.Default.LoadFromAssemblyPath(assemblies[0]);
    }

    /// <summary>The assembly that has the model, or that references the one that has it.</summary>
    public Assembly Main { get; }

    /// <summary>Gets the types of the main assembly, then those of the projects that it references.</summary>
    public IEnumerable<Type> Types() => TypesOf(Main).Concat(_assemblies.Skip(1).Where(File.Exists)
        .SelectMany(path => TypesOf(AssemblyLoadContext.Default.LoadFromAssemblyName(AssemblyName.GetAssemblyName(path)))));

    /// <summary>Gets an assembly of the application; null if it does not have it.</summary>
    public static Assembly? Find(string name)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Gets a type that must exist.</summary>
    public static Type Type(string assembly, string name) =>
        Find(assembly)?.GetType(name) ?? throw new ProbeException($"the application does not have the type {name} of {assembly}");

    private string? Beside(AssemblyName name) =>
        Path.Combine(Path.GetDirectoryName(_assemblies[0])!, name.Name + ".dll") is var path && File.Exists(path) ? path : null;

    private IEnumerable<Type> TypesOf(Assembly assembly)
    {
        _steps.Begin($"reading the types of {assembly.GetName().Name}");
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            _steps.Note($"some types of {assembly.GetName().Name} can't be loaded: {exception.LoaderExceptions.FirstOrDefault()?.Message}");
            return exception.Types.OfType<Type>();
        }
    }
}
