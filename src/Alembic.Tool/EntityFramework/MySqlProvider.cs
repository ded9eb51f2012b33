using System.Text.RegularExpressions;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>MySQL and MariaDB: the three providers that there are for them.</summary>
internal sealed partial class MySqlProvider : EfProvider
{
    public override IReadOnlyList<string> Packages =>
        ["Pomelo.EntityFrameworkCore.MySql", "Microting.EntityFrameworkCore.MySql", "MySql.EntityFrameworkCore"];

    public override IReadOnlyList<string> Dialects => ["mysql", "mariadb"];

    public override bool IsAutoincrement(EfOperation column) => Strategy(column) == "IdentityColumn" && !IsMoment(column).Success;

    public override Identity? Identity(EfOperation column) => null;

    // JSON has none, though a model that names one for all its texts gives it to this text as well; the provider leaves it out.
    public override string? Collation(EfOperation column) =>
        "json".Equals(column.Text("ColumnType"), StringComparison.OrdinalIgnoreCase) ? null : base.Collation(column);

    // A time that the database gives, once or with each change of the row.
    public override string? GeneratedDefault(EfOperation column) =>
        IsMoment(column) is not { Success: true } type ? null
        : (Strategy(column) ?? (column.Flag("IsRowVersion") ? "ComputedColumn" : "")) switch
        {
            "IdentityColumn" => $"CURRENT_TIMESTAMP{type.Groups["digits"]}",
            "ComputedColumn" => $"CURRENT_TIMESTAMP{type.Groups["digits"]} ON UPDATE CURRENT_TIMESTAMP{type.Groups["digits"]}",
            _ => null,
        };

    // The providers leave the condition out.
    public override string? Filter(EfOperation index) => null;

    public override string? CharSet(EfOperation of) => of.Annotation("MySql:CharSet");

    // A table that says no character set of its own gets the model's: the database itself may be another's, or have tables that are no
    // part of the model.
    public override DialectOptions Options(EfOperation table, string? charSet) => new(
    [
        ("mysql_default_charset", CharSet(table) ?? charSet),
        ("mysql_collate", table.Annotation("Relational:Collation")),
    ]);

    protected override bool IsOwn(string annotation) => annotation.StartsWith("MySql:", StringComparison.OrdinalIgnoreCase);

    private static string? Strategy(EfOperation column) =>
        column.Annotation("MySql:ValueGenerationStrategy") ?? column.Annotation("MySQL:ValueGenerationStrategy");

    private static Match IsMoment(EfOperation column) => Moments().Match(column.Text("ColumnType") ?? "");

    [GeneratedRegex(@"^(datetime|timestamp)(?<digits>\(\d\))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Moments();
}
