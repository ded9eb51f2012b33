namespace Alembic.Migrations;

/// <summary>A person's answer about an interrupted migration.</summary>
public enum Repair
{
    /// <summary>The statement that was running was executed.</summary>
    Done,

    /// <summary>The statement that was running was not executed.</summary>
    Retry,

    /// <summary>The migration's work has been undone by hand: it starts from its beginning.</summary>
    Forget,
}
