using System.Text.RegularExpressions;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>The three providers for MySQL and MariaDB.</summary>
internal sealed partial class MySqlProvider : EfProvider
{
    public override IReadOnlyList<string> Packages =>
        ["Pomelo.EntityFrameworkCore.MySql", "Microting.EntityFrameworkCore.MySql", "MySql.EntityFrameworkCore"];

    public override IReadOnlyList<string> Dialects => ["mysql", "mariadb"];

    public override bool IsAutoincrement(EfOperation column) => Strategy(column) == "IdentityColumn" && !IsMoment(column).Success;

    public override Identity? Identity(EfOperation column) => null;

    // JSON has no collation. A model that names one for all texts gives it to this column, too, and the provider omits it.
    public override string? Collation(EfOperation column) =>
        "json".Equals(column.Text("ColumnType"), StringComparison.OrdinalIgnoreCase) ? null : base.Collation(column);

    // A time that the database sets, once or with each change of the row.
    public override string? GeneratedDefault(EfOperation column) =>
        IsMoment(column) is not { Success: true } type ? null
        : (Strategy(column) ?? (column.Flag("IsRowVersion") ? "ComputedColumn" : "")) switch
        {
            "IdentityColumn" => $"CURRENT_TIMESTAMP{type.Groups["digits"]}",
            "ComputedColumn" => $"CURRENT_TIMESTAMP{type.Groups["digits"]} ON UPDATE CURRENT_TIMESTAMP{type.Groups["digits"]}",
            _ => null,
        };

    // The providers omit the condition.
    public override string? Filter(EfOperation index) => null;

    public override string? CharSet(EfOperation of) => of.Annotation("MySql:CharSet");

    // A table without a character set of its own gets the model's. The database may belong to others, or have tables that are not in the
    // model.
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
