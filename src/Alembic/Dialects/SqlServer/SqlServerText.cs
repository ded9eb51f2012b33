namespace Alembic.Dialects.SqlServer;

/// <summary>The procedures and look-ups that stand in for ALTER TABLE's missing forms.</summary>
internal static class SqlServerText
{
    /// <summary>Text as a literal: in Unicode where the database's code page might not have it.</summary>
    public static string Literal(string text) => $"{(text.All(char.IsAscii) ? "" : "N")}'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>sp_rename; the new name is a value, not an identifier, so that brackets would become a part of it.</summary>
    public static string Rename(SqlServerDialect dialect, string from, string to, string? kind = null)
    {
        var name = dialect.Quote(to) == to ? to : Literal(to);
        return $"EXEC sp_rename {Literal(from)}, {name}{(kind is null ? "" : $", '{kind}'")}";
    }

    /// <summary>Drops the default of a column, whatever it is called; nothing happens where there is none.</summary>
    public static string DropDefault(SqlServerDialect dialect, string? schema, string table, string column)
    {
        var quoted = dialect.Quote(schema, table);
        return $"""
            declare @const_name varchar(256)
            select @const_name = QUOTENAME([name]) from sys.default_constraints
            where parent_object_id = object_id({Literal(quoted)})
            and col_name(parent_object_id, parent_column_id) = {Literal(column)}
            exec({Literal($"alter table {quoted} drop constraint ")} + @const_name)
            """.ReplaceLineEndings("\n").Replace("varchar(256)", IsWide(quoted + column) ? "nvarchar(260)" : "varchar(256)", StringComparison.Ordinal);
    }

    /// <summary>Gives a column a type and leaves as it is whether it may be NULL, which ALTER COLUMN would not.</summary>
    public static string AlterType(SqlServerDialect dialect, string? schema, string table, string column, string type)
    {
        var quoted = dialect.Quote(schema, table);
        return $"""
            declare @nullable varchar(9)
            select @nullable = case is_nullable when 1 then ' NULL' else ' NOT NULL' end from sys.columns
            where object_id = object_id({Literal(quoted)}) and name = {Literal(column)}
            exec({Literal($"alter table {quoted} alter column {dialect.Quote(column)} {type}")} + @nullable)
            """.ReplaceLineEndings("\n");
    }

    private static bool IsWide(string text) => !text.All(char.IsAscii);
}
