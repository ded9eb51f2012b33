using System.Reflection;

namespace Alembic.ModelProbe;

/// <summary>The application's own EF Core, used by reflection: one probe works with all its versions.</summary>
internal sealed class EntityFramework
{
    private const string Core = "Microsoft.EntityFrameworkCore";
    private const string Relational = "Microsoft.EntityFrameworkCore.Relational";

    private readonly string _name;
    private readonly Assembly _core;

    private EntityFramework(string name, Assembly core)
    {
        _name = name;
        _core = core;
        Context = core.GetType($"{Core}.DbContext", throwOnError: true)!;
        Factory = core.GetType($"{Core}.Design.IDesignTimeDbContextFactory`1", throwOnError: true)!;
        Options = core.GetType($"{Core}.DbContextOptions", throwOnError: true)!;
        Version = core.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? core.GetName().Version!.ToString();
    }

    public string Version { get; }

    public Type Context { get; }

    public Type Factory { get; }

    public Type Options { get; }

    public static EntityFramework Load(Application application)
    {
        var core = Application.Find(Core)
            ?? throw new ProbeException($"{application.Main.GetName().Name} does not use EF Core: it has no {Core}.dll");
        // Application code may read it, to leave out what has no use here.
        core.GetType($"{Core}.EF")?.GetProperty("IsDesignTime", BindingFlags.Static | BindingFlags.Public)?.GetSetMethod(
            nonPublic: true)?.Invoke(null, [true]);
        return new EntityFramework(application.Main.GetName().Name!, core);
    }

    public Type CoreType(string name) =>
        _core.GetType($"{Core}.{name}") ?? throw new ProbeException($"EF Core {Version} has no type {name}");

    public Type RelationalType(string name) => Application.Find(Relational)?.GetType($"{Core}.{name}")
        ?? throw new ProbeException($"{_name} has no relational provider of EF Core", "add the package of your database's provider");

    /// <summary>Gets the services of a context. Fails if no provider is configured.</summary>
    public IServiceProvider Services(object context)
    {
        var accessor = CoreType("Infrastructure.IInfrastructure`1").MakeGenericType(typeof(IServiceProvider));
        return (IServiceProvider)accessor.GetProperty("Instance")!.GetValue(context)!;
    }

    public object Service(object context, Type type) =>
        Services(context).GetService(type) ?? throw new ProbeException($"EF Core {Version} has no service {type.FullName}");

    /// <summary>Gets the name of the provider's package.</summary>
    public string? Provider(object context)
    {
        var database = Context.GetProperty("Database")!.GetValue(context)!;
        return (string?)database.GetType().GetProperty("ProviderName")!.GetValue(database);
    }

    /// <summary>
    /// Runs OnConfiguring as the context itself will. Tells whether that, or the code that created the context, chose a database.
    /// </summary>
    public bool IsConfigured(object context)
    {
        const BindingFlags Inner = BindingFlags.Instance | BindingFlags.NonPublic;
        var builder =
            Activator.CreateInstance(CoreType("DbContextOptionsBuilder"), Context.GetField("_options", Inner)!.GetValue(context))!;
        Context.GetMethod("OnConfiguring", Inner)!.Invoke(context, [builder]);
        return (bool)builder.GetType().GetProperty("IsConfigured")!.GetValue(builder)!;
    }
}
