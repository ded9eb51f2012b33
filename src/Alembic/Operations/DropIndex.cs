using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Drops an index.</summary>
    /// <param name="Name">The index's name.</param>
    /// <param name="Table">The table's name; some databases do not need it.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record DropIndex(string Name, string? Table = null, string? Schema = null) : Operation
    {
        /// <summary>Tells whether it may be missing.</summary>
        public bool IfExists { get; init; }

        /// <summary>Tells whether it is dropped without blocking writers (PostgreSQL; needs an autocommit block).</summary>
        public bool Concurrently { get; init; }

        /// <summary>The index as it is, for the downgrade; null if unknown.</summary>
        public TableIndex? Definition { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() =>
            Definition is null || Table is null
            ? base.Reverse()
            : new CreateIndex(Table, Definition, Schema) { Concurrently = Concurrently };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [dialect.DropIndexText(this)];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Batched("DropIndex", [Name], Table, [("ifExists", IfExists), ("concurrently", Concurrently)], Schema);
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Drops an index.</summary>
        /// <param name="indexName">The index's name.</param>
        /// <param name="tableName">The table's name; MySQL and SQL Server need it.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        /// <param name="concurrently">Whether it is dropped without blocking writers (PostgreSQL; needs an autocommit block).</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void DropIndex(string indexName, string? tableName = null, bool ifExists = false, bool concurrently = false,
            string? schema = null) =>
            Invoke(new DropIndex(indexName, tableName, schema) { IfExists = ifExists, Concurrently = concurrently });
    }

    public sealed partial class BatchOp
    {
        /// <summary>Drops an index of the table.</summary>
        /// <param name="indexName">The index's name.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        public void DropIndex(string indexName, bool ifExists = false) =>
            Add(new DropIndex(indexName, _table, _schema) { IfExists = ifExists });
    }
}
