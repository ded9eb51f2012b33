using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Drops an empty schema; on MySQL and MariaDB, where the two are one, a database.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="IfExists">Whether it may be missing.</param>
    public sealed record DropSchema(string Name, bool IfExists = false) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => new CreateSchema(Name);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [dialect.DropSchemaText(this)];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call("op.DropSchema", Name, ("ifExists", IfExists));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Drops an empty schema; on MySQL and MariaDB, where the two are one, a database.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        /// <exception cref="AlembicException">There is something in the schema. (A script for MySQL or MariaDB cannot look, and drops that
        /// too.)</exception>
        public void DropSchema(string name, bool ifExists = false) => Invoke(new DropSchema(name, ifExists));
    }
}
