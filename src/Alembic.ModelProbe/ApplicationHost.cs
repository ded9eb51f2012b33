using System.Diagnostics;
using System.Reflection;

namespace Alembic.ModelProbe;

/// <summary>
/// Runs the application's Main until its host is built, takes the services from there and makes Main end. Everything that the
/// application does before that really happens.
/// </summary>
internal sealed class ApplicationHost(Application application, Steps steps) : IObserver<DiagnosticListener>,
    IObserver<KeyValuePair<string, object?>>
{
    private readonly AsyncLocal<bool> _isMain = new();
    private readonly TaskCompletionSource<object> _host = new();
    private IDisposable? _events;

    public object Context(Type context, Type factory)
    {
        var services = Services();
        steps.Begin($"asking the application's services for {context.FullName}");
        if (services.GetService(factory) is { } contexts)
            return factory.GetMethod("CreateDbContext")!.Invoke(contexts, null)!;
        var scopes = Application.Type(
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.DependencyInjection.IServiceScopeFactory");
        var scope = scopes.GetMethod("CreateScope")!.Invoke(services.GetService(scopes), null)!;
        var scoped = (IServiceProvider)scope.GetType().GetInterfaces().First(i => i.Name == "IServiceScope")
            .GetProperty("ServiceProvider")!.GetValue(scope)!;
        return scoped.GetService(context) ?? throw new ProbeException(
            $"the application does not register {context.FullName}",
            $"services.AddDbContext<{context.Name}>(…) in Program.cs, or leave out --use-host");
    }

    private IServiceProvider Services()
    {
        var main = application.Main.EntryPoint ?? throw new ProbeException(
            $"{application.Main.GetName().Name} is a library: it has no Main that builds a host",
            "name the application's project: model = ef:path/to/App.csproj");
        steps.Begin($"running Main of {application.Main.GetName().Name} until its host is built");
        using var listening = DiagnosticListener.AllListeners.Subscribe(this);
        new Thread(() => Run(main)) { IsBackground = true }.Start();
        var host = _host.Task.GetAwaiter().GetResult();
        return (IServiceProvider)host.GetType().GetProperty("Services")!.GetValue(host)!;
    }

#pragma warning disable CA1031 // Main may throw anything. It is supposed to end with our own exception.
    private void Run(MethodInfo main)
    {
        try
        {
            _isMain.Value = true;
            string[] arguments = [$"--applicationName={application.Main.GetName().Name}"];
            if (main.Invoke(null, main.GetParameters().Length == 0 ? [] : [arguments]) is Task task)
                task.GetAwaiter().GetResult();
            _host.TrySetException(new ProbeException("Main ended without building a host"));
        }
        catch (Exception exception)
        {
            _host.TrySetException(exception);
        }
    }
#pragma warning restore CA1031

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (_isMain.Value && value.Name == "Microsoft.Extensions.Hosting")
            _events ??= value.Subscribe(this);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (!_isMain.Value || value.Key != "HostBuilt")
            return;
        _host.TrySetResult(value.Value!);
        // Applications know that they must not catch this exception.
        var stop =
            Application.Find("Microsoft.Extensions.Hosting.Abstractions")?.GetType("Microsoft.Extensions.Hosting.HostAbortedException");
        throw stop is null ? new OperationCanceledException() : (Exception)Activator.CreateInstance(stop)!;
    }

    void IObserver<DiagnosticListener>.OnCompleted() => _events?.Dispose();

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
