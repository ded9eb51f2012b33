using System.Diagnostics.CodeAnalysis;

namespace Alembic.Tool.Commands;

/// <summary>One verb of the command line. Its options and arguments are properties; <see cref="OnExecute"/> does the work.</summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
internal interface ICommand
{
    /// <returns>The exit code.</returns>
    int OnExecute();
}
