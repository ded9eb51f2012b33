using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The bodies of a migration's two methods: C# statements without indentation, lines ending with <c>\n</c>.</summary>
/// <param name="Upgrades">The statements of <c>Upgrade</c>.</param>
/// <param name="Downgrades">The statements of <c>Downgrade</c>.</param>
public sealed record RevisionBody(string Upgrades, string Downgrades)
{
    /// <summary>The namespaces that the statements need.</summary>
    public IReadOnlyList<string> Usings { get; init => field = EquatableList.Of(value); } = EquatableList.Of<string>([]);

    /// <summary>Renders operations, each under its remark from the comparison.</summary>
    /// <param name="directive">The operations.</param>
    /// <param name="comparison">The comparison that they come from.</param>
    /// <param name="renderItem">Writes types, defaults and schema items in another way; see
    /// <see cref="EnvironmentOptions.RenderItem"/>.</param>
    /// <param name="isFirst">Whether it is the first of the comparison's directives, which gets the comparison's heading.</param>
    public static RevisionBody Of(
        RevisionDirective directive, Comparison comparison, Func<object, CodeWriter, string?>? renderItem = null, bool isFirst = true)
    {
        var code = new CodeWriter(renderItem);
        // An operation from a hook has no remark of the comparison: it gets the one for its kind, as in a downgrade.
        string? Remark(Operation operation) =>
            comparison.Upgrade.FirstOrDefault(p => ReferenceEquals(p.Operation, operation)) is { } planned
            ? planned.Remark
            : Remarks.OfRestored(operation);
        var heading = isFirst && comparison.Heading is { } text ? Comment(text) : "";
        IEnumerable<Operation> Prepared(IEnumerable<Operation> operations) => comparison.Preparation is { } sql && operations.Any()
            ? operations.Prepend(new Execute(sql)) : operations;
        var upgrades = (heading + Render(code, Prepared(directive.Upgrade), Remark)).TrimEnd('\n');
        var downgrades = Render(code, Prepared(directive.Downgrade ?? directive.Upgrade.Reverse().SelectMany(Undo)), Remarks.OfRestored);
        return new RevisionBody(upgrades, downgrades) { Usings = [.. code.Usings.Union(directive.Usings).Order(StringComparer.Ordinal)] };
    }

    /// <summary>Gets the bodies for several databases as one: each in its case of a switch over the engine's name.</summary>
    /// <param name="bodies">The bodies by the names of their databases; a single one without a name is taken as it is.</param>
    public static RevisionBody Of(IReadOnlyList<(string? Engine, RevisionBody Body)> bodies) => bodies switch
    {
        [] => new RevisionBody("", ""),
        [(null, var only)] => only,
        _ => new RevisionBody(Switch(bodies.Select(b => (b.Engine, b.Body.Upgrades))),
            Switch(bodies.Select(b => (b.Engine, b.Body.Downgrades))))
        {
            Usings = [.. bodies.SelectMany(b => b.Body.Usings).Distinct().Order(StringComparer.Ordinal)],
        },
    };

    private static string Switch(IEnumerable<(string? Engine, string Body)> cases) =>
        "switch (op.EngineName)\n{\n"
        + string.Concat(
            cases.Select(c => $"    case {(c.Engine is null ? "null" : CodeWriter.Literal(c.Engine))}:\n{Indent(c.Body)}        break;\n"))
        + "}";

    private static string Indent(string text) =>
        text.Length == 0 ? "" : string.Concat(text.Split('\n').Select(line => $"        {line}\n"));

    private static string Render(CodeWriter code, IEnumerable<Operation> operations, Func<Operation, string?> remark) =>
        string.Join('\n', operations.Select(o => (remark(o) is { } text ? Comment(text) : "") + o switch
        {
            Irreversible gap => gap.Text,
            // A new value is usable only after a commit, and later operations may use it.
            AlterEnumType { IsAddition: true } => $"op.AutocommitBlock(() => {Write(code, o)});",
            _ => Write(code, o) + ";",
        }));

    private static string Write(CodeWriter code, Operation operation)
    {
        try
        {
            return code.Write(operation);
        }
        catch (NotSupportedException exception)
        {
            throw new AlembicException($"A revision cannot hold {operation.GetType().Name}: {exception.Message}", exception)
            {
                Hint = "an operation of your own overrides CSharp to say how it is written",
            };
        }
    }

    // What cannot be undone is written in the downgrade, so that nobody learns it only while downgrading.
    private static IReadOnlyList<Operation> Undo(Operation operation)
    {
        try
        {
            return operation.Reversal;
        }
        catch (IrreversibleOperationException exception)
        {
            return [new Irreversible(
                $"throw new InvalidOperationException({CodeWriter.Literal(exception.Message + "; write what undoes it")});")];
        }
    }

    private static string Comment(string text) => string.Concat(text.ReplaceLineEndings("\n").Split('\n').Select(line => $"// {line}\n"));

    private sealed record Irreversible(string Text) : Operation
    {
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [];
    }
}
