using System.Text.Json;
using Alembic.Databases.MySql;
using Alembic.Databases.PostgreSql;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tool.EntityFramework;

namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>What the probe tells, made a model: where no server of the sample's kind shows it.</summary>
[TestClass]
public sealed class ModelReaderTests
{
    [TestMethod]
    [DataRow("timestamp(6)", """ "IsRowVersion": true """, "", "CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)")]
    [DataRow("datetime(3)", """ "IsNullable": false """, """ "MySql:ValueGenerationStrategy": "ComputedColumn" """,
        "CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)")]
    [DataRow("datetime", """ "IsNullable": false """, """ "MySQL:ValueGenerationStrategy": "IdentityColumn" """, "CURRENT_TIMESTAMP")]
    [DataRow("datetime", """ "IsNullable": false """, "", null)]
    public void MySQL_gives_a_time_where_the_provider_says_so(string type, string property, string annotation, string? expected)
    {
        var (model, _) = Read(new MySqlDialect(), Table("\"MySql:CharSet\": \"utf8mb4\", \"Relational:Collation\": \"utf8mb4_bin\"",
            $$"""{ "kind": "AddColumnOperation", "Name": "At", "ColumnType": "{{type}}", {{property}}, "annotations": { {{annotation}} } }"""));
        var column = model.Tables.Single().Columns.Single();
        Assert.AreEqual(expected is null ? null : (ServerDefault)Sql.Text(expected), column.ServerDefault);
        Assert.IsNull(column.Autoincrement);
        Assert.AreEqual("utf8mb4_bin", model.Tables.Single().Options["mysql_collate"]);
    }

    [TestMethod]
    [DataRow("", "utf8mb4")]
    [DataRow("\"MySql:CharSet\": \"latin1\"", "latin1")]
    public void The_character_set_of_the_database_is_that_of_tables_without_one(string annotation, string expected)
    {
        const string Database = """{ "kind": "AlterDatabaseOperation", "annotations": { "MySql:CharSet": "utf8mb4" } }""";
        var (model, unknown) = Read(new MySqlDialect(), Database, Table(annotation, Text("A")));
        Assert.AreEqual(expected, model.Tables.Single().Options["mysql_default_charset"]);
        Assert.IsEmpty(unknown);
    }

    [TestMethod]
    public void The_condition_of_an_index_is_named_where_the_provider_leaves_it_out()
    {
        var (model, unknown) = Read(new MySqlDialect(), Table("", Text("A")), Index("IX_A", "\"Filter\": \"A > 0\"", "", "A"));
        Assert.IsNull(model.Tables.Single().Indexes.Single().Where);
        Assert.AreEqual("the condition of the index 'IX_A' (A > 0)", unknown.Single());
    }

    [TestMethod]
    public void MySQL_indexes_the_beginning_of_a_column_and_collates_no_JSON()
    {
        var (model, unknown) = Read(
            new MySqlDialect(),
            Table("", Text("A", ", \"Collation\": \"utf8mb4_bin\""), Text("B"),
                """{ "kind": "AddColumnOperation", "Name": "J", "ColumnType": "json", "Collation": "utf8mb4_bin" }"""),
            Index("IX", "\"IsDescending\": [true, false]", "\"MySql:IndexPrefixLength\": [10, 0]", "A", "B"));
        var table = model.Tables.Single();
        Assert.AreEqual("utf8mb4_bin, , ", string.Join(", ", table.Columns.Select(c => c.Collation)));
        Assert.AreEqual("`A`(10) DESC, B", string.Join(", ", table.Indexes.Single().Columns.Select(c => c.Expression ?? c.Column)));
        Assert.IsEmpty(unknown);
    }

    [TestMethod]
    public void PostgreSQL_cuts_names_off_and_knows_methods_in_capitals()
    {
        var name = new string('a', 62) + "éé";
        var (model, unknown) = Read(new PostgreSqlDialect(), Table("", Text("A"), Text("B", ", \"IsNullable\": true")),
            Index(name, "\"IsUnique\": false",
                "\"Npgsql:IndexMethod\": \"GIN\", \"Npgsql:TsVectorConfig\": \"english\", \"Npgsql:CreatedConcurrently\": true",
                "A", "B"));
        var index = model.Tables.Single().Indexes.Single();
        Assert.AreEqual(new string('a', 62), index.Name);
        Assert.AreEqual("gin", index.Method);
        Assert.AreEqual("to_tsvector('english', \"A\" || ' ' || coalesce(\"B\", ''))", index.Columns.Single().Expression);
        Assert.IsEmpty(unknown);
    }

    private static (MetaData MetaData, IReadOnlyList<string> Unknown) Read(Dialect dialect, params string[] operations)
    {
        using var json = JsonDocument.Parse($$"""{ "defaultSchema": null, "operations": [{{string.Join(", ", operations)}}] }""");
        return ModelReader.Read(json.RootElement.Clone(), dialect);
    }

    private static string Table(string annotations, params string[] columns) => $$"""
        { "kind": "CreateTableOperation", "Name": "t", "Columns": [{{string.Join(", ", columns)}}], "annotations": { {{annotations}} } }
        """;

    private static string Text(string name, string more = "") =>
        $$"""{ "kind": "AddColumnOperation", "Name": "{{name}}", "ColumnType": "text"{{more}} }""";

    private static string Index(string name, string property, string annotations, params string[] columns) => $$"""
        {
          "kind": "CreateIndexOperation", "Name": "{{name}}", "Table": "t", "Columns": ["{{string.Join("\", \"", columns)}}"], {{property}},
          "annotations": { {{annotations}} }
        }
        """;
}
