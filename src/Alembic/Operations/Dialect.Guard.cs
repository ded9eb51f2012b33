
namespace Alembic.Operations;

// Guards of scripts: a guarded script that runs twice, or on a database at another revision, changes nothing and says why.
public abstract partial class Dialect
{
    /// <summary>
    /// The line that tells the database's own client to stop at the first error; null if it always does, or has no such line.
    /// </summary>
    internal virtual string? StopOnError => null;

    /// <summary>
    /// Gets statements that fail, and so prevent the rest of the script from running, if the database is not at the script's start. They
    /// leave nothing behind.
    /// </summary>
    /// <param name="start">The script's start.</param>
    /// <exception cref="AlembicException">The dialect has no guard.</exception>
    internal virtual IEnumerable<string> ScriptGuard(GuardedStart start) =>
        throw new AlembicException($"{Name} has no guard for scripts") { Hint = "omit --guarded" };

    /// <summary>
    /// Rewrites a statement whose body has several statements so that the database's own client sends it as one; null if the client
    /// recognizes it by itself.
    /// </summary>
    /// <param name="text">The statement.</param>
    internal virtual string? Delimited(string text) => null;

    /// <summary>Splits a script into the statements that the database's own client would send.</summary>
    /// <param name="script">The script, with line feeds.</param>
    internal virtual IEnumerable<string> ScriptStatements(string script) => SqlStatement
        .In(StopOnError is { } command ? script.Replace($"{command}\n", "", StringComparison.Ordinal) : script, this).Select(s => s.Text);

    /// <summary>
    /// The statements of a script before and after the rebuild of a table, in the same transaction. They fail if more rows than before have
    /// no parent row.
    /// </summary>
    internal virtual (IReadOnlyList<string> Before, IReadOnlyList<string> After) ScriptKeyCheck => ([], []);

    /// <summary>
    /// Gets script text that fails, and so prevents the rest of the script from running, if a query returns a row. The error is the
    /// message, followed by the first value of the query's column <c>version_num</c>.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="query">The query.</param>
    /// <exception cref="UnscriptableException">The dialect cannot write this.</exception>
    internal virtual IEnumerable<string> ScriptRefusal(string message, string query) => throw UnscriptableException.Of(this);

    /// <summary>Gets script text that runs statements only if a condition is true before them.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="isInTransaction">Whether they are in a transaction.</param>
    /// <exception cref="UnscriptableException">One of them cannot run conditionally.</exception>
    internal virtual IEnumerable<string> Conditional(string condition, IReadOnlyList<string> statements, bool isInTransaction) =>
        throw UnscriptableException.Of(this);

    /// <summary>
    /// The end of a guarded script, which restores the client's session even if the guard failed; null for none.
    /// </summary>
    internal virtual string? ScriptGuardEnd => null;
}

/// <summary>The state that a database must have for a script to run.</summary>
/// <param name="Schema">The schema of the version table, or null.</param>
/// <param name="Table">The version table.</param>
/// <param name="CreateText">The statement that creates that table if it is missing.</param>
/// <param name="Revisions">Its rows, in ordinal order; empty for the base, for which the table may also be missing.</param>
internal sealed record GuardedStart(string? Schema, string Table, string CreateText, IReadOnlyList<string> Revisions)
{
    /// <summary>The revisions, joined with commas.</summary>
    public string Rows => string.Join(", ", Revisions);

    /// <summary>The beginning of the error message; the revision that the database is at follows.</summary>
    public string Refusal => $"This script starts at {(Revisions.Count == 0 ? "base" : Rows)}, but the database is at ";
}

/// <summary>A script cannot run a statement conditionally.</summary>
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
