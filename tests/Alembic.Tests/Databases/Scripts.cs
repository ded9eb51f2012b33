using Alembic.Operations;
using Alembic.Migrations;

namespace Alembic.Tests.Databases;

/// <summary>What <c>--sql</c> prints for operations.</summary>
internal static class Scripts
{
    public static string Of(Dialect dialect, Action<Op> directives, EnvironmentOptions? options = null)
    {
        var text = new StringWriter();
        var session = new ScriptSession(dialect, options ?? new EnvironmentOptions(), text);
        directives(new Op(dialect, new OperationCompiler(dialect, session, session), session));
        return text.ToString();
    }

    /// <summary>On one line, blanks squeezed.</summary>
    public static string Squeezed(Dialect dialect, Action<Op> directives) =>
        string.Join(' ', Of(dialect, directives).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
