using System.Text.Json;
using System.Text.RegularExpressions;
using Alembic.ModelProbe;

namespace Alembic.Tool.EntityFramework;

/// <summary>A running probe. It is killed if nobody waits for its answer.</summary>
internal sealed partial class ProbeRun : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string _assembly;
    private readonly ProbeRequest _request;
    private readonly string _scratch;
    private readonly Action<string> _print;
    private readonly List<string> _byHost = [];
    private readonly DotnetRun _run;

    /// <param name="assembly">The application's assembly.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="scratch">The folder of its files, which is deleted at the end.</param>
    /// <param name="print">Gets what the application prints.</param>
    /// <param name="start">Starts the process, and gets the function that takes its lines.</param>
    public ProbeRun(string assembly, ProbeRequest request, string scratch, Action<string> print, Func<Action<string>, DotnetRun> start)
    {
        (_assembly, _request, _scratch, _print) = (assembly, request, scratch, print);
        _run = start(Take);
    }

    /// <summary>Waits for the answer.</summary>
    /// <returns>JSON.</returns>
    /// <exception cref="AlembicException">There is no answer, or it tells of an error.</exception>
    public byte[] Answer()
    {
        var exit = _run.Wait(Limit);
        if (exit is not null && File.Exists(_request.AnswerFile))
            return Checked(File.ReadAllBytes(_request.AnswerFile));
        if (MissingFramework() is { } missing)
            throw missing;
        Flush();
        var step = File.Exists(_request.StepFile) ? File.ReadAllText(_request.StepFile) : $"starting {Path.GetFileName(_assembly)}";
        throw new AlembicException(exit is null
            ? $"The model can't be read: {step}: this took longer than {Limit.TotalMinutes} minutes"
            : $"The model can't be read: {step}: the application ended the process with exit code {exit}")
        {
            Hint = _request.UseHost ? "write a class that implements IDesignTimeDbContextFactory, which needs no host"
                : "what the application printed is above",
        };
    }

    public void Dispose()
    {
        _run.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    // Lines before the probe's first step come from .NET's host. They can be shortened.
    private void Take(string line)
    {
        lock (_byHost)
        {
            if (!File.Exists(_request.StepFile))
            {
                _byHost.Add(line);
                return;
            }
            Flush();
            _print(line);
        }
    }

    private void Flush()
    {
        lock (_byHost)
        {
            _byHost.ForEach(_print);
            _byHost.Clear();
        }
    }

    private AlembicException? MissingFramework()
    {
        var text = string.Join('\n', _byHost);
        if (Framework().Match(text) is not { Success: true } asked)
            return null;
        var place = Location().Match(text).Groups[1].Value.TrimEnd('/', '\\');
        var found = string.Join(", ", Found().Matches(text).Select(match => match.Groups[1].Value));
        return new AlembicException(
            $"The model can't be read: {Path.GetFileName(_assembly)} runs on {asked.Groups[1].Value} {asked.Groups[2].Value}, "
            + $"and {place} has {(found.Length > 0 ? $"only {found}" : "none")}")
        {
            Hint = $"install it ({Download().Match(text).Value}), or build the project for an installed .NET"
                + " ('model_framework' in the ini file names one of several)",
        };
    }

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

    [GeneratedRegex("^Framework: '([^']+)', version '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex Framework();

    [GeneratedRegex(@"^\.NET location: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Location();

    [GeneratedRegex(@"^\s+(\S+) at \[", RegexOptions.Multiline)]
    private static partial Regex Found();

    [GeneratedRegex(@"https://aka\.ms/dotnet-core-applaunch\S*")]
    private static partial Regex Download();

    // For --raiseerr: the stack trace of the other process.
    private sealed class ProbeFailure(string? details) : Exception(details);
}
