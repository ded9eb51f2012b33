using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Creates a schema; on MySQL and MariaDB, a database, which is the same there.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="IfNotExists">Whether a schema of that name is left as it is.</param>
    public sealed record CreateSchema(string Name, bool IfNotExists = false) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => new DropSchema(Name);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [dialect.CreateSchemaText(this)];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call("op.CreateSchema", Name, ("ifNotExists", IfNotExists));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Creates a schema; on MySQL and MariaDB, a database, which is the same there.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="ifNotExists">Whether a schema of that name is left as it is.</param>
        /// <exception cref="AlembicException">SQLite has no schemas.</exception>
        public void CreateSchema(string name, bool ifNotExists = false) => Invoke(new CreateSchema(name, ifNotExists));
    }
}
