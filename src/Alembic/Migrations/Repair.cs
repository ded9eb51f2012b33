namespace Alembic.Migrations;

/// <summary>What a person says of a migration that was broken off.</summary>
public enum Repair
{
    /// <summary>The statement that was under way was carried out.</summary>
    Done,

    /// <summary>The statement that was under way was not carried out.</summary>
    Retry,

    /// <summary>What the migration did has been undone by hand: it begins anew.</summary>
    Forget,
}
