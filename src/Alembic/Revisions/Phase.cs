namespace Alembic;

/// <summary>The phase of a change without downtime that a revision belongs to.</summary>
public enum Phase
{
    /// <summary>Old and new code of the application run with it: it may be applied before the new code is deployed.</summary>
    Expand,

    /// <summary>Old code of the application fails after it: it is applied when only new code runs.</summary>
    Contract,
}
