using Alembic.Operations;

namespace Alembic.Databases.SqlServer;

/// <summary>The procedures and queries that replace the missing forms of ALTER TABLE.</summary>
internal static class SqlServerText
{
    /// <summary>Text as a literal: in Unicode if the database's code page might not have its letters.</summary>
    public static string Literal(string text) =>
        $"{(text.All(char.IsAscii) ? "" : "N")}'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name, quoted if necessary.</summary>
    public static string Name(string name) => new SqlServerDialect().Quote(name);

    /// <summary>sp_rename; the new name is a value, not an identifier: brackets would become a part of it.</summary>
    public static string Rename(SqlServerDialect dialect, string from, string to, string? kind = null)
    {
        var name = dialect.Quote(to) == to ? to : Literal(to);
        return $"EXEC sp_rename {Literal(from)}, {name}{(kind is null ? "" : $", '{kind}'")}";
    }

    /// <summary>
    /// sp_rename of a column that checks name, which would prevent it: they are dropped before and recreated after. A check that also has
    /// the name in a literal stays, and the server names it.
    /// </summary>
    public static string RenameColumn(SqlServerDialect dialect, AlterColumn rename, string to)
    {
        var quoted = dialect.Quote(rename.Schema, rename.Table);
        var name = Literal(InBrackets(rename.Column));
        string Alter(string what) => Literal($"alter table {quoted} {what} constraint ") + " + quotename(k.name)";
        return $"""
            declare @drop nvarchar(max) = '', @add nvarchar(max) = ''
            select @drop += {Alter("drop")} + ';',
                @add += case k.is_not_trusted when 1 then {Alter("with nocheck add")} else {Alter("with check add")} end + ' check '
                  + case k.is_not_for_replication when 1 then 'not for replication ' else '' end
                  + replace(k.definition, {name}, {Literal(InBrackets(to))}) + ';'
                  + case k.is_disabled when 1 then {Alter("nocheck")} + ';' else '' end
            {Naming(dialect, rename)} and k.definition not like '%''%' + replace({name}, '[', '[[]') + '%''%'
            exec(@drop)
            {Rename(dialect, $"{quoted}.{dialect.Quote(rename.Column)}", to, "COLUMN")}
            exec(@add)
            """.ReplaceLineEndings("\n");
    }

    /// <summary>The rest of a query of the checks that name a column; its alias for them is k.</summary>
    public static string Naming(SqlServerDialect dialect, AlterColumn alter) =>
        $"from sys.check_constraints k where k.parent_object_id = object_id({Literal(dialect.Quote(alter.Schema, alter.Table))}) "
        + $"and charindex({Literal(InBrackets(alter.Column))}, k.definition) > 0";

