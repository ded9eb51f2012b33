namespace Alembic.ModelProbe;

/// <summary>Finds the context with the model, and its design-time factory.</summary>
internal sealed class ContextFinder(Application application, EntityFramework framework)
{
    /// <param name="name">Its name, with or without the namespace; null if there is only one.</param>
    public (Type Context, Type? Factory) Find(string? name)
    {
        var types =
            application.Types().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }).ToList();
        var factories = types.SelectMany(type => Made(type).Select(context => (Context: context, Factory: type))).ToList();
        var contexts =
            types.Where(type => type.IsSubclassOf(framework.Context)).Concat(factories.Select(f => f.Context)).Distinct().ToList();
        var context = Choose(contexts, name);
        return (context, factories.FirstOrDefault(f => f.Context == context).Factory);
    }

    private Type Choose(List<Type> contexts, string? name)
    {
        var found = name is null ? contexts : contexts.Where(type => IsCalled(type, name, StringComparison.Ordinal)).ToList();
        if (found.Count == 0 && name is not null)
            found = contexts.Where(type => IsCalled(type, name, StringComparison.OrdinalIgnoreCase)).ToList();
        var names = string.Join(", ", contexts.Select(type => type.FullName).Order(StringComparer.Ordinal));
        return (found, contexts) switch
        {
            ([var only], _) => only,
            (_, []) => throw new ProbeException(
                $"no class of {application.Main.GetName().Name} derives from DbContext",
                "name the project that holds the context: model = ef:path/to/Project.csproj"),
            ([], _) => throw new ProbeException(
                $"there is no context '{name}' in {application.Main.GetName().Name}", $"model_context is one of {names}"),
            _ => throw new ProbeException(
                $"{application.Main.GetName().Name} has several contexts: {names}",
                $"write 'model_context = {found[0].Name}' into the ini file, or another of them"),
        };
    }

    private static bool IsCalled(Type type, string name, StringComparison comparison) => name.Equals(type.Name, comparison)
        || name.Equals(type.FullName, comparison);

    private IEnumerable<Type> Made(Type type) => type.GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == framework.Factory).Select(i => i.GetGenericArguments()[0]);
}
