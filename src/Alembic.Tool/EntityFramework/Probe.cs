using System.Text.Json;
using System.Text.Json.Serialization;
using Alembic.ModelProbe;

namespace Alembic.Tool.EntityFramework;

/// <summary>Runs the probe in place of the application: on its runtime, with its frameworks and packages.</summary>
internal sealed class Probe(Dotnet dotnet, Func<string, string?> environment)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "alembic", "model", "alembic-model-probe.dll");

    /// <param name="application">What to read.</param>
    /// <param name="request">What is asked for, but for the files.</param>
    /// <param name="print">Gets what the application prints.</param>
    /// <returns>The answer, as JSON.</returns>
    /// <exception cref="AlembicException">There is none, or it says what is wrong.</exception>
    public byte[] Ask(Application application, ProbeRequest request, Action<string> print)
    {
        using var scratch = new ScratchFolder();
        var requestFile = Path.Combine(scratch.Path, "request.json");
        request = request with { AnswerFile = Path.Combine(scratch.Path, "answer.json"),
            StepFile = Path.Combine(scratch.Path, "step.txt") };
        System.IO.File.WriteAllBytes(requestFile, JsonSerializer.SerializeToUtf8Bytes(request, ProbeJson.Default.ProbeRequest));
        var (exit, _) = dotnet.Run(
        [
            "exec", "--depsfile", application.DepsFile, "--runtimeconfig", application.RuntimeConfig(scratch.Path),
            "--roll-forward", "Major",
            .. application.ProbingPaths(environment).SelectMany(path => new[] { "--additionalprobingpath", path }), File, requestFile,
        ], application.Folder, print, print, Variables(), Limit);
        if (System.IO.File.Exists(request.AnswerFile))
            return Checked(System.IO.File.ReadAllBytes(request.AnswerFile));
        var step = System.IO.File.Exists(request.StepFile) ? System.IO.File.ReadAllText(request.StepFile)
            : $"starting {Path.GetFileName(application.Assemblies[0])}";
        throw new AlembicException(exit is null
            ? $"The model can't be read: {step}: this took longer than {Limit.TotalMinutes} minutes"
            : $"The model can't be read: {step}: the application ended the process with exit code {exit}")
        {
            Hint = request.UseHost ? "write a class that implements IDesignTimeDbContextFactory, which needs no host"
                : "what the application printed is above",
        };
    }

    // As dotnet ef does it: this is a developer's machine unless somebody says otherwise. And nothing here runs long enough to be profiled.
    private IEnumerable<(string Name, string Value)> Variables() =>
    [
        .. environment("ASPNETCORE_ENVIRONMENT") is { Length: > 0 } || environment("DOTNET_ENVIRONMENT") is { Length: > 0 } ? []
            : new[] { ("ASPNETCORE_ENVIRONMENT", "Development"), ("DOTNET_ENVIRONMENT", "Development") },
        ("DOTNET_TieredPGO", "0"),
    ];

    private static byte[] Checked(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("error", out var error)
            ? throw new AlembicException($"The model can't be read: {error.GetProperty("message").GetString()}",
                new ProbeFailure(error.GetProperty("details").GetString()))
            {
                Hint = error.GetProperty("hint").GetString(),
            }
            : answer;
    }

    // For --raiseerr: the stack trace of the other process.
    private sealed class ProbeFailure(string? details) : Exception(details);

    private sealed class ScratchFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("alembic-model-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

[JsonSerializable(typeof(ProbeRequest))]
internal sealed partial class ProbeJson : JsonSerializerContext;
