using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Tool.Tests.Layers;

/// <summary>
/// What only one database knows stands in its folder and its driver: above them no name and no text mentions a database. A new one adds
/// a folder, and is asked by the members of Dialect and ComparisonRules. Comments and XML docs may name databases as examples.
/// </summary>
[TestClass]
public sealed partial class DatabaseNamesTests
{
    private static readonly string[] Drivers = ["Alembic.Sqlite/", "Alembic.PostgreSql/", "Alembic.MySql/", "Alembic.SqlServer/"];

    // What may name a database, and why: a file or a folder, and the words.
    private static readonly (string Place, string Words, string Reason)[] Allowed =
    [
        ("Alembic/", "([pP]ostgresqlUsing|[sS]qliteUsing|MssqlBatchSeparator)", "Alembic's own names, which users write"),
        ("Alembic/Migrations/Verbs/AlembicOptions.cs", ".*UseSqlite.*", "a sample for who named no database"),
        ("Alembic.Tool/EntityFramework/SqliteProvider.cs", ".*", "the place for what EF Core does on this database"),
        ("Alembic.Tool/EntityFramework/NpgsqlProvider.cs", ".*", "the place for what EF Core does on this database"),
        ("Alembic.Tool/EntityFramework/MySqlProvider.cs", ".*", "the place for what EF Core does on this database"),
        ("Alembic.Tool/EntityFramework/SqlServerProvider.cs", ".*", "the place for what EF Core does on this database"),
        ("Alembic.Tool/EntityFramework/EfProvider.cs", "(Sqlite|Npgsql|SqlServer|MySql)Provider", "the list of the providers"),
        ("Alembic.Tool/EntityFramework/", "(Npgsql|SqlServer|MySql|Sqlite):\\w*:?", "EF Core's annotations have their providers' names"),
        ("Alembic.Tool/Scripts/Scaffold.cs", "sqlite:///.*", "the database of a new project that names none"),
        ("Alembic.Tool/Commands/RestoreCommand.cs", "Sqlite(Backup)?", "a command for databases that are files"),
        ("Alembic.Tool/Projects/DatabaseOpener.cs", "--from-database is for SQLite.*", "the answer to who gives it for another one"),
        ("Alembic.Tool/Projects/Preparation.cs", "Sqlite|SqliteInspector|SqliteDialect", "compiles comparisons: any dialect does"),
        ("Alembic.ModelProbe/ProviderOptions.cs", ".*", "the list of EF Core's providers, and how each is chosen"),
        ("Alembic.ModelProbe/OperationWriter.cs", "Microsoft.EntityFrameworkCore.Sqlite", "what this provider leaves out of its SQL"),
    ];

    [TestMethod]
    public void No_database_is_named_above_its_folder()
    {
        var found = Sources.All.Trees.Where(IsAbove).SelectMany(Mentions).ToList();
        Assert.IsEmpty(found.Where(f => !Allowed.Any(f.Fits)), string.Join("\n", found.Where(f => !Allowed.Any(f.Fits))));
        Assert.IsEmpty(Allowed.Where(row => !found.Any(f => f.Fits(row))), "name nothing: take them out of the list");
    }

    [TestMethod]
    [DataRow("class A { string a = \"sqlite\"; }", "\"sqlite\"")]
    [DataRow("class A { string a = \"mysql_engine\"; }", "\"mysql_engine\"")]
    [DataRow("class A { string a = $\"for PostgreSQL {1}\"; }", "for PostgreSQL ")]
    [DataRow("class A { bool IsMariaDb; }", "IsMariaDb")]
    [DataRow("class A { int SqlServerOnly() => 1; }", "SqlServerOnly")]
    [DataRow("/// <summary>Such as PostgreSQL.</summary>\nclass A { /* SQLite */ }", null)]
    [DataRow("[Option(Description = \"Copy a SQLite database.\")] class A;", null)]
    public void A_mention_is_found_in_names_and_texts(string code, string? mention) =>
        Assert.AreEqual(mention, Mentions(CSharpSyntaxTree.ParseText(code, path: "a.cs")).FirstOrDefault()?.Text);

    private static bool IsAbove(SyntaxTree tree) => tree.FilePath switch
    {
        var path when path.StartsWith("Alembic/Databases/", StringComparison.Ordinal) => false,
        // Here a driver is chosen, and its URLs are read.
        var path when path.StartsWith("Alembic.Tool/Connections/", StringComparison.Ordinal) => false,
        var path => !Drivers.Any(driver => path.StartsWith(driver, StringComparison.Ordinal)),
    };

    // The help of an option says what it is for, and examples show databases: both are attributes.
    private static IEnumerable<Mention> Mentions(SyntaxTree tree) => tree.GetRoot().DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.StringLiteralToken)
            || token.IsKind(SyntaxKind.InterpolatedStringTextToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
            || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) || token.IsKind(SyntaxKind.Utf8StringLiteralToken))
        .Where(token => Names().IsMatch(token.Text) && token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is null)
        .Select(token => new Mention(
            tree.FilePath, token.GetLocation().GetLineSpan().StartLinePosition.Line + 1, token.Text));

    [GeneratedRegex("sqlite|postgres|npgsql|mysql|mariadb|mssql|sql ?server", RegexOptions.IgnoreCase)]
    private static partial Regex Names();

    private sealed record Mention(string File, int Line, string Text)
    {
        public bool Fits((string Place, string Words, string Reason) row) => File.StartsWith(row.Place, StringComparison.Ordinal)
            && Regex.IsMatch(Text.Trim('"'), $"^({row.Words})$");

        public override string ToString() => $"{File}:{Line}: {Text}";
    }
}
