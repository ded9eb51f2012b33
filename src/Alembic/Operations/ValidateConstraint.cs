using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>
    /// Checks the existing rows of a constraint that was created with <c>notValid: true</c> (PostgreSQL).
    /// </summary>
    /// <param name="Name">The constraint's name.</param>
    /// <param name="Table">The table's name.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record ValidateConstraint(string Name, string Table, string? Schema = null) : Operation
    {
        /// <summary>The constraint before, for the downgrade; null if unknown.</summary>
        public Constraint? Definition { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => Definition is null ? base.Reverse() : new BatchAlterTable(
            Table,
            [
                new DropConstraint(Name, Table, DropConstraint.TypeOf(Definition), Schema) { Definition = Definition },
                new CreateConstraint(Table, Definition, Schema),
            ],
            schema: Schema);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [dialect.ValidateConstraintText(this)];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Batched("ValidateConstraint", [Name], Table, [], Schema);
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>
        /// Checks the existing rows of a constraint that was created with <c>notValid: true</c> (PostgreSQL). Other sessions can read and
        /// write meanwhile. Fails if a row does not meet the constraint.
        /// </summary>
        /// <param name="name">The constraint's name.</param>
        /// <param name="tableName">The table's name.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void ValidateConstraint(string name, string tableName, string? schema = null) =>
            Invoke(new ValidateConstraint(name, tableName, schema));
    }

    public sealed partial class BatchOp
    {
        /// <summary>Checks the existing rows of a constraint that was created with <c>notValid: true</c> (PostgreSQL).</summary>
        /// <param name="name">The constraint's name.</param>
        public void ValidateConstraint(string name) => Add(new ValidateConstraint(name, _table, _schema));
    }
}
