namespace Alembic.Databases.SqlServer;

/// <summary>Comments are extended properties here, under the name that SQL Server's own tools show.</summary>
internal static class SqlServerComments
{
    // 7,500 bytes.
    private const int MostCharacters = 3750;

    /// <summary>Sets or replaces the comment of a table or a column; drops it if none is given.</summary>
    public static string Set(SqlServerDialect dialect, string? schema, string table, string? column, string? comment)
    {
        var quoted = SqlServerText.Literal(dialect.Quote(schema, table));
        var minor = column is null ? "0" : $"COLUMNPROPERTY(OBJECT_ID({quoted}), {SqlServerText.Literal(column)}, 'ColumnId')";
        var exists =
            "EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 1 AND name = 'MS_Description' AND major_id = "
                + $"OBJECT_ID({quoted}) AND minor_id = {minor})";
        var path =
            "'SCHEMA', @schema, 'TABLE', "
                + $"{SqlServerText.Literal(table)}{(column is null ? "" : $", 'COLUMN', {SqlServerText.Literal(column)}")}";
        var declare = $"DECLARE @schema sysname = {(schema is null ? "SCHEMA_NAME()" : SqlServerText.Literal(schema))}";
        if (string.IsNullOrEmpty(comment))
            return $"{declare}\nIF {exists}\nEXEC sys.sp_dropextendedproperty 'MS_Description', {path}";
        if (comment.Length > MostCharacters)
            throw new AlembicException(
                $"The comment of '{table}{(column is null ? "" : "." + column)}' is {comment.Length} characters long; SQL Server allows "
                    + $"{MostCharacters}") { Hint = "make it shorter" };
        // The value is a sql_variant, so the literal itself has to be Unicode.
        var value = dialect.Literal(comment);
        if (value[0] == '(')
            (declare, value) = ($"{declare}, @comment nvarchar({MostCharacters}) = {value}", "@comment");
        else if (value[0] != 'N')
            value = "N" + value;
        return $"{declare}\nIF {exists}\nEXEC sys.sp_updateextendedproperty 'MS_Description', {value}, {path}\nELSE\nEXEC "
            + $"sys.sp_addextendedproperty 'MS_Description', {value}, {path}";
    }
}
