using Alembic.Databases;
using Alembic.Lint;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Lint;

/// <summary>What a migration does, and the codes that are told of it.</summary>
internal static class LintCases
{
    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);

    /// <summary>For each name a dialect, an upgrade, and the codes that are expected, without those about the way back.</summary>
    public static readonly IReadOnlyDictionary<string, (string Dialect, Action<Op> Upgrade, string Codes)> All =
        new Dictionary<string, (string, Action<Op>, string)>
        {
            ["drop table"] = ("sqlite", op => op.DropTable("a"), "ALB5101"),
            ["drop table that it creates"] = ("sqlite", op => { op.CreateTable("a", [Id]); op.DropTable("a"); }, ""),
            ["drop column"] = ("sqlite", op => op.DropColumn("a", "x"), "ALB5102"),
            ["drop column in a batch"] = ("sqlite", op => op.BatchAlterTable("a", batch => batch.DropColumn("x")), "ALB5102"),
            ["shorter text"] = ("sqlite",
                op => op.AlterColumn("a", "x", type: SqlType.String(9), existingType: SqlType.String(10)), "ALB5103"),
            ["text with a length"] = ("sqlite",
                op => op.AlterColumn("a", "x", type: SqlType.String(9), existingType: SqlType.Text), "ALB5103"),
            ["longer text"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.String(11), existingType: SqlType.String(10)), ""),
            ["smaller number"] = ("sqlite",
                op => op.AlterColumn("a", "x", type: SqlType.Integer, existingType: SqlType.BigInteger), "ALB5103"),
            ["fewer digits"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.Numeric(9, 2), existingType: SqlType.Numeric(9, 1)),
                "ALB5103"),
            ["more digits"] = ("sqlite",
                op => op.AlterColumn("a", "x", type: SqlType.Numeric(10, 2), existingType: SqlType.Numeric(9, 1)), ""),
            ["text to number"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.Integer, existingType: SqlType.Text), "ALB5104"),
            ["time to date"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.Date, existingType: SqlType.DateTime), "ALB5104"),
            ["number to text"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.Text, existingType: SqlType.Integer), ""),
            ["not null"] = ("sqlite", op => op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text), "ALB5105"),
            ["not null that it was"] = ("sqlite", op => op.AlterColumn("a", "x", nullable: false, existingNullable: false), ""),
            ["not null after a fill"] = ("sqlite", op =>
            {
                op.Execute("UPDATE a SET x = 0 WHERE x IS NULL");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
            }, ""),
            ["not null after another column is filled"] = ("sqlite", op =>
            {
                op.Execute("UPDATE a SET xx = 0");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
            }, "ALB5105"),
            ["not null column"] = ("sqlite", op => op.AddColumn("a", new Column("x", SqlType.Text, nullable: false)), "ALB5106"),
            ["not null column with a default"] = ("sqlite",
                op => op.AddColumn("a", new Column("x", SqlType.Text, nullable: false, serverDefault: "")), ""),
            ["unique"] = ("sqlite", op => op.CreateUniqueConstraint("uq", "a", ["x"]), "ALB5107"),
            ["unique index"] = ("sqlite", op => op.CreateIndex("ix", "a", ["x"], unique: true), "ALB5107"),
            ["delete all"] = ("sqlite", op => op.Execute("DELETE FROM a;"), "ALB5108"),
            ["truncate"] = ("postgresql", op => op.Execute("TRUNCATE TABLE a RESTART IDENTITY"), "ALB5108"),
            ["delete some"] = ("sqlite", op => op.Execute("DELETE FROM a WHERE x = 1"), ""),
            ["drop schema"] = ("postgresql", op => op.DropSchema("s"), "ALB5109"),
            ["enum without a value"] = ("postgresql", op => op.AlterEnumType("e", ["a"], existingValues: ["a", "b"]), "ALB5110"),
            ["enum with another value"] = ("postgresql", op => op.AlterEnumType("e", ["a", "b"], existingValues: ["a"]), ""),
            ["rename table"] = ("sqlite", op => op.RenameTable("a", "b"), "ALB5301"),
            ["rename column"] = ("sqlite", op => op.AlterColumn("a", "x", newColumnName: "y"), "ALB5302"),
            ["asks the database"] = ("sqlite", op => op.Query("SELECT 1"), "ALB5002"),
            ["asks the database where there is one"] = ("sqlite", op => { if (!op.IsOffline) op.Query("SELECT 1"); }, ""),
            ["index"] = ("postgresql", op => op.CreateIndex("ix", "a", ["x"]), "ALB5201"),
            ["index on a new table"] = ("postgresql", op => { op.CreateTable("a", [Id]); op.CreateIndex("ix", "a", ["id"]); }, ""),
            ["index elsewhere"] = ("mysql", op => op.CreateIndex("ix", "a", ["x"]), ""),
            ["index concurrently"] = ("postgresql",
                op => op.AutocommitBlock(() => op.CreateIndex("ix", "a", ["x"], concurrently: true)), ""),
            ["drop index"] = ("postgresql", op => op.DropIndex("ix", "a"), "ALB5202"),
            ["index concurrently in a transaction"] = ("postgresql", op => op.CreateIndex("ix", "a", ["x"], concurrently: true), "ALB5203"),
            ["foreign key"] = ("postgresql", op => op.CreateForeignKey("fk", "a", "b", ["x"], ["id"]), "ALB5204"),
            ["foreign key not valid"] = ("postgresql", op => op.CreateForeignKey("fk", "a", "b", ["x"], ["id"], notValid: true), ""),
            ["check"] = ("postgresql", op => op.CreateCheckConstraint("ck", "a", "x > 0"), "ALB5205"),
            ["check not valid"] = ("postgresql", op => op.CreateCheckConstraint("ck", "a", "x > 0", notValid: true), ""),
            ["validated"] = ("postgresql", op => op.ValidateConstraint("ck", "a"), ""),
            ["not null under a lock"] = ("postgresql", op =>
            {
                op.Execute("UPDATE a SET x = 0 WHERE x IS NULL");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
            }, "ALB5206"),
            ["not null that a check proves"] = ("postgresql", op =>
            {
                op.ValidateConstraint("ck", "a");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
                op.DropConstraint("ck", "a", ConstraintType.Check);
            }, ""),
            ["wider number"] = ("postgresql",
                op => op.AlterColumn("a", "x", type: SqlType.BigInteger, existingType: SqlType.Integer), "ALB5207"),
            ["longer text in place"] = ("postgresql",
                op => op.AlterColumn("a", "x", type: SqlType.Text, existingType: SqlType.String(10)), ""),
            ["random default"] = ("postgresql",
                op => op.AddColumn("a", new Column("x", SqlType.Uuid, serverDefault: Sql.Text("gen_random_uuid()"))), "ALB5208"),
            ["one default for all"] = ("postgresql",
                op => op.AddColumn("a", new Column("x", SqlType.DateTime, serverDefault: Sql.Text("now()"))), ""),
            ["unique under a lock"] = ("postgresql", op => op.CreateUniqueConstraint("uq", "a", ["x"]), "ALB5107 ALB5209"),
            ["identity"] = ("postgresql", op => op.AddColumn("a", new Column("x", SqlType.Integer, identity: new Identity())), "ALB5210"),
            ["validated at once"] = ("postgresql", op =>
            {
                op.CreateCheckConstraint("ck", "a", "x > 0", notValid: true);
                op.ValidateConstraint("ck", "a");
            }, "ALB5211"),
            ["new value used"] = ("postgresql", op =>
            {
                op.AlterEnumType("e", ["a", "b"], existingValues: ["a"]);
                op.Execute("UPDATE t SET x = 'b' WHERE x = 'a'");
            }, "ALB5212"),
            ["rows beside the schema"] = ("postgresql", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Integer));
                op.Execute("UPDATE a SET x = 1");
            }, "ALB5213"),
            ["rows of another table"] = ("postgresql", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Integer));
                op.Execute("UPDATE b SET x = 1");
            }, ""),
        };

    /// <summary>What the rules of a dialect say of an upgrade, with a way back that does something.</summary>
    public static IReadOnlyList<LintProblem> Problems(string dialect, Action<Op> upgrade, string? code = null)
    {
        var migration = LintedMigration.Of(Dialects.Named(dialect), upgrade, op => op.Execute("way back"));
        return [.. LintRules.For(migration.Dialect).Where(r => code is null || r.Code == code).SelectMany(r => r.Check(migration))];
    }

    /// <summary>The codes of what the rules say.</summary>
    public static string Codes(string dialect, Action<Op> upgrade) => string.Join(' ', LintRules.For(Dialects.Named(dialect))
        .Where(r => Problems(dialect, upgrade, r.Code).Count > 0).Select(r => r.Code).Distinct().Order(StringComparer.Ordinal));
}
