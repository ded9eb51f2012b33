namespace Alembic.ModelProbe;

/// <summary>What the tool asks for. The tool compiles this file too.</summary>
internal sealed record ProbeRequest
{
    /// <summary>The assemblies to look for contexts in: the model's own first, then those of the projects that it references.</summary>
    public required string[] Assemblies { get; init; }

    /// <summary>The dialect that options are made for.</summary>
    public required string Dialect { get; init; }

    /// <summary>The name of the context, with or without its namespace; null where there is one only.</summary>
    public string? Context { get; init; }

    /// <summary>Whether the application's own Main may run, up to where its host is built.</summary>
    public bool UseHost { get; init; }

    /// <summary>Whether the migrations are asked for, in place of the model.</summary>
    public bool Migrations { get; init; }

    /// <summary>Where the answer goes.</summary>
    public string AnswerFile { get; init; } = "";

    /// <summary>Where each step is named before it begins: all that is known if the application ends the process.</summary>
    public string StepFile { get; init; } = "";
}
