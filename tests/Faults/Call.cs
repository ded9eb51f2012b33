using Alembic.Tool;
using Journeys;

namespace Faults;

/// <summary>The tool at work on a thread of this process: where nothing is killed, thousands of runs in the time of hundreds.</summary>
internal sealed class Call
{
    private static readonly string Home = InstalledTool.NewFolder();

    private readonly Task<Result> _result;

    private Call(Func<Result> run) => _result = Task.Factory.StartNew(run, TaskCreationOptions.LongRunning);

    public static Call Start(string url, IReadOnlyList<string> arguments, string folder) => new(() =>
    {
        var (output, error) = (new StringWriter(), new StringWriter { NewLine = "\n" });
        var code = CommandLine.Run(arguments, new Terminal
        {
            Out = output,
            Error = error,
            WorkingDirectory = folder,
            Environment = name => name switch
            {
                "FAULTS_URL" => url,
                "ALEMBIC_CACHE_DIR" => Path.Combine(Home, "cache"),
                "XDG_CONFIG_HOME" => Home,
                _ => null,
            },
        });
        return new("dotnet-alembic", code, output.ToString(), error.ToString());
    });

    public Result Wait() => _result.Result;
}
