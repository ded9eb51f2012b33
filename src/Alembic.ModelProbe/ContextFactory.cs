using System.Reflection;

namespace Alembic.ModelProbe;

/// <summary>
/// Creates the context: by its design-time factory; by the application's host, if that is allowed; without arguments, if OnConfiguring
/// does the rest; with options for the dialect. The first way that works is used.
/// </summary>
internal sealed class ContextFactory(Application application, EntityFramework framework, ProbeRequest request, Steps steps)
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public object Create((Type Context, Type? Factory) found)
    {
        var type = found.Context;
        if (found.Factory is { } factory)
        {
            return Try($"creating {type.FullName} by its design-time factory {factory.FullName}", () =>
                framework.Factory.MakeGenericType(type)
                    .GetMethod("CreateDbContext")!.Invoke(Activator.CreateInstance(factory, nonPublic: true), [Array.Empty<string>()])!);
        }
        if (request.UseHost)
        {
            return Try($"creating {type.FullName} by the application's host", () =>
                new ApplicationHost(application, steps).Context(type, framework.CoreType("IDbContextFactory`1").MakeGenericType(type)));
        }
        List<string> failures = [];
        return WithoutArguments(type, failures) ?? WithOptions(type, failures) ?? throw new ProbeException(
            $"{type.FullName} can't be created: "
            + (failures.Count > 0 ? string.Join("; ", failures) : "it has no constructor without parameters or with DbContextOptions"),
            WayOut(type));
    }

    private static string WayOut(Type type) =>
        $"write a class that implements IDesignTimeDbContextFactory<{type.Name}>, "
        + "or let the application's own Program create it: --use-host";

    private object? WithoutArguments(Type type, List<string> failures)
    {
        if (type.GetConstructor(Any, []) is not { } constructor)
            return null;
        var context = Attempt($"creating {type.FullName} without arguments", failures, () => constructor.Invoke(null));
        bool? isConfigured = null;
        if (context is not null)
            _ = Attempt($"OnConfiguring of {type.FullName}", failures, () => isConfigured = framework.IsConfigured(context));
        if (isConfigured == false)
            failures.Add($"OnConfiguring of {type.FullName} names no database");
        return isConfigured == true ? context : null;
    }

    private object? WithOptions(Type type, List<string> failures)
    {
        var constructor =
            type.GetConstructors(Any).Where(c => c.GetParameters().Any(IsOptions)).OrderBy(c => c.GetParameters().Length).FirstOrDefault();
        if (constructor is null)
            return null;
        var options = new ProviderOptions(application, framework).Build(type, request.Dialect);
        var missing = constructor.GetParameters().Where(p => !IsOptions(p) && !p.HasDefaultValue && !p.ParameterType.IsValueType)
            .Select(p => $"{p.ParameterType.Name} {p.Name}").ToList();
        var nothing = $"null for {string.Join(" and ", missing)}";
        var given = missing.Count == 0 ? "" : $", and {nothing}";
        var step = $"creating {type.FullName} with options for {request.Dialect}{given}";
        if (Attempt(step, failures, () => constructor.Invoke([.. constructor.GetParameters().Select(Argument)])) is not { } context)
            return null;
        if (missing.Count > 0)
            steps.Assumption = (nothing, WayOut(type));
        steps.Note(
            $"{type.Name} was created with options for {request.Dialect}{given}: "
            + "options that the application sets in AddDbContext are not read");
        foreach (var (package, call) in ProviderOptions.Extensions.Where(e => Application.Find(e.Assembly) is not null))
        {
            throw new ProbeException(
                $"{application.Main.GetName().Name} uses {package}, which {call} turns on when the application registers {type.Name}: "
                + "without it the model would be different",
                WayOut(type));
        }
        return context;

        bool IsOptions(ParameterInfo p) => framework.Options.IsAssignableFrom(p.ParameterType);

        object? Argument(ParameterInfo p) => IsOptions(p) ? options : p.HasDefaultValue ? p.DefaultValue
            : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null;
    }

    private T Try<T>(string step, Func<T> make)
    {
        steps.Begin(step);
        try
        {
            return make();
        }
        catch (Exception exception) when (Steps.Unwrapped(exception) is not ProbeException)
        {
            throw new ProbeException($"{step}: {Steps.Text(exception)}", null, exception);
        }
    }

#pragma warning disable CA1031 // The user's code may throw anything, and another way may work.
    private T? Attempt<T>(string step, List<string> failures, Func<T> make)
    {
        steps.Begin(step);
        try
        {
            return make();
        }
        catch (Exception exception) when (Steps.Unwrapped(exception) is not ProbeException)
        {
            failures.Add($"{step}: {Steps.Text(exception)}");
            return default;
        }
    }
#pragma warning restore CA1031
}
