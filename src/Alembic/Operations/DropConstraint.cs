using Alembic.Operations;
using Alembic.Schema;

namespace Alembic
{
    /// <summary>The kinds of constraints.</summary>
    public enum ConstraintType
    {
        /// <summary>A primary key.</summary>
        PrimaryKey,

        /// <summary>A unique constraint.</summary>
        Unique,

        /// <summary>A foreign key.</summary>
        ForeignKey,

        /// <summary>A check.</summary>
        Check,

        /// <summary>An exclusion constraint (PostgreSQL).</summary>
        Exclude,
    }
}

namespace Alembic.Operations
{
    /// <summary>Drops a constraint.</summary>
    /// <param name="Name">The constraint's name.</param>
    /// <param name="Table">The table's name.</param>
    /// <param name="Type">Its kind; MySQL needs it.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    /// <param name="IfExists">Whether it may be missing.</param>
    public sealed record DropConstraint(string Name, string Table, ConstraintType? Type = null, string? Schema = null,
        bool IfExists = false) : Operation
    {
        /// <summary>The constraint as it is, for the downgrade; null if unknown.</summary>
        public Constraint? Definition { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => Definition is null ? base.Reverse() : new CreateConstraint(Table, Definition, Schema);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            [$"ALTER TABLE {dialect.Quote(Schema, Table)} DROP CONSTRAINT {(IfExists ? "IF EXISTS " : "")}{dialect.Quote(Name)}"];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Batched("DropConstraint", [Name], Table, [("type", Type), ("ifExists", IfExists)], Schema);

        internal static ConstraintType TypeOf(Constraint constraint) => constraint switch
        {
            PrimaryKeyConstraint => ConstraintType.PrimaryKey,
            UniqueConstraint => ConstraintType.Unique,
            ForeignKeyConstraint => ConstraintType.ForeignKey,
            ExcludeConstraint => ConstraintType.Exclude,
            _ => ConstraintType.Check,
        };
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Drops a constraint.</summary>
        /// <param name="name">The constraint's name.</param>
        /// <param name="tableName">The table's name.</param>
        /// <param name="type">Its kind; MySQL needs it.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void DropConstraint(string name, string tableName, ConstraintType? type = null, bool ifExists = false,
            string? schema = null) =>
            Invoke(new DropConstraint(name, tableName, type, schema, ifExists));
    }

    public sealed partial class BatchOp
    {
        /// <summary>Drops a constraint of the table.</summary>
        /// <param name="name">The constraint's name.</param>
        /// <param name="type">Its kind; MySQL needs it.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        public void DropConstraint(string name, ConstraintType? type = null, bool ifExists = false) =>
            Add(new DropConstraint(name, _table, type, _schema, ifExists));
    }
}
