namespace Alembic.Migrations;

/// <summary>The answer of a person about a migration that was broken off.</summary>
public enum Repair
{
    /// <summary>The statement that was under way was carried out.</summary>
    Done,

    /// <summary>The statement that was under way was not carried out.</summary>
    Retry,

    /// <summary>The work of the migration has been undone by hand: it begins anew.</summary>
    Forget,
}
