using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <content>Types as the server spells them; TEXT ends at 64 KB here.</content>
public sealed partial class MySqlDialect
{
    /// <inheritdoc/>
    internal override SqlType ReadType(string text, IReadOnlyDictionary<string, SqlType> enums) => MySqlTypes.Read(text);

    internal override SqlType LongText => SqlType.Raw(AnyText);

    // Independent of the database's own character set: a statement may contain letters of any language.
    private const string AnyText = "LONGTEXT CHARACTER SET utf8mb4";

    internal override Statement? ToLongText(IMigrationSession session, string? schema, string table, string column) => session.Query(
        new Statement(
            "SELECT DATA_TYPE AS type, CHARACTER_SET_NAME AS letters FROM information_schema.COLUMNS "
            + "WHERE TABLE_SCHEMA = COALESCE(@schema, DATABASE()) AND TABLE_NAME = @table AND COLUMN_NAME = @column")
        {
            Parameters = Parameter.Of(("schema", schema), ("table", table), ("column", column)),
        }) is [var row] && (row["type"] is not "longtext" || row["letters"] is not "utf8mb4")
        ? new Statement($"ALTER TABLE {Quote(schema, table)} MODIFY COLUMN {Quote(column)} {AnyText}")
        : null;
}
