using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Changes a column. A property that is null changes nothing.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Column">The column's name.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record AlterColumn(string Table, string Column, string? Schema = null) : Operation
    {
        /// <summary>Tells whether it may be NULL after the change.</summary>
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
        /// The expression that computes the new values of the rows (SQLite). If given, a change of type may lose data.
        /// </summary>
        public string? SqliteUsing { get; init; }

        /// <summary>
        /// Tells whether views, rules, triggers and policies that use the column are dropped before a change of type and recreated
        /// unchanged after it (PostgreSQL).
        /// </summary>
        public bool RecreateDependents { get; init; }

        /// <summary>Its new identity (PostgreSQL); <c>Identity.None</c> drops the one it has.</summary>
        public Identity? Identity { get; init; }

        /// <summary>Its identity before, for the downgrade; null for none.</summary>
        public Identity? ExistingIdentity { get; init; }

        /// <summary>Its new collation; empty for the default one.</summary>
        public string? Collation { get; init; }

        /// <summary>Its collation before, which some databases drop when the type changes; null or empty for the default one.</summary>
        public string? ExistingCollation { get; init; }

        /// <summary>Its type before, for the downgrade and for databases that restate the whole column.</summary>
        public SqlType? ExistingType { get; init; }

        /// <summary>Tells whether it could be NULL before.</summary>
        public bool? ExistingNullable { get; init; }

        /// <summary>Its default before; <see cref="ServerDefault.None"/> for none.</summary>
        public ServerDefault? ExistingServerDefault { get; init; }

        /// <summary>Its comment before; empty for none.</summary>
        public string? ExistingComment { get; init; }

        /// <summary>Its expression if it is computed, else null. It does not change; MySQL restates it with the column.</summary>
        public Computed? ExistingComputed { get; init; }

        /// <summary>
        /// Tells whether it only changes <see cref="Autoincrement"/>. With other changes, that value only says to keep the numbering.
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
        /// Changes a column; an omitted argument changes nothing. <c>serverDefault: ServerDefault.None</c> drops the default, <c>comment:
        /// ""</c> the comment, <c>collation: ""</c> the collation. MySQL and SQL Server restate the whole column: the <c>existing…</c>
        /// values tell them what to keep. A script for MySQL stops if it would drop an attribute that is not given. SQLite rebuilds the
        /// table, with its rows, indexes, triggers and views. It refuses a new type if the old values could not be restored ('007' to 7),
        /// unless <c>sqliteUsing</c> gives the conversion: <c>sqliteUsing: "CAST(code AS INTEGER)"</c>. PostgreSQL cannot change the type
        /// of a column that a view, a rule, a trigger or a policy uses. <c>recreateDependents: true</c> drops these before the change and
        /// recreates them after it, with owner, privileges and comments; a materialized view is filled again.
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
        /// <summary>Changes a column of the table; an omitted argument changes nothing. See <see cref="Op.AlterColumn"/>.</summary>
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
