namespace Alembic.Tool.Commands;

/// <summary>One verb of the command line: options and arguments are properties, the work is done in <see cref="OnExecute"/>.</summary>
internal interface ICommand
{
    /// <returns>The exit code.</returns>
    int OnExecute();
}
