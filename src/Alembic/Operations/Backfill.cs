using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Changes the rows of a table batch by batch, in the order of a key, each batch in its own transaction.</summary>
    /// <param name="Table">The table whose rows are divided into batches.</param>
    /// <param name="Key">The column that orders and divides them.</param>
    /// <param name="Sql">The SQL for a batch: its rows have a key between <c>@from</c> and <c>@to</c>, both included.</param>
    public sealed partial record Backfill(string Table, string Key, string Sql)
    {
        /// <summary>Further parameters of the SQL.</summary>
        public IReadOnlyDictionary<string, object?> Parameters { get; init; } = Parameter.None;

        /// <summary>The number of rows in a batch.</summary>
        public int Batch { get; init; } = 1000;

        /// <summary>The pause between two batches, which leaves the database to others.</summary>
        public TimeSpan Pause { get; init; }

        /// <summary>The table's schema, or null.</summary>
        public string? Schema { get; init; }

        /// <summary>Its text in the journal. Leaves out the SQL and the batch size, which may be changed before it resumes.</summary>
        internal string Text => $"backfill {Schema}.{Table} by {Key}";

        /// <exception cref="AlembicException">The SQL would change more or fewer rows than its batch.</exception>
        internal void Check(Dialect dialect)
        {
            if (Batch < 1)
                throw new AlembicException($"The backfill of '{Table}' has batches of {Batch} rows; the minimum is one");
            if (Pause < TimeSpan.Zero)
                throw new AlembicException($"The backfill of '{Table}' has a pause of {Pause}");
            var named = QuotedText.Parameters(Sql, dialect.Quotes).Select(p => p.Name).ToHashSet();
            if (!named.Contains("from") || !named.Contains("to"))
                throw new AlembicException(
                    $"The backfill of '{Table}' ignores its batch: its SQL has no @{(named.Contains("from") ? "to" : "from")}")
                    {
                        Hint = Between(dialect)
                    };
            if (Exclusive().Match(Sql) is { Success: true } found)
                throw new AlembicException(
                    $"The backfill of '{Table}' would skip a row of each batch: both bounds belong to it, but its SQL says "
                        + $"{found.Value}") { Hint = Between(dialect) };
        }

        /// <summary>The query for a key.</summary>
        /// <param name="dialect">The database's dialect.</param>
        /// <param name="condition">The text between the column's name and the bound: "&gt;", or "IS NOT NULL" without a bound.</param>
        /// <param name="bound">The bound, or null.</param>
        /// <param name="offset">How many keys to skip.</param>
        /// <param name="fromEnd">Whether to get the last key instead of the first.</param>
        internal Statement KeyWhere(Dialect dialect, string condition, object? bound = null, int offset = 0, bool fromEnd = false)
        {
            var key = dialect.Quote(Key);
            var text =
                $"SELECT {key} FROM {dialect.Quote(Schema, Table)} WHERE {key} {condition}{(bound is null ? "" : " @bound")} ORDER BY "
                    + $"{key}{(fromEnd ? " DESC" : "")} {dialect.OneRow(offset)}";
            return new Statement(text)
            {
                Parameters = bound is null ? Parameter.None : new Dictionary<string, object?> { ["bound"] = bound }
            };
        }

        /// <summary>The statement for a batch.</summary>
        internal Statement Of(object from, object to) =>
            new(Sql) { Parameters = new Dictionary<string, object?>(Parameters) { ["from"] = from, ["to"] = to } };

        private string Between(Dialect dialect) => $"end it with: WHERE {dialect.Quote(Key)} BETWEEN @from AND @to";

        [GeneratedRegex(@">\s*@from\b|<\s*@to\b|@from\s*<(?!=)|@to\s*>(?!=)")]
        private static partial Regex Exclusive();
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>
        /// Changes the rows of a large table batch by batch, in the order of a key. Each batch has its own transaction, which also records
        /// that it is done: nobody waits longer than one batch takes, and an interrupted run resumes after the last committed batch. Works
        /// only in an <see cref="AutocommitBlock"/>.
        /// </summary>
        /// <param name="tableName">The table whose rows are divided into batches.</param>
        /// <param name="key">An indexed column without NULLs that the SQL does not change; usually the primary key.</param>
        /// <param name="sql">
        /// The SQL for a batch: <c>UPDATE account SET email = lower(email) WHERE id BETWEEN @from AND @to</c>. <c>@from</c> and
        /// <c>@to</c> are the keys of its first and last row.
        /// </param>
        /// <param name="batch">The number of rows in a batch.</param>
        /// <param name="pause">The pause between two batches, which leaves the database to others; null for none.</param>
        /// <param name="parameters">Further parameters of the SQL: an object with a property for each, or a dictionary; or null.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <returns>The number of changed rows, including earlier runs that were interrupted in it; 0 if an earlier run had finished
        /// it.</returns>
        /// <exception cref="AlembicException">It is called in a transaction, the SQL is not limited to its batch, or the key of a row is
        /// NULL.</exception>
        /// <exception cref="OfflineException">A script is being written.</exception>
        public long Backfill(string tableName, string key, string sql, int batch = 1000, TimeSpan? pause = null, object? parameters = null,
            string? schema = null) =>
            _session.Backfill(new(tableName, key, sql)
            {
                Parameters = Parameter.From(parameters), Batch = batch, Pause = pause ?? TimeSpan.Zero, Schema = schema
            });
    }
}
