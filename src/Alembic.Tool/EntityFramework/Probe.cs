using Alembic.ModelProbe;

namespace Alembic.Tool.EntityFramework;

/// <summary>Runs the probe in place of the application: on its runtime, with its frameworks and packages.</summary>
internal sealed class Probe(Dotnet dotnet, Func<string, string?> environment)
{
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "alembic", "model", "alembic-model-probe.dll");

    /// <summary>Starts the probe.</summary>
    /// <param name="application">What to read.</param>
    /// <param name="request">What is asked for, without the files.</param>
    /// <param name="print">Gets what the application prints.</param>
    public ProbeRun Start(Application application, ProbeRequest request, Action<string> print)
    {
        var scratch = Directory.CreateTempSubdirectory("alembic-model-").FullName;
        var requestFile = Path.Combine(scratch, "request.json");
        request = request with { AnswerFile = Path.Combine(scratch, "answer.json"), StepFile = Path.Combine(scratch, "step.txt") };
        System.IO.File.WriteAllBytes(requestFile, request.ToJson());
        string[] arguments =
        [
            "exec", "--depsfile", application.DepsFile, "--runtimeconfig", application.RuntimeConfig(scratch), "--roll-forward", "Major",
            .. application.ProbingPaths(environment).SelectMany(path => new[] { "--additionalprobingpath", path }), File, requestFile,
        ];
        return new ProbeRun(
            application.Assemblies[0], request, scratch, print,
            take => dotnet.Start(arguments, application.Folder, take, Variables()));
    }

    // As dotnet ef does: this is a developer's machine unless somebody says otherwise. The process is too short for what the runtime
    // learns at run time, and nobody attacks its code.
    private IEnumerable<(string Name, string Value)> Variables() =>
    [
        .. environment("ASPNETCORE_ENVIRONMENT") is { Length: > 0 } || environment("DOTNET_ENVIRONMENT") is { Length: > 0 } ? []
            : new[] { ("ASPNETCORE_ENVIRONMENT", "Development"), ("DOTNET_ENVIRONMENT", "Development") },
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_EnableWriteXorExecute", "0"),
    ];
}
