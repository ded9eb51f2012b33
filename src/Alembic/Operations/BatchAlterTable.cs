using Alembic.Operations;
using Alembic.Schema;

namespace Alembic
{
    /// <summary>The cases in which a batch rebuilds the table.</summary>
    public enum Recreate
    {
        /// <summary>Only if the database cannot make the changes in place.</summary>
        Auto,

        /// <summary>Always, if the database rebuilds tables at all (SQLite).</summary>
        Always,

        /// <summary>Never: a change that the database cannot make in place is an error.</summary>
        Never,
    }

    /// <summary>The directives of a batch: changes of one table that are made together when the block ends.</summary>
    public sealed partial class BatchOp
    {
        private readonly string _table;
        private readonly string? _schema;
        private readonly Action<Operation> _collected;
        private readonly List<Operation> _operations = [];

        internal BatchOp(string table, string? schema, Action<Operation> collected) =>
            (_table, _schema, _collected) = (table, schema, collected);

        internal IReadOnlyList<Operation> Operations => _operations;

        private void Add(Operation operation)
        {
            _operations.Add(operation);
            _collected(operation);
        }
    }

    public sealed partial class Op
    {
        /// <summary>
        /// Changes a table in several ways at once: on SQLite with at most one rebuild, on other databases statement by statement.
        /// </summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="alter">The changes.</param>
        /// <param name="recreate">When the table is rebuilt.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <param name="copyFrom">The table before the changes, for a SQLite script that cannot know it; a run reads the database.</param>
        public void BatchAlterTable(string tableName, Action<BatchOp> alter, Recreate recreate = Recreate.Auto, string? schema = null,
            Table? copyFrom = null)
        {
            var batch = new BatchOp(tableName, schema, _session.Collected);
            alter(batch);
            Invoke(new BatchAlterTable(tableName, batch.Operations, recreate, schema) { CopyFrom = copyFrom });
        }
    }
}

namespace Alembic.Operations
{
    /// <summary>Several changes of one table.</summary>
    public sealed record BatchAlterTable : Operation
    {
        /// <summary>Creates a batch of changes of a table.</summary>
        /// <param name="table">The table's name.</param>
        /// <param name="operations">The changes, all of that table.</param>
        /// <param name="recreate">When the table is rebuilt.</param>
        /// <param name="schema">The table's schema, or null.</param>
        public BatchAlterTable(string table, IReadOnlyList<Operation> operations, Recreate recreate = Recreate.Auto, string? schema = null)
        {
            Table = table;
            Operations = operations;
            Recreate = recreate;
            Schema = schema;
        }

        /// <summary>The table's name.</summary>
        public string Table { get; init; }

        /// <summary>The changes, all of that table.</summary>
        public IReadOnlyList<Operation> Operations { get; init => field = EquatableList.Of(value); }

        /// <summary>The cases in which the table is rebuilt.</summary>
        public Recreate Recreate { get; init; }

        /// <summary>The table's schema, or null.</summary>
        public string? Schema { get; init; }

        /// <summary>The table before the changes, for scripts; or null.</summary>
        public Table? CopyFrom { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() =>
            this with { CopyFrom = null, Operations = [.. Operations.Reverse().Select(o => o.Reverse())] };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => Operations.SelectMany(o => o.Sql(dialect));

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call(
            "op.BatchAlterTable", Table, code.Inner("batch", Operations), ("recreate", Recreate == Recreate.Auto ? null : (object)Recreate),
            ("schema", Schema), ("copyFrom", CopyFrom));
    }
}
