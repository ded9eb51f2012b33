
namespace Alembic.Operations;

// What a guarded script begins with: run twice, or on a database that is elsewhere, it changes nothing and says why.
public abstract partial class Dialect
{
    /// <summary>
    /// The line that tells the database's own client to stop at the first error; null where it does so anyway, or has no such line.
    /// </summary>
    internal virtual string? StopOnError => null;

    /// <summary>
    /// Statements of which one fails, and keeps all behind it from running, where the database is not where a script starts. They leave
    /// nothing behind.
    /// </summary>
    /// <param name="start">Where the script starts.</param>
    /// <exception cref="AlembicException">The dialect has no guard.</exception>
    internal virtual IEnumerable<string> ScriptGuard(GuardedStart start) =>
        throw new AlembicException($"{Name} has no guard for scripts") { Hint = "omit --guarded" };

    /// <summary>
    /// Returns a statement whose body is several statements in the form that the database's own client sends as one; null if the client
    /// knows by itself.
    /// </summary>
    /// <param name="text">The statement.</param>
    internal virtual string? Delimited(string text) => null;

    /// <summary>Cuts a script into what the database's own client sends, one after the other.</summary>
    /// <param name="script">The script, with line feeds.</param>
    internal virtual IEnumerable<string> ScriptStatements(string script) => SqlStatement
        .In(StopOnError is { } command ? script.Replace($"{command}\n", "", StringComparison.Ordinal) : script, this).Select(s => s.Text);

    /// <summary>
    /// What stands in a script before and after what rebuilds a table, both in one transaction: fails if more rows point to nothing than
    /// before.
    /// </summary>
    internal virtual (IReadOnlyList<string> Before, IReadOnlyList<string> After) ScriptKeyCheck => ([], []);

    /// <summary>
    /// Text of a script that fails, and keeps all behind it from running, where a query gives a row: with a message, and the first value of
    /// the query's column <c>version_num</c> behind it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="query">The query.</param>
    /// <exception cref="UnscriptableException">The dialect has no such thing.</exception>
    internal virtual IEnumerable<string> ScriptRefusal(string message, string query) => throw UnscriptableException.Of(this);

    /// <summary>Text of a script that carries statements out only where a condition holds at its beginning.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="isInTransaction">Whether they stand in a transaction.</param>
    /// <exception cref="UnscriptableException">One of them cannot stand under a condition.</exception>
    internal virtual IEnumerable<string> Conditional(string condition, IReadOnlyList<string> statements, bool isInTransaction) =>
        throw UnscriptableException.Of(this);

    /// <summary>
    /// What ends a guarded script, so that the client's session is as before also where the guard failed; null for nothing.
    /// </summary>
    internal virtual string? ScriptGuardEnd => null;
}

/// <summary>Where a database has to be for a script to run.</summary>
/// <param name="Schema">The schema of the version table, or null.</param>
/// <param name="Table">The version table.</param>
/// <param name="CreateText">The statement that makes that table where there is none.</param>
/// <param name="Revisions">What it holds, in ordinal order; nothing for the base, for which there need be no such table either.</param>
internal sealed record GuardedStart(string? Schema, string Table, string CreateText, IReadOnlyList<string> Revisions)
{
    /// <summary>The revisions in one text.</summary>
    public string Rows => string.Join(", ", Revisions);

    /// <summary>What is wrong, up to the place where the database is.</summary>
    public string Refusal => $"This script starts at {(Revisions.Count == 0 ? "base" : Rows)}, but the database is at ";
}

/// <summary>A script cannot do a thing under a condition that a run can.</summary>
public sealed class UnscriptableException : AlembicException
{
    private UnscriptableException(string message)
        : base(message) => Hint =
            "dotnet alembic upgrade reads the revision of the database; --guarded writes a script for databases at one revision";

    internal static UnscriptableException Of(Dialect dialect) =>
        new($"--idempotent is not available for {dialect.Name}: its scripts cannot have an IF around statements that change tables");

    internal static UnscriptableException Of(Dialect dialect, string statement) => new(
        $"{dialect.Name} cannot run this under a condition, as --idempotent needs: {OneLine(statement)}");

    private static string OneLine(string text) =>
        text.ReplaceLineEndings(" ") is var line && line.Length > 100 ? line[..100] + " …" : line;
}
