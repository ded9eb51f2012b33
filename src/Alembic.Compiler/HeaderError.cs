using Microsoft.CodeAnalysis;

namespace Alembic.Compiler;

/// <summary>An error in a header that is correct C#.</summary>
internal sealed record HeaderError(string Id, string Message)
{
    public static readonly HeaderError NotLiteral = new("ALEMBIC001",
        "the arguments of {0} must be string literals: they are read without compiling the file");
    public static readonly HeaderError Named = new("ALEMBIC001",
        "{0} has no named arguments: what the revision follows goes into [Revises(\"…\")], labels into [BranchLabels(\"…\")], "
            + "what it needs into [DependsOn(\"…\")]");
    public static readonly HeaderError NoId = new("ALEMBIC002", "{0} needs one argument: the revision id");
    public static readonly HeaderError EmptyArgument = new("ALEMBIC003", "an argument of {0} is empty");
    public static readonly HeaderError Repeated = new("ALEMBIC004", "{0} may be given only once");
    public static readonly HeaderError SecondRevision = new("ALEMBIC005",
        "a file holds one [Revision] class: move this one to a file of its own");
    public static readonly HeaderError NotCode = new("ALEMBIC006", "this is not C#");
    public static readonly HeaderError NoPhase = new("ALEMBIC007",
        "the argument of {0} must be Phase.Expand or Phase.Contract: it is read without compiling the file");

    public SourceError At(Location location, string attribute = "")
    {
        var start = location.GetLineSpan();
        return new SourceError(
            start.Path,
            start.StartLinePosition.Line + 1,
            start.StartLinePosition.Character + 1,
            Id,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, Message, $"[{attribute}]"));
    }
}
