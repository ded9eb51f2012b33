using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>The position of an operation among the alterations.</summary>
internal enum Phase
{
    DropForeignKey,

    // MySQL numbers only key columns.
    StopAutoincrement,
    DropOther,

    // A computed column is dropped before the columns that it depends on change, and added afterwards.
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
    /// <summary>Tells whether only exact equality counts; differences are then compared again.</summary>
    public bool IsFirstLook { get; init; }

    /// <summary>The model's side as the database spells it; null if it could not be asked.</summary>
    public RoundTripped? RoundTripped { get; init; }

    /// <summary>
    /// Tells whether something means the same on both sides: exactly, or once the database has spelled the model's side, or both sides
    /// again. If the database cannot be asked, compares loosely: prefers a missed difference to a false one.
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

    /// <summary>The name in the log, with its schema if it has one.</summary>
    public string LogName => LogNameOf(Model);

    public static string LogNameOf(Table table) => table.Schema is null ? table.Name : $"{table.Schema}.{table.Name}";
}
