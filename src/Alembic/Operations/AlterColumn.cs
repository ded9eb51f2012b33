using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Changes a column: what is null stays as it is.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Column">The column's name.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record AlterColumn(string Table, string Column, string? Schema = null) : Operation
    {
        /// <summary>Tells whether it may be NULL from now on.</summary>
        public bool? Nullable { get; init; }

        /// <summary>Its new type.</summary>
        public SqlType? Type { get; init; }

        /// <summary>Its new default; <see cref="ServerDefault.None"/> drops the one it has.</summary>
        public ServerDefault? ServerDefault { get; init; }

        /// <summary>Its new name.</summary>
        public string? NewName { get; init; }

        /// <summary>Its new comment; empty drops the one it has.</summary>
        public string? Comment { get; init; }

        /// <summary>Tells whether the database numbers it: MySQL's and SQLite's AUTO_INCREMENT, PostgreSQL's serial.</summary>
        public bool? Autoincrement { get; init; }

        /// <summary>The expression that converts the values (PostgreSQL).</summary>
        public string? PostgresqlUsing { get; init; }

        /// <summary>
        /// The expression that gives the rows their new values (SQLite); with it, a change of the type may lose something.
        /// </summary>
        public string? SqliteUsing { get; init; }

        /// <summary>
        /// Tells whether views, rules, triggers and policies that use the column are dropped before a new type, and created again after it
        /// as they were (PostgreSQL).
        /// </summary>
        public bool RecreateDependents { get; init; }

        /// <summary>Its numbering from now on (PostgreSQL), <c>Identity.None</c> for no longer; null to leave it.</summary>
        public Identity? Identity { get; init; }

        /// <summary>Its numbering before, for the way back; null where it did not.</summary>
        public Identity? ExistingIdentity { get; init; }

        /// <summary>Its new collation; empty for the one that it has where none is said.</summary>
        public string? Collation { get; init; }

        /// <summary>Its collation up to now: a new type comes without one on some databases; null or empty where none was said.</summary>
        public string? ExistingCollation { get; init; }

        /// <summary>Its type up to now: some databases write the whole column anew, and the way back needs it.</summary>
        public SqlType? ExistingType { get; init; }

        /// <summary>Tells whether it may be NULL up to now.</summary>
        public bool? ExistingNullable { get; init; }

        /// <summary>Its default up to now; <see cref="ServerDefault.None"/> for none.</summary>
        public ServerDefault? ExistingServerDefault { get; init; }

        /// <summary>Its comment up to now; empty for none.</summary>
        public string? ExistingComment { get; init; }

        /// <summary>Its expression, if it is computed; else null. It stays so: MySQL writes it anew with the column.</summary>
        public Computed? ExistingComputed { get; init; }

        /// <summary>
        /// Tells whether it is about <see cref="Autoincrement"/>: beside other changes that only says that the numbering is to be kept.
        /// </summary>
        internal bool IsAutoincrementOnly =>
            this is { Autoincrement: not null, Nullable: null, Type: null, ServerDefault: null, NewName: null, Comment: null,
                Identity: null, Collation: null };

        /// <inheritdoc/>
        public override Operation Reverse()
        {
            if ((Nullable is not null && ExistingNullable is null) || (Type is not null && ExistingType is null)
                || (Identity is { IsNone: true } && ExistingIdentity is null))
                return base.Reverse();
            return this with
            {
                Autoincrement = IsAutoincrementOnly ? !Autoincrement : Autoincrement,
                Column = NewName ?? Column,
                NewName = NewName is null ? null : Column,
                Nullable = Nullable is null ? null : ExistingNullable,
                ExistingNullable = Nullable ?? ExistingNullable,
                Type = Type is null ? null : ExistingType,
                ExistingType = Type ?? ExistingType,
                ServerDefault = ServerDefault is null ? null : ExistingServerDefault ?? ServerDefault.None,
                ExistingServerDefault = ServerDefault ?? ExistingServerDefault,
                Comment = Comment is null ? null : ExistingComment ?? "",
                ExistingComment = Comment ?? ExistingComment,
                Collation = Collation is null ? null : ExistingCollation ?? "",
                ExistingCollation = Collation ?? ExistingCollation,
                PostgresqlUsing = null,
                SqliteUsing = null,
                Identity = Identity is null ? null : ExistingIdentity ?? Identity.None,
                ExistingIdentity = Identity is { IsNone: false } ? Identity : Identity is null ? ExistingIdentity : null,
            };
        }

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect)
        {
            var table = $"ALTER TABLE {dialect.Quote(Schema, Table)}";
            var column = $"{table} ALTER COLUMN {dialect.Quote(Column)}";
            if (Nullable is { } nullable)
                yield return $"{column} {(nullable ? "DROP" : "SET")} NOT NULL";
            if (ServerDefault is { } value)
                yield return value.Kind == ServerDefaultKind.None
                    ? $"{column} DROP DEFAULT"
                    : $"{column} SET DEFAULT {dialect.DefaultText(value)}";
            if (Type is { } type)
                yield return $"{column} TYPE {dialect.TypeName(type)}";
            if (Comment is { } comment && dialect.HasComments)
                yield return $"COMMENT ON COLUMN {dialect.Quote(Schema, Table)}.{dialect.Quote(Column)} IS "
                    + $"{(comment.Length == 0 ? "NULL" : dialect.Literal(comment))}";
            if (NewName is { } name)
                yield return $"{table} RENAME {dialect.Quote(Column)} TO {dialect.Quote(name)}";
        }

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Batched(
            "AlterColumn", Table,
            [
                Column, code.Given("nullable", Nullable), ("type", Type), ("serverDefault", ServerDefault), ("newColumnName", NewName),
                ("comment", Comment),
                ("existingType", ExistingType), code.Given("existingNullable", ExistingNullable),
                ("existingServerDefault", ExistingServerDefault),
                ("existingComment", ExistingComment), code.Given("autoincrement", Autoincrement), ("postgresqlUsing", PostgresqlUsing),
                ("sqliteUsing", SqliteUsing),
                ("identity", Identity), ("existingIdentity", ExistingIdentity), ("collation", Collation),
                ("existingCollation", ExistingCollation),
                ("existingComputed", ExistingComputed), ("recreateDependents", RecreateDependents),
            ],
            Schema);
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>
        /// Changes a column; what is not given stays as it is. <c>serverDefault: ServerDefault.None</c> drops the default, <c>comment:
        /// ""</c> the comment, <c>collation: ""</c> the collation. The <c>existing…</c> values tell databases that write the whole column
        /// anew (MySQL, SQL Server) what to keep; the others do not need them. A script for MySQL stops before it would take from the
        /// column what is not said. On SQLite the table is rebuilt, with its rows, indexes, triggers and views. A new type that would
        /// change values so that they could not be had back ('007' to 7) is refused there, unless <c>sqliteUsing</c> says how they are
        /// converted: <c>sqliteUsing: "CAST(code AS INTEGER)"</c>. PostgreSQL gives no new type to a column that a view, a rule, a trigger
        /// or a policy uses: with <c>recreateDependents: true</c> these are dropped before and created again after it, with owner,
        /// privileges and comments; a materialized view is filled again.
        /// </summary>
        public void AlterColumn(
            string tableName, string columnName, bool? nullable = null, SqlType? type = null, ServerDefault? serverDefault = null,
            string? newColumnName = null,
            string? comment = null, SqlType? existingType = null, bool? existingNullable = null,
            ServerDefault? existingServerDefault = null,
            string? existingComment = null, bool? autoincrement = null, string? postgresqlUsing = null, string? schema = null,
            string? sqliteUsing = null, Identity? identity = null, Identity? existingIdentity = null,
            string? collation = null, string? existingCollation = null, Computed? existingComputed = null,
            bool recreateDependents = false) =>
            Invoke(new AlterColumn(tableName, columnName, schema)
            {
                Nullable = nullable, Type = type, ServerDefault = serverDefault, NewName = newColumnName, Comment = comment,
                Autoincrement = autoincrement,
                PostgresqlUsing = postgresqlUsing, SqliteUsing = sqliteUsing, ExistingType = existingType,
                ExistingNullable = existingNullable,
                ExistingServerDefault = existingServerDefault, ExistingComment = existingComment, Identity = identity,
                ExistingIdentity = existingIdentity,
                Collation = collation, ExistingCollation = existingCollation, ExistingComputed = existingComputed,
                RecreateDependents = recreateDependents,
            });
    }

    public sealed partial class BatchOp
    {
        /// <summary>Changes a column of the table; what is not given stays as it is. See <see cref="Op.AlterColumn"/>.</summary>
        public void AlterColumn(
            string columnName, bool? nullable = null, SqlType? type = null, ServerDefault? serverDefault = null,
            string? newColumnName = null,
            string? comment = null, SqlType? existingType = null, bool? existingNullable = null,
            ServerDefault? existingServerDefault = null,
            string? existingComment = null, bool? autoincrement = null, string? postgresqlUsing = null,
            string? sqliteUsing = null, Identity? identity = null, Identity? existingIdentity = null,
            string? collation = null, string? existingCollation = null, Computed? existingComputed = null,
            bool recreateDependents = false) =>
            Add(new AlterColumn(_table, columnName, _schema)
            {
                Nullable = nullable, Type = type, ServerDefault = serverDefault, NewName = newColumnName, Comment = comment,
                Autoincrement = autoincrement,
                PostgresqlUsing = postgresqlUsing, SqliteUsing = sqliteUsing, ExistingType = existingType,
                ExistingNullable = existingNullable,
                ExistingServerDefault = existingServerDefault, ExistingComment = existingComment, Identity = identity,
                ExistingIdentity = existingIdentity,
                Collation = collation, ExistingCollation = existingCollation, ExistingComputed = existingComputed,
                RecreateDependents = recreateDependents,
            });
    }
}
