using System.Diagnostics.CodeAnalysis;

namespace Alembic.Tool.Commands;

/// <summary>One verb of the command line: options and arguments are properties, the work is done in <see cref="OnExecute"/>.</summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
internal interface ICommand
{
    /// <returns>The exit code.</returns>
    int OnExecute();
}
