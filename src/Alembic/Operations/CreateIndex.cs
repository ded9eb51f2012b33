using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Creates an index.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Index">The index.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record CreateIndex(string Table, TableIndex Index, string? Schema = null) : Operation
    {
        /// <summary>Tells whether it is built without blocking writers (PostgreSQL; needs an autocommit block).</summary>
        public bool Concurrently { get; init; }

        /// <summary>Tells whether an index of that name is left as it is.</summary>
        public bool IfNotExists { get; init; }

        /// <summary>The index's name; the default one if none is given.</summary>
        internal string Name => Index.Name ?? new Table(Table, [Index]).Indexes.Single().Name!;

        /// <summary>Writes its columns and expressions.</summary>
        internal IEnumerable<string> Elements(Dialect dialect) =>
            Index.Columns.Select(e => e.Column is { } column ? dialect.Quote(column) + (e.IsDescending ? " DESC" : "") : e.Expression!);

        /// <inheritdoc/>
        public override Operation Reverse() => new DropIndex(Name, Table, Schema) { Concurrently = Concurrently, Definition = Index };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [dialect.CreateIndexText(this)];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Batched(
            "CreateIndex", [Index.Name], Table,
            [
                Index.Columns, ("unique", Index.Unique), ("where", Index.Where), ("include", Index.Include), ("method", Index.Method),
                ("concurrently", Concurrently), ("ifNotExists", IfNotExists), ("nullsNotDistinct", Index.NullsNotDistinct),
                ("options", Index.Options),
            ],
            Schema);
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Creates an index.</summary>
        /// <param name="indexName">Its name; null for <c>ix_table_column</c>.</param>
        /// <param name="tableName">The table's name.</param>
        /// <param name="columns">Columns, and expressions as <c>Sql.Text("lower(name)")</c>.</param>
        /// <param name="unique">Whether no two rows may have the same values.</param>
        /// <param name="where">The condition of a partial index, or null.</param>
        /// <param name="include">Columns that are stored with it but not searched, if the database has that; or null.</param>
        /// <param name="method">The access method, for example <c>gin</c>; or null.</param>
        /// <param name="concurrently">Whether it is built without blocking writers (PostgreSQL; needs an autocommit block).</param>
        /// <param name="ifNotExists">Whether an index of that name is left as it is.</param>
        /// <param name="nullsNotDistinct">Whether NULL counts as a value that only one row of a unique index may have (PostgreSQL
        /// 15).</param>
        /// <param name="options">Options of a single database: <c>new() { ["postgresql_with"] = "fillfactor=70" }</c>; or
        /// null.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void CreateIndex(
            string? indexName, string tableName, IReadOnlyList<IndexElement> columns, bool unique = false, string? where = null,
            IReadOnlyList<string>? include = null,
            string? method = null, bool concurrently = false, bool ifNotExists = false, bool nullsNotDistinct = false,
            DialectOptions? options = null, string? schema = null) =>
            Invoke(new CreateIndex(tableName,
                new TableIndex(indexName, columns, unique, where, include, method, nullsNotDistinct, options), schema)
            {
                Concurrently = concurrently, IfNotExists = ifNotExists,
            });
    }

    public sealed partial class BatchOp
    {
        /// <summary>Creates an index of the table.</summary>
        /// <param name="indexName">Its name; null for <c>ix_table_column</c>.</param>
        /// <param name="columns">Columns, and expressions as <c>Sql.Text("lower(name)")</c>.</param>
        /// <param name="unique">Whether no two rows may have the same values.</param>
        /// <param name="where">The condition of a partial index, or null.</param>
        /// <param name="include">Columns that are stored with it but not searched, if the database has that; or null.</param>
        /// <param name="method">The access method, for example <c>gin</c>; or null.</param>
        /// <param name="ifNotExists">Whether an index of that name is left as it is.</param>
        /// <param name="nullsNotDistinct">Whether NULL counts as a value that only one row of a unique index may have (PostgreSQL
        /// 15).</param>
        /// <param name="options">Options of a single database; or null.</param>
        public void CreateIndex(
            string? indexName, IReadOnlyList<IndexElement> columns, bool unique = false, string? where = null,
            IReadOnlyList<string>? include = null,
            string? method = null, bool ifNotExists = false, bool nullsNotDistinct = false, DialectOptions? options = null) =>
            Add(new CreateIndex(_table, new TableIndex(indexName, columns, unique, where, include, method, nullsNotDistinct,
                options), _schema) { IfNotExists = ifNotExists });
    }
}
