using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>MySQL's triggers that keep two columns the same.</summary>
internal sealed class MySqlOnline : OnlineChanges
{
    public static readonly MySqlOnline Instance = new();

    public override IReadOnlyList<(string Create, string Drop)> Triggers(ColumnCopy copy, Dialect dialect)
    {
        var (old, @new) = (dialect.Quote(copy.Old), dialect.Quote(copy.New));
        // Letters that a collation takes for the same are different, too.
        var isSame = $"CAST(NEW.{@new} AS BINARY) <=> CAST(OLD.{@new} AS BINARY)";
        return
        [
            Trigger("INSERT", $"coalesce(NEW.{@new}, NEW.{old})"),
            Trigger("UPDATE", $"IF({isSame}, NEW.{old}, NEW.{@new})"),
        ];

        (string, string) Trigger(string kind, string value)
        {
            var name = dialect.Quote(copy.Schema, $"{copy.Name}_{kind.ToLowerInvariant()}");
            return ($"CREATE TRIGGER {name} BEFORE {kind} ON {dialect.Quote(copy.Schema, copy.Table)} FOR EACH ROW\n"
                + $"SET NEW.{@new} = {value}, NEW.{old} = NEW.{@new}", $"DROP TRIGGER {name}");
        }
    }
}
