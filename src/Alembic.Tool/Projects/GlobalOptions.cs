using System.Diagnostics.CodeAnalysis;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool;

/// <summary>The options that every command takes; also the root of the command line.</summary>
[Command("dotnet-alembic", Description = "Database migrations: Alembic for .NET.")]
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
[HelpOption("-h|--help", Description = "Show this help.", Inherited = true)]
internal sealed class GlobalOptions
{
    [Option("-c|--config <FILE>", "The configuration file; default: the variable ALEMBIC_CONFIG, else alembic.ini.",
        CommandOptionType.SingleValue)]
    public string? Config { get; init; }

    [Option("-n|--name <SECTION>", "The section of the file to use; default: alembic.", CommandOptionType.SingleValue)]
    public string? Name { get; init; }

    [Option("--url <URL>", "The database, in place of the one that the configuration names; default: the variable ALEMBIC_URL.",
        CommandOptionType.SingleValue)]
    public string? Url { get; init; }

    [Option("-x <ARGUMENT>", "A value for env.cs, as key=value; may be given several times.", CommandOptionType.MultipleValue)]
    public string[] X { get; init; } = [];

    [Option("--raiseerr", "Show the stack trace of an error.", CommandOptionType.NoValue)]
    public bool RaiseError { get; init; }

    [Option("--no-code", "Refuse what would run code of the project: env.cs, revisions, hooks.", CommandOptionType.NoValue)]
    public bool NoCode { get; init; }

    [Option("-v|--verbose", "Show revisions in full, and log lines for debugging.", CommandOptionType.NoValue)]
    public bool Verbose { get; init; }

    [Option("-q|--quiet", "Print results, warnings and errors, but no log lines and no progress.", CommandOptionType.NoValue)]
    public bool Quiet { get; init; }

    [Option("--timings", "Show where the time went, when the command ends.", CommandOptionType.NoValue)]
    public bool Timings { get; init; }

    // These two are read before the arguments are parsed, because errors of parsing are told in the same form.
    [Option("--no-color", "Print errors, warnings and hints without colors; so does the variable NO_COLOR.", CommandOptionType.NoValue)]
    public bool NoColor { get; init; }

    [Option("--json", "Print one JSON document instead of lines, also when the command fails.", CommandOptionType.NoValue)]
    public bool Json { get; init; }

    [Option("-o|--output <FILE>", "Write results into this file instead of printing them.", CommandOptionType.SingleValue)]
    public string? Output { get; init; }
}

/// <summary>Holds the global options once they are parsed: the command's constructor needs a project before that.</summary>
internal sealed class GlobalOptionsBox
{
    public GlobalOptions Value { get; set; } = new();

    /// <summary>The name of the command, once it is known; "help" or "version" if that is asked for.</summary>
    public string? Command { get; set; }
}
