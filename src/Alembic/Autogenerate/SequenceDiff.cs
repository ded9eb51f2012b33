using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Sequences of the model that are missing in the database or have other options. Those that only the database has may belong to others.
/// </summary>
internal static class SequenceDiff
{
    private const string Limits = "If the sequence is outside its new limits, this fails: give restart: the number to continue with.";

    public static IEnumerable<(PlannedOperation Operation, string Text)> Of(IEnumerable<Sequence> model, Dialect dialect,
        Func<Sequence, Sequence?> find)
    {
        foreach (var sequence in model)
        {
            if (find(sequence) is not { } existing)
                yield return (new(new CreateSequence(sequence)), $"Detected added sequence '{sequence.Name}'");
            else if (Altered(dialect.Complete(sequence), existing, dialect) is { IsEmpty: false } alter)
                yield return (new(alter, IsNarrower(alter, existing) ? Limits : null), $"Detected changed sequence '{sequence.Name}'");
        }
    }

    /// <summary>
    /// Adds to a plan what its tables need, after the schemas. A sequence comes right after the operation that frees its name, if a
    /// table or an index had it.
    /// </summary>
    public static IReadOnlyList<PlannedOperation> With(IReadOnlyList<PlannedOperation> plan, IEnumerable<PlannedOperation> needed)
    {
        var result = plan.ToList();
        var first = plan.TakeWhile(p => p.Operation is CreateSchema).Count();
        foreach (var operation in needed)
        {
            var after = operation.Operation is CreateSequence { Sequence: var sequence }
                ? result.FindLastIndex(p => GivesUp(p.Operation, sequence))
                : -1;
            result.Insert(after < 0 ? first++ : after + 1, operation);
        }
        return result;
    }

    // A server may have changed the name to lower case. If case matters there, a later place does no harm.
    private static bool GivesUp(Operation operation, Sequence sequence)
    {
        bool IsIt(string? schema, string? name) => schema == sequence.Schema
            && string.Equals(name, sequence.Name, StringComparison.OrdinalIgnoreCase);
        return operation switch
        {
            DropTable drop => IsIt(drop.Schema, drop.Table) || (drop.Definition is { } table
                && table.Indexes.Select(i => i.Name).Concat(table.Uniques.Select(u => u.Name)).Any(name => IsIt(drop.Schema, name))),
            RenameTable rename => IsIt(rename.Schema, rename.From),
            DropIndex drop => IsIt(drop.Schema, drop.Name),
            DropConstraint drop => IsIt(drop.Schema, drop.Name),
            _ => false,
        };
    }

    private static AlterSequence Altered(Sequence model, Sequence database, Dialect dialect)
    {
        static long? Changed(long? wanted, long? there) => wanted is null || there is null || wanted == there ? null : wanted;
        return new AlterSequence(model.Name, model.Schema)
        {
            Type = model.Type is { } type && database.Type is { } old
                && !TypeText.Of(type, dialect).IsSameAs(TypeText.Of(old, dialect)) ? type : null,
            Start = Changed(model.Start, database.Start),
            Increment = Changed(model.Increment, database.Increment),
            MinValue = Changed(model.MinValue, database.MinValue),
            MaxValue = Changed(model.MaxValue, database.MaxValue),
            Cycle = model.Cycle == database.Cycle ? null : model.Cycle,
            Cache = Changed(model.Cache, database.Cache),
            Existing = database,
        };
    }

    private static bool IsNarrower(AlterSequence alter, Sequence existing) =>
        alter.MinValue > existing.MinValue || alter.MaxValue < existing.MaxValue;
}
