using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Creates a table with its constraints and indexes.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="IfNotExists">Whether a table of that name is left as it is.</param>
    public sealed record CreateTable(Table Table, bool IfNotExists = false) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => new DropTable(Table.Name, Table.Schema) { Definition = Table };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
        [
            dialect.CreateTableText(Table, IfNotExists),
            .. dialect.LateConstraints(Table).SelectMany(c => new CreateConstraint(Table.Name, c, Table.Schema).Sql(dialect)),
            .. dialect.Comments(Table),
            .. Table.Indexes.SelectMany(
                index => new CreateIndex(Table.Name, index, Table.Schema) { IfNotExists = IfNotExists }.Sql(dialect)),
        ];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.CreateTable", Table.Name, code.Block(Table.Items), ("schema", Table.Schema), ("comment", Table.Comment),
                ("ifNotExists", IfNotExists),
                ("options", Table.Options));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Creates a table.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="items">Its columns, constraints and indexes.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        /// <param name="comment">A comment that the database stores, or null.</param>
        /// <param name="ifNotExists">Whether a table of that name is left as it is.</param>
        /// <param name="options">Options of a single database: <c>new() { ["mysql_engine"] = "InnoDB" }</c>; or null.</param>
        public void CreateTable(
            string tableName, IReadOnlyList<SchemaItem> items, string? schema = null, string? comment = null, bool ifNotExists = false,
            DialectOptions? options = null) =>
            Invoke(new CreateTable(new Table(tableName, items, schema, comment, options), ifNotExists));
    }
}
