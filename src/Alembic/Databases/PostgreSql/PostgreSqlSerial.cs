using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>Makes an existing column serial, or no longer serial: its default comes from a sequence that it owns.</summary>
internal static class PostgreSqlSerial
{
    private const int NameBytes = 63;

    public static string Sql(AlterColumn alter, bool numbered, Dialect dialect)
    {
        var (table, column, owned) = (dialect.Quote(alter.Schema, alter.Table), dialect.Quote(alter.Column), SequenceOf(alter, dialect));
        var sequence = dialect.Quote(alter.Schema, Name(alter));
        var type = alter.ExistingType is { } known ? $" AS {dialect.TypeName(known)}" : "";
        // An existing sequence may be older than the table's name, or than the column's type.
        var widened = alter.ExistingType is null ? "" : $"ELSE EXECUTE 'ALTER SEQUENCE ' || {owned} || '{type}'; ";
        return "DO " + dialect.Literal(numbered
            ? $"BEGIN IF {owned} IS NULL THEN CREATE SEQUENCE {sequence}{type} OWNED BY {table}.{column}; "
                + $"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT nextval({dialect.Literal(sequence)}); PERFORM "
                + $"{GoOn(alter, 1, dialect)}; {widened}END IF; END"
            : $"DECLARE owned text := {owned}; BEGIN ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT; IF owned IS NOT NULL THEN "
                + "EXECUTE 'DROP SEQUENCE ' || owned; END IF; END");
    }

    /// <summary>Gives the sequence of a column the column's new type: otherwise it would end where the old type does.</summary>
    public static string Widen(AlterColumn alter, SqlType type, Dialect dialect) => "DO " + dialect.Literal(
        $"DECLARE owned text := {SequenceOf(alter, dialect)}; BEGIN IF owned IS NOT NULL THEN EXECUTE 'ALTER SEQUENCE ' || owned || ' AS "
            + $"{dialect.TypeName(type)}'; END IF; END");

    /// <summary>Existing rows have numbers that must not be given again.</summary>
    public static string GoOn(AlterColumn alter, long least, Dialect dialect)
    {
        var (table, column) = (dialect.Quote(alter.Schema, alter.Table), dialect.Quote(alter.Column));
        return $"setval({SequenceOf(alter, dialect)}, max({column})) FROM {table} HAVING max({column}) >= {least}";
    }

    private static string SequenceOf(AlterColumn alter, Dialect dialect) =>
        $"pg_get_serial_sequence({dialect.Literal(dialect.Quote(alter.Schema, alter.Table))}, {dialect.Literal(alter.Column)})";

    // As the server names the sequence of a serial column; a long name keeps its end.
    private static string Name(AlterColumn alter)
    {
        var (table, column) = (alter.Table, alter.Column);
        string SequenceName() => $"{table}_{column}_seq";
        while (Encoding.UTF8.GetByteCount(SequenceName()) > NameBytes)
            (table, column) = Encoding.UTF8.GetByteCount(table) > Encoding.UTF8.GetByteCount(column)
                ? (table[..^1], column)
                : (table, column[..^1]);
        return SequenceName();
    }
}