    private static string InBrackets(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    /// <summary>sp_rename of an index, whose name follows its table's.</summary>
    public static string RenameIndex(SqlServerDialect dialect, RenameIndex rename)
    {
        var table = rename.Table ?? throw new AlembicException($"SQL Server needs the table of the index '{rename.From}' to rename it");
        return Rename(dialect, $"{dialect.Quote(rename.Schema, table)}.{dialect.Quote(rename.From)}", rename.To, "INDEX");
    }

    /// <summary>Drops the default of a column, whatever its name; does nothing if there is none.</summary>
    public static string DropDefault(SqlServerDialect dialect, string? schema, string table, string column)
    {
        var quoted = dialect.Quote(schema, table);
        return $"""
            declare @const_name nvarchar(260)
            select @const_name = QUOTENAME([name]) from sys.default_constraints
            where parent_object_id = object_id({Literal(quoted)})
            and col_name(parent_object_id, parent_column_id) = {Literal(column)}
            if @const_name is not null exec({Literal($"alter table {quoted} drop constraint ")} + @const_name)
            """.ReplaceLineEndings("\n");
    }

    /// <summary>
    /// Drops what prevents dropping a column: its default, and the checks, keys, indexes (also by their filter) and statistics of its
    /// table that name it.
    /// </summary>
    public static string DropHolders(SqlServerDialect dialect, string? schema, string table, string column)
    {
        var quoted = dialect.Quote(schema, table);
        var (id, name) = ($"object_id({Literal(quoted)})", Literal(column));
        var drop = Literal($"alter table {quoted} drop constraint ");
        // Keys before indexes: a foreign key may depend on an index of its own table. A check of the whole table lists in its
        // dependencies what it names.
        return $"""
            declare @drop nvarchar(max) = ''
            select @drop += {drop} + quotename(f.name) + ';' from sys.foreign_keys f where f.parent_object_id = {id}
                and exists (select 1 from sys.foreign_key_columns c where c.constraint_object_id = f.object_id
                  and col_name(c.parent_object_id, c.parent_column_id) = {name})
            select @drop += {drop} + quotename(name) + ';' from sys.default_constraints where parent_object_id = {id}
              and col_name(parent_object_id, parent_column_id) = {name}
            select @drop += {drop} + quotename(k.name) + ';' from sys.check_constraints k where k.parent_object_id = {id}
                and exists (select 1 from sys.sql_expression_dependencies d where d.referencing_id = k.object_id
                  and d.referenced_id = k.parent_object_id and col_name(d.referenced_id, d.referenced_minor_id) = {name})
            select @drop += case when x.is_primary_key = 1 or x.is_unique_constraint = 1 then {drop} + quotename(x.name)
              else 'drop index ' + quotename(x.name) + {Literal($" on {quoted}")} end + ';'
                from sys.indexes x where x.object_id = {id}
                and (exists (select 1 from sys.index_columns c where c.object_id = x.object_id and c.index_id = x.index_id
                    and col_name(c.object_id, c.column_id) = {name})
                  or exists (select 1 from sys.sql_expression_dependencies d where d.referencing_class = 7
                    and d.referencing_id = x.object_id and d.referencing_minor_id = x.index_id and d.referenced_id = x.object_id
                    and col_name(d.referenced_id, d.referenced_minor_id) = {name}))
            select @drop += {Literal($"drop statistics {quoted}.")} + quotename(s.name) + ';' from sys.stats s
                where s.object_id = {id} and s.user_created = 1
                and exists (select 1 from sys.stats_columns c where c.object_id = s.object_id and c.stats_id = s.stats_id
                  and col_name(c.object_id, c.column_id) = {name})
            exec(@drop)
            """.ReplaceLineEndings("\n");
    }

    /// <summary>
    /// ALTER COLUMN takes a whole definition: what is not repeated is lost. What the migration does not know is queried; the default,
    /// which would prevent changing the type, is dropped and recreated.
    /// </summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="alter">Which column.</param>
    /// <param name="type">The type that it has from then on.</param>
    /// <param name="nullable">Whether it may be NULL; null keeps it as it is.</param>
    public static string AlterColumn(SqlServerDialect dialect, AlterColumn alter, string type, bool? nullable)
    {
        var quoted = dialect.Quote(alter.Schema, alter.Table);
        var column = dialect.Quote(alter.Column);
        var collation = alter.Collation is { } wanted
            ? $"' collate {(wanted.Length == 0 ? "database_default" : dialect.Collation(wanted))}' + "
            : HasCollation(type) ? "isnull(' collate ' + collation_name, '') + " : "";
        var nullability = nullable switch { true => "' null'", false => "' not null'",
        null => "case is_nullable when 1 then ' null' else ' not null' end" };
        return $"""
            declare @drop nvarchar(max) = '', @alter nvarchar(max) = {Literal($"alter table {quoted} alter column {column} {type}")},
                @add nvarchar(max) = ''
            select @drop = {Literal($"alter table {quoted} drop constraint ")} + quotename(name),
                @add = {Literal($"alter table {quoted} add constraint ")} + quotename(name) + ' default ' + definition
                    + {Literal($" for {column}")}
            from sys.default_constraints where parent_object_id = object_id({Literal(quoted)})
              and col_name(parent_object_id, parent_column_id) = {Literal(alter.Column)}
            select @alter += {collation}{nullability} from sys.columns where object_id = object_id({Literal(quoted)})
              and name = {Literal(alter.Column)}
            exec(@drop)
            exec(@alter)
            exec(@add)
            """.ReplaceLineEndings("\n");
    }

    /// <summary>Tells whether a type is text: such a column gets the database's collation if ALTER COLUMN does not name its own.</summary>
    public static bool HasCollation(string type) => type.Split('(')[0].ToUpperInvariant() is "VARCHAR" or "NVARCHAR" or "CHAR" or "NCHAR";
}
