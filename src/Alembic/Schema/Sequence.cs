namespace Alembic.Schema;

/// <summary>A sequence of numbers that belongs to no column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its schema, or null for the connection's own.</param>
/// <param name="Type">The type of its numbers, or null for the database's own.</param>
/// <param name="Start">The first number, or null.</param>
/// <param name="Increment">The step, or null.</param>
/// <param name="MinValue">The smallest number, or null.</param>
/// <param name="MaxValue">The largest number, or null.</param>
/// <param name="Cycle">Whether it starts again after the last number.</param>
/// <param name="Cache">How many numbers a session reserves at a time, or null.</param>
public sealed record Sequence(
    string Name, string? Schema = null, SqlType? Type = null, long? Start = null, long? Increment = null, long? MinValue = null,
    long? MaxValue = null, bool Cycle = false,
    long? Cache = null);
