using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Adds a primary key, a unique constraint, a foreign key, a check or an exclusion to a table.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Constraint">The constraint.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record CreateConstraint(string Table, Constraint Constraint, string? Schema = null) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => Constraint.Name is null
            ? base.Reverse()
            : new DropConstraint(Constraint.Name, Table, DropConstraint.TypeOf(Constraint), Schema) { Definition = Constraint };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            [$"ALTER TABLE {dialect.Quote(Schema, Table)} ADD {dialect.ConstraintDefinition(Constraint)}"];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => Constraint switch
        {
            PrimaryKeyConstraint key => code.Batched(
                "CreatePrimaryKey", [key.Name], Table,
                [
                    key.Columns, code.Given("deferrable", key.Deferrable), ("initially", key.Initially), ("include", key.Include),
                    ("withoutOverlaps", key.WithoutOverlaps),
                ],
                Schema),
            UniqueConstraint unique => code.Batched(
                "CreateUniqueConstraint", [unique.Name], Table,
                [
                    unique.Columns, code.Given("deferrable", unique.Deferrable), ("initially", unique.Initially),
                    ("nullsNotDistinct", unique.NullsNotDistinct),
                    ("include", unique.Include), ("withoutOverlaps", unique.WithoutOverlaps),
                ],
                Schema),
            ExcludeConstraint exclude => code.Batched(
                "CreateExcludeConstraint", [exclude.Name], Table,
                [
                    exclude.Elements, ("where", exclude.Where), ("method", exclude.Method == "gist" ? null : exclude.Method),
                    code.Given("deferrable", exclude.Deferrable),
                    ("initially", exclude.Initially),
                ],
                Schema),
            CheckConstraint check => code.Batched(
                "CreateCheckConstraint", [check.Name], Table,
                [check.Sql, ("notValid", check.NotValid), ("noInherit", check.NoInherit), ("notEnforced", check.NotEnforced)], Schema),
            ForeignKeyConstraint key => code.Batched(
                "CreateForeignKey", [key.Name], Table,
                [
                    key.ReferentTable, key.Columns, key.ReferentColumns, ("onDelete", key.OnDelete), ("onUpdate", key.OnUpdate),
                    code.Given("deferrable", key.Deferrable),
                    ("initially", key.Initially), ("match", key.Match), ("notValid", key.NotValid), ("setNullColumns", key.SetNullColumns),
                    ("notEnforced", key.NotEnforced), ("period", key.Period), ("referentSchema", key.ReferentSchema),
                ],
                Schema, "sourceSchema"),
            _ => base.CSharp(code),
        };
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Creates a primary key.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="tableName">The table's name.</param>
        /// <param name="columns">The columns, in the key's order.</param>
        /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
        /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <param name="include">Columns that its index stores but does not search, if the database has that; or null.</param>
        /// <param name="withoutOverlaps">Whether the last column is a range, and no two rows with the same other values overlap in it
        /// (PostgreSQL 18).</param>
        public void CreatePrimaryKey(
            string? name, string tableName, IReadOnlyList<string> columns, bool? deferrable = null, string? initially = null,
            string? schema = null,
            IReadOnlyList<string>? include = null, bool withoutOverlaps = false) =>
            Invoke(new CreateConstraint(tableName,
                new PrimaryKeyConstraint(columns, name, deferrable, initially, include, withoutOverlaps), schema));

        /// <summary>Creates a unique constraint.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="tableName">The table's name.</param>
        /// <param name="columns">The columns.</param>
        /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
        /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
        /// <param name="nullsNotDistinct">Whether NULL counts as a value that only one row may have (PostgreSQL 15).</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <param name="include">Columns that its index stores but does not search, if the database has that; or null.</param>
        /// <param name="withoutOverlaps">Whether the last column is a range, and no two rows with the same other values overlap in it
        /// (PostgreSQL 18).</param>
        public void CreateUniqueConstraint(
            string? name, string tableName, IReadOnlyList<string> columns, bool? deferrable = null, string? initially = null,
            bool nullsNotDistinct = false,
            string? schema = null, IReadOnlyList<string>? include = null, bool withoutOverlaps = false) =>
            Invoke(new CreateConstraint(tableName,
                new UniqueConstraint(columns, name, deferrable, initially, nullsNotDistinct, include, withoutOverlaps), schema));

        /// <summary>Creates an exclusion constraint (PostgreSQL): no two rows may satisfy all comparisons.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="tableName">The table's name.</param>
        /// <param name="elements">Columns, and expressions as <c>Sql.Text("…")</c>, each with its operator: <c>[("room", "="), ("during",
        /// "&amp;&amp;")]</c>.</param>
        /// <param name="where">The condition that selects the rows it applies to, or null for all.</param>
        /// <param name="method">The access method of its index.</param>
        /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
        /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void CreateExcludeConstraint(
            string? name, string tableName, IReadOnlyList<ExcludeElement> elements, string? where = null, string method = "gist",
            bool? deferrable = null,
            string? initially = null, string? schema = null) =>
            Invoke(new CreateConstraint(tableName, new ExcludeConstraint(elements, name, where, method, deferrable, initially), schema));

        /// <summary>Creates a check constraint.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="tableName">The table's name.</param>
        /// <param name="condition">The condition that every row must meet, in the database's SQL.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <param name="notValid">Whether existing rows are not checked (PostgreSQL); <see cref="Op.ValidateConstraint"/> checks them
        /// later.</param>
        /// <param name="noInherit">Whether tables that inherit from this one do not get it (PostgreSQL).</param>
        /// <param name="notEnforced">Whether it is only declared, and no row is checked (PostgreSQL 18).</param>
        public void CreateCheckConstraint(
            string? name, string tableName, string condition, string? schema = null, bool notValid = false, bool noInherit = false,
            bool notEnforced = false) =>
            Invoke(new CreateConstraint(tableName, new CheckConstraint(condition, name, notValid, noInherit, notEnforced), schema));

        /// <summary>Creates a foreign key.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="sourceTable">The table that gets it.</param>
        /// <param name="referentTable">The table that it references.</param>
        /// <param name="localColumns">The columns of the source table.</param>
        /// <param name="remoteColumns">The columns of the referenced table.</param>
        /// <param name="onDelete">The action when the referenced row is deleted, for example <c>CASCADE</c>; or null.</param>
        /// <param name="onUpdate">The action when the referenced key changes; or null.</param>
        /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
        /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
        /// <param name="match"><c>FULL</c>, <c>SIMPLE</c> or <c>PARTIAL</c>, or null.</param>
        /// <param name="sourceSchema">The schema of the source table, or null.</param>
        /// <param name="referentSchema">The schema of the referenced table, or null.</param>
        /// <param name="notValid">Whether existing rows are not checked (PostgreSQL); <see cref="Op.ValidateConstraint"/> checks them
        /// later.</param>
        /// <param name="setNullColumns">Those of the columns that <c>ON DELETE SET NULL</c> or <c>SET DEFAULT</c> changes (PostgreSQL 15);
        /// null for all.</param>
        /// <param name="notEnforced">Whether it is only declared, and no row is checked (PostgreSQL 18).</param>
        /// <param name="period">Whether the last columns are ranges; the referenced ranges must cover this table's (PostgreSQL 18).</param>
        public void CreateForeignKey(
            string? name, string sourceTable, string referentTable, IReadOnlyList<string> localColumns, IReadOnlyList<string> remoteColumns,
            string? onDelete = null,
            string? onUpdate = null, bool? deferrable = null, string? initially = null, string? match = null, string? sourceSchema = null,
            string? referentSchema = null,
            bool notValid = false, IReadOnlyList<string>? setNullColumns = null, bool notEnforced = false, bool period = false) =>
            Invoke(new CreateConstraint(
                sourceTable,
                BatchOp.ForeignKey(
                    name, referentTable, localColumns, remoteColumns, onDelete, onUpdate, deferrable, initially, match, referentSchema,
                    notValid, setNullColumns, notEnforced,
                    period),
                sourceSchema));
    }

    public sealed partial class BatchOp
    {
        /// <summary>Creates the table's primary key.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="columns">The columns, in the key's order.</param>
        /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
        /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
        /// <param name="include">Columns that its index stores but does not search, if the database has that; or null.</param>
        /// <param name="withoutOverlaps">Whether the last column is a range, and no two rows with the same other values overlap in it
        /// (PostgreSQL 18).</param>
        public void CreatePrimaryKey(
            string? name, IReadOnlyList<string> columns, bool? deferrable = null, string? initially = null,
            IReadOnlyList<string>? include = null,
            bool withoutOverlaps = false) =>
            Add(new CreateConstraint(_table,
                new PrimaryKeyConstraint(columns, name, deferrable, initially, include, withoutOverlaps), _schema));

        /// <summary>Creates a unique constraint.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="columns">The columns.</param>
        /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
        /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
        /// <param name="nullsNotDistinct">Whether NULL counts as a value that only one row may have (PostgreSQL 15).</param>
        /// <param name="include">Columns that its index stores but does not search, if the database has that; or null.</param>
        /// <param name="withoutOverlaps">Whether the last column is a range, and no two rows with the same other values overlap in it
        /// (PostgreSQL 18).</param>
        public void CreateUniqueConstraint(
            string? name, IReadOnlyList<string> columns, bool? deferrable = null, string? initially = null, bool nullsNotDistinct = false,
            IReadOnlyList<string>? include = null, bool withoutOverlaps = false) =>
            Add(new CreateConstraint(_table,
                new UniqueConstraint(columns, name, deferrable, initially, nullsNotDistinct, include, withoutOverlaps), _schema));

        /// <summary>Creates an exclusion constraint (PostgreSQL): no two rows may satisfy all comparisons.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="elements">Columns and expressions, each with its operator.</param>
        /// <param name="where">The condition that selects the rows it applies to, or null for all.</param>
        /// <param name="method">The access method of its index.</param>
        /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
        /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
        public void CreateExcludeConstraint(
            string? name, IReadOnlyList<ExcludeElement> elements, string? where = null, string method = "gist", bool? deferrable = null,
            string? initially = null) =>
            Add(new CreateConstraint(_table, new ExcludeConstraint(elements, name, where, method, deferrable, initially), _schema));

        /// <summary>Creates a check constraint.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="condition">The condition that every row must meet, in the database's SQL.</param>
        /// <param name="notValid">Whether existing rows are not checked (PostgreSQL); <see cref="Op.ValidateConstraint"/> checks them
        /// later.</param>
        /// <param name="noInherit">Whether tables that inherit from this one do not get it (PostgreSQL).</param>
        /// <param name="notEnforced">Whether it is only declared, and no row is checked (PostgreSQL 18).</param>
        public void CreateCheckConstraint(string? name, string condition, bool notValid = false, bool noInherit = false,
            bool notEnforced = false) =>
            Add(new CreateConstraint(_table, new CheckConstraint(condition, name, notValid, noInherit, notEnforced), _schema));

        /// <summary>Creates a foreign key of the table.</summary>
        /// <param name="name">Its name, or null.</param>
        /// <param name="referentTable">The table that it references.</param>
        /// <param name="localColumns">The columns of this table.</param>
        /// <param name="remoteColumns">The columns that they reference.</param>
        /// <param name="onDelete">The action when the referenced row is deleted, for example <c>CASCADE</c>; or null.</param>
        /// <param name="onUpdate">The action when the referenced key changes; or null.</param>
        /// <param name="deferrable">Whether the check can wait for the end of the transaction, or null.</param>
        /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
        /// <param name="match"><c>FULL</c>, <c>SIMPLE</c> or <c>PARTIAL</c>, or null.</param>
        /// <param name="referentSchema">The schema of the referenced table, or null.</param>
        /// <param name="notValid">Whether existing rows are not checked (PostgreSQL); <see cref="Op.ValidateConstraint"/> checks them
        /// later.</param>
        /// <param name="setNullColumns">Those of the columns that <c>ON DELETE SET NULL</c> or <c>SET DEFAULT</c> changes (PostgreSQL 15);
        /// null for all.</param>
        /// <param name="notEnforced">Whether it is only declared, and no row is checked (PostgreSQL 18).</param>
        /// <param name="period">Whether the last columns are ranges; the referenced ranges must cover this table's (PostgreSQL 18).</param>
        public void CreateForeignKey(
            string? name, string referentTable, IReadOnlyList<string> localColumns, IReadOnlyList<string> remoteColumns,
            string? onDelete = null, string? onUpdate = null,
            bool? deferrable = null, string? initially = null, string? match = null, string? referentSchema = null, bool notValid = false,
            IReadOnlyList<string>? setNullColumns = null, bool notEnforced = false, bool period = false) =>
            Add(new CreateConstraint(
                _table,
                ForeignKey(
                    name, referentTable, localColumns, remoteColumns, onDelete, onUpdate, deferrable, initially, match, referentSchema,
                    notValid, setNullColumns, notEnforced,
                    period),
                _schema));

        internal static ForeignKeyConstraint ForeignKey(
            string? name, string referentTable, IReadOnlyList<string> localColumns, IReadOnlyList<string> remoteColumns, string? onDelete,
            string? onUpdate,
            bool? deferrable, string? initially, string? match, string? referentSchema, bool notValid,
            IReadOnlyList<string>? setNullColumns, bool notEnforced, bool period) =>
            new(
                localColumns, [.. remoteColumns.Select(c => ForeignKeyConstraint.TargetOf(referentSchema, referentTable, c))], name,
                onDelete, onUpdate, deferrable, initially,
                match, notValid, setNullColumns, notEnforced, period);
    }
}
