using System.Text.Json;
using Alembic.ModelProbe;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.EntityFramework;

/// <summary>The EF Core model that the ini file names, read when it is needed.</summary>
internal sealed class EntityFrameworkModel(ModelSource source, Settings settings, Terminal terminal, ModelOptions options, ILogger log)
    : IDisposable
{
    private readonly CacheDirectory _cache = new(
        CacheLocation.Find(settings.CacheDir, terminal.Environment),
        new SealingKey(CacheLocation.OfKey(terminal.Environment)), terminal.Clock);

    private ModelReading? _begun;

    /// <summary>Gets the model for a database of a dialect.</summary>
    /// <exception cref="AlembicException">The project does not build, the context cannot be created, or it is for another
    /// database.</exception>
    public MetaData Read(Dialect dialect)
    {
        using var answer = Ask(dialect, migrations: false);
        var model = ModelReader.Read(answer.RootElement, dialect);
        foreach (var unknown in model.Unknown)
            Warn($"{unknown} of the EF Core model is not supported, and is left out");
        return model.MetaData;
    }

    /// <summary>
    /// Starts to read the model, if that needs no build and runs nothing but the creation of the context. Other work can be done until
    /// the model is needed.
    /// </summary>
    public void Begin(Dialect dialect)
    {
        if (!source.UsesHost && !options.UseHost && Built() is { } application)
            _begun = Start(application, dialect, migrations: false);
    }

    /// <summary>Asks the probe for the model or for the migrations.</summary>
    public JsonDocument Ask(Dialect dialect, bool migrations)
    {
        using var reading = !migrations && Begun(dialect) is { } begun ? begun : Start(Fresh(), dialect, migrations);
        var bytes = reading.Answer();
        var answer = JsonDocument.Parse(bytes);
        Check(answer.RootElement.GetProperty("provider").GetString() ?? "", dialect,
            answer.RootElement.GetProperty("context").GetString()!);
        if (!reading.IsKnown)
        {
            foreach (var note in answer.RootElement.GetProperty("notes").EnumerateArray())
                Warn(note.GetString()!);
            reading.Keep(bytes);
        }
        return answer;
    }

    public void Dispose() => _begun?.Dispose();

    // Used once, and not if the database turned out to be another one than its URL says.
    private ModelReading? Begun(Dialect dialect)
    {
        if (_begun?.Request.Dialect != dialect.Name)
            return null;
        (var begun, _begun) = (_begun, null);
        return begun;
    }

    private ModelReading Start(Application application, Dialect dialect, bool migrations) => new(
        application,
        new ProbeRequest
        {
            Assemblies = [.. application.Assemblies],
            Dialect = dialect.Name,
            Context = options.Context ?? source.Context,
            UseHost = source.UsesHost || options.UseHost,
            Migrations = migrations,
        },
        _cache, terminal.Environment, line => terminal.Error.WriteLine(line));

    private Application? Built() => source.IsAssembly ? Application.Of(source.Path)
        : Project.FindBuilt() is { } facts ? Application.Of(facts, source.Path) : null;

    private Application Fresh() => source.IsAssembly ? Application.Of(source.Path)
        : Application.Of(
            Project.Find(
                !options.NoBuild,
                line => log.Log(LogLevel.Information, 0, line, null, static (text, _) => text),
                line => terminal.Error.WriteLine(line)),
            source.Path);

    private FreshProject Project => new(source, new MsBuild(new Dotnet(terminal.Environment), source), _cache, terminal.Clock);

    private static void Check(string provider, Dialect dialect, string context)
    {
        var dialects = EfProvider.OfPackage(provider)?.Dialects ?? throw new AlembicException(
            $"{context} uses the EF Core provider {provider}, which is not supported; "
            + $"supported are {string.Join(", ", EfProvider.AllPackages)}");
        if (!dialects.Contains(dialect.Name))
        {
            throw new AlembicException($"{context} is for {dialects[0]} ({provider}), but the database is {dialect.Name}")
            {
                Hint = $"correct the database in the ini file, or have the context's factory or OnConfiguring use {dialect.Name}",
            };
        }
    }

    private void Warn(string text) => log.Log(LogLevel.Warning, 0, text, null, static (line, _) => line);
}

/// <summary>The options of the command line for the model.</summary>
/// <param name="NoBuild">Whether the project must not be built.</param>
/// <param name="UseHost">Whether the application's Main creates the context.</param>
/// <param name="Context">The context, in place of the ini file's.</param>
internal sealed record ModelOptions(bool NoBuild = false, bool UseHost = false, string? Context = null);
