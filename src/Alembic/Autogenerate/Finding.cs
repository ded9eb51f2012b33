using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>When, among the alterations, an operation can run.</summary>
internal enum Phase
{
    DropForeignKey,
    DropOther,
    AddColumn,
    AlterColumn,
    CreateOther,
    DropColumn,
    CreateForeignKey,
}

/// <summary>One difference of a table: a line for the log, an operation, or both.</summary>
internal sealed record Finding(Phase Phase, string Area, string? Message, Operation? Operation, string? Remark = null, LogLevel Level = LogLevel.Information)
{
    public LogEvent? Event => Message is null ? null : new LogEvent($"alembic.autogenerate.compare.{Area}", Level, Message);

    public static Finding Silent(Phase phase, Operation operation) => new(phase, "", null, operation);
}

/// <summary>A table that both sides have.</summary>
internal sealed record TablePair(Table Model, Table Database, Dialect Dialect, ComparisonOptions Options)
{
    public string Name => Model.Name;

    public string? Schema => Model.Schema;

    /// <summary>The name in the log: with its schema, where it has one.</summary>
    public string LogName => LogNameOf(Model);

    public static string LogNameOf(Table table) => table.Schema is null ? table.Name : $"{table.Schema}.{table.Name}";
}
