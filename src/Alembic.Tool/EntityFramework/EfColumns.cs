using System.Globalization;
using System.Text.RegularExpressions;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>Columns as EF Core and its providers put them.</summary>
/// <param name="dialect">The database's dialect.</param>
/// <param name="enums">The enum types of the model, by the names that columns call them.</param>
internal sealed partial class EfColumns(Dialect dialect, IReadOnlyDictionary<string, SqlType> enums)
{
    // Every table of PostgreSQL has them, and nobody makes them: EF Core maps a row's version to xmin.
    private static readonly HashSet<string> OfTheSystem = ["oid", "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

    public bool IsOfTheSystem(EfOperation column) => dialect.Name == "postgresql" && OfTheSystem.Contains(column.Name);

    public SqlType Type(EfOperation column) => column.Text("ColumnType") is { } text ? dialect.ReadType(text, enums)
        : throw new AlembicException($"EF Core gives the column '{column.Name}' no type");

    public Column Read(EfOperation column) => new(
        column.Name,
        IsBare(column) ? dialect.ReadType("", enums) : Type(column),
        nullable: IsBare(column) || column.Flag("IsNullable"),
        serverDefault: column.Default(dialect) ?? (Moment(column) is { } moment ? (ServerDefault)Sql.Text(moment) : null),
        autoincrement: IsAutoincrement(column) ? true : null,
        comment: dialect.HasComments ? column.Text("Comment") : null,
        computed: column.Text("ComputedColumnSql") is { } sql
            ? new Computed(sql, column.FlagOrNull("IsStored") ?? (dialect.Name == "postgresql" ? true : null)) : null,
        identity: Identity(column),
        collation: Collation(column));

    // JSON of MySQL has none, though a model that names one for all its texts gives it to this text as well; the provider leaves it out.
    private string? Collation(EfOperation column) => dialect.Name switch
    {
        "postgresql" => column.Text("Collation") ?? column.Annotation("Npgsql:DefaultColumnCollation"),
        "mysql" or "mariadb" when "json".Equals(column.Text("ColumnType"), StringComparison.OrdinalIgnoreCase) => null,
        _ => column.Text("Collation"),
    };

    // EF Core gives a computed column of SQLite nothing but its expression.
    private bool IsBare(EfOperation column) => dialect.Name == "sqlite" && column.Text("ComputedColumnSql") is not null;

    // What the providers for MySQL make of a time that the database gives, once or with each change of the row.
    private string? Moment(EfOperation column) =>
        dialect.Name is not ("mysql" or "mariadb") || Moments().Match(column.Text("ColumnType") ?? "") is not { Success: true } type ? null
        : (Strategy(column) ?? (column.Flag("IsRowVersion") ? "ComputedColumn" : "")) switch
        {
            "IdentityColumn" => $"CURRENT_TIMESTAMP{type.Groups["digits"]}",
            "ComputedColumn" => $"CURRENT_TIMESTAMP{type.Groups["digits"]} ON UPDATE CURRENT_TIMESTAMP{type.Groups["digits"]}",
            _ => null,
        };

    [GeneratedRegex(@"^(datetime|timestamp)(?<digits>\(\d\))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Moments();

    private static string? Strategy(EfOperation column) =>
        column.Annotation("MySql:ValueGenerationStrategy") ?? column.Annotation("MySQL:ValueGenerationStrategy");

    private static bool IsAutoincrement(EfOperation column) =>
        column.Annotation("Sqlite:Autoincrement") == "true"
        || (Strategy(column) == "IdentityColumn" && !Moments().IsMatch(column.Text("ColumnType") ?? ""))
        || column.Annotation("Npgsql:ValueGenerationStrategy") == "SerialColumn";

    private static Identity? Identity(EfOperation column)
    {
        var isAlways = column.Annotation("Npgsql:ValueGenerationStrategy") == "IdentityAlwaysColumn";
        if (isAlways || column.Annotation("Npgsql:ValueGenerationStrategy") == "IdentityByDefaultColumn")
        {
            // Start, increment, least, greatest, cycle, cache; each in quotation marks, empty for what is not said.
            var options = (column.Annotation("Npgsql:IdentitySequenceOptions") ?? "").Split(',').Select(o => o.Trim().Trim('\'')).ToList();
            long? Number(int index) => index < options.Count
                && long.TryParse(options[index], CultureInfo.InvariantCulture, out var number) ? number : null;
            return new Identity(isAlways, Number(0), Number(1) is 1 ? null : Number(1), Number(2), Number(3),
                options.ElementAtOrDefault(4) == "True" ? true : null, Number(5) is 1 ? null : Number(5));
        }
        if (column.Annotation("SqlServer:Identity") is { } seed && seed.Split(',') is [var start, var increment])
            return new Identity(
                start: long.Parse(start, CultureInfo.InvariantCulture), increment: long.Parse(increment, CultureInfo.InvariantCulture));
        return column.Annotation("SqlServer:ValueGenerationStrategy") == "IdentityColumn" ? new Identity(start: 1, increment: 1) : null;
    }
}
