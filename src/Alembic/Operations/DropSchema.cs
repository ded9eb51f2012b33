using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Drops an empty schema; on MySQL and MariaDB, a database, which is the same there.</summary>
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
        /// <summary>Drops an empty schema; on MySQL and MariaDB, a database, which is the same there.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        /// <exception cref="AlembicException">The schema is not empty. (A script for MySQL or MariaDB cannot check this, and drops its
        /// content, too.)</exception>
        public void DropSchema(string name, bool ifExists = false) => Invoke(new DropSchema(name, ifExists));
    }
}
