using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Compiler.Tests;

/// <summary>A class can be read at one go. Several partial files are still one class.</summary>
[TestClass]
public sealed class ClassSizeTests
{
    private const int Most = 300;

    // Op has the directives of all operations. A dialect has all the SQL of one database that is not standard.
    private static readonly HashSet<string> Excepted =
    [
        "Alembic.Op", "Alembic.Operations.Dialect", "Alembic.Databases.Sqlite.SqliteDialect",
        "Alembic.Databases.PostgreSql.PostgreSqlDialect",
        "Alembic.Databases.MySql.MySqlDialect", "Alembic.Databases.SqlServer.SqlServerDialect",
    ];

    [TestMethod]
    public void No_class_has_more_than_300_lines_over_all_its_partial_files()
    {
        var source = Path.Combine(Repository.Root, "src");
        var types = Directory.EnumerateDirectories(source).SelectMany(Sizes).ToList();
        Assert.IsGreaterThan(500, types.Count);
        Assert.IsEmpty(types.Where(t => t.Lines > Most && !Excepted.Contains(t.Name)).Select(t => $"{t.Name} has {t.Lines} lines"));
        Assert.IsEmpty(Excepted.Except(types.Select(t => t.Name)), "are no classes");
    }

    [TestMethod]
    public void The_parts_of_a_class_count_together_and_its_comments_do_not()
    {
        var sizes = Sizes([
            "namespace N;\n/// <summary>Not counted.</summary>\npartial class A\n{\n    class B\n    {\n    }\n}",
            "namespace N\n{\n    partial class A\n    {\n    }\n    record A<T>;\n}",
        ]);
        Assert.AreEqual("N.A 9, N.A.B 3, N.A<1> 1",
            string.Join(", ", sizes.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => $"{s.Name} {s.Lines}")));
    }

    private static IEnumerable<(string Name, int Lines)> Sizes(string project) => Sizes(
        Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"))
            .Select(File.ReadAllText));

    private static IEnumerable<(string Name, int Lines)> Sizes(IEnumerable<string> sources) =>
        from source in sources
        from type in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let lines = type.GetLocation().GetLineSpan()
        group lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1 by Name(type) into parts
        select (parts.Key, parts.Sum());

    private static string Name(BaseTypeDeclarationSyntax type)
    {
        var own = type.Identifier.Text
            + (type is TypeDeclarationSyntax { TypeParameterList.Parameters.Count: var count and > 0 } ? $"<{count}>" : "");
        return string.Join('.', type.Ancestors().Select(a => a switch
        {
            BaseTypeDeclarationSyntax outer => outer.Identifier.Text,
            BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
            _ => null,
        }).OfType<string>().Reverse().Append(own));
    }
}
