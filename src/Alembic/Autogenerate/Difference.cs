using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>When, among the alterations, an operation can run.</summary>
internal enum Phase
{
    DropForeignKey,

    // MySQL numbers only what is a key.
    StopAutoincrement,
    DropOther,

    // What is computed of other columns goes before they change, and comes after.
    DropComputed,
    AddColumn,
    AlterColumn,
    AddComputed,
    CreateOther,
    StartAutoincrement,
    DropColumn,
    CreateForeignKey,
}

/// <summary>One difference of a table: a line for the log, an operation, or both.</summary>
internal sealed record Difference(Phase Phase, string Area, string? Message, Operation? Operation, string? Remark = null,
    LogLevel Level = LogLevel.Information)
{
    public LogEvent? Event => Message is null ? null : new LogEvent($"alembic.autogenerate.compare.{Area}", Level, Message);

    public static Difference Silent(Phase phase, Operation operation) => new(phase, "", null, operation);
}

/// <summary>A table that both sides have.</summary>
internal sealed record TablePair(Table Model, Table Database, Dialect Dialect, ComparisonOptions Options)
{
    /// <summary>Tells whether only what is the same to the letter counts as the same; what is then different is looked at again.</summary>
    public bool IsFirstLook { get; init; }

    /// <summary>The model's side as the database spells it; null where it could not be asked.</summary>
    public RoundTripped? RoundTripped { get; init; }

    /// <summary>
    /// Tells whether something means the same on both sides: it is the same to the letter, or it is as soon as the database has spelled the
    /// model's side, or both sides anew. Only where the database could not be asked it is guessed, and then rather no difference than a
    /// false one.
    /// </summary>
    public bool Agree<T>(T model, T database, Func<RoundTripped, T, T?> spelled, Func<T, T, bool> exactly, Func<T, T, bool> roughly)
        where T : class
    {
        if (exactly(model, database) || IsFirstLook)
            return exactly(model, database);
        if (RoundTripped is null || spelled(RoundTripped, model) is not { } own)
            return roughly(model, database);
        return exactly(own, database)
            || (RoundTripped.Settled is { } settled && spelled(settled.Model, model) is { } last
                && spelled(settled.Database, database) is { } other && exactly(last, other));
    }

    public string Name => Model.Name;

    public string? Schema => Model.Schema;

    /// <summary>The name in the log: with its schema, where it has one.</summary>
    public string LogName => LogNameOf(Model);

    public static string LogNameOf(Table table) => table.Schema is null ? table.Name : $"{table.Schema}.{table.Name}";
}
