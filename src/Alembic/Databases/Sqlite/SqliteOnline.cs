using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>SQLite's triggers that keep two columns the same. A trigger cannot change the row that is being written.</summary>
internal sealed class SqliteOnline : OnlineChanges
{
    public static readonly SqliteOnline Instance = new();

    public override IReadOnlyList<(string Create, string Drop)> Triggers(ColumnCopy copy, Dialect dialect)
    {
        var (old, @new) = (dialect.Quote(copy.Old), dialect.Quote(copy.New));
        var row = string.Join(" AND ", copy.Key.Select(c => $"{dialect.Quote(c)} = NEW.{dialect.Quote(c)}"));
        var value = $"coalesce(NEW.{@new}, NEW.{old})";
        // Letters that a collation takes for the same are different, too.
        string Differ(string a, string b) => $"{a} IS NOT {b} COLLATE BINARY";
        return
        [
            Trigger("insert", "INSERT", Differ($"NEW.{@new}", $"NEW.{old}"), $"{@new} = {value}, {old} = {value}"),
            Trigger("old", $"UPDATE OF {old}",
                $"{Differ($"NEW.{old}", $"OLD.{old}")} AND NOT ({Differ($"NEW.{@new}", $"OLD.{@new}")})", $"{@new} = NEW.{old}"),
            Trigger("new", $"UPDATE OF {@new}", Differ($"NEW.{@new}", $"OLD.{@new}"), $"{old} = NEW.{@new}"),
        ];

        (string, string) Trigger(string kind, string of, string condition, string change)
        {
            var name = dialect.Quote(copy.Schema, $"{copy.Name}_{kind}");
            return ($"CREATE TRIGGER {name} AFTER {of} ON {dialect.Quote(copy.Table)}\nWHEN {condition}\n"
                + $"BEGIN UPDATE {dialect.Quote(copy.Table)} SET {change} WHERE {row}; END", $"DROP TRIGGER {name}");
        }
    }
}
