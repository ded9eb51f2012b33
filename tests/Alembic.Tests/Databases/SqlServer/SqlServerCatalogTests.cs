using Alembic.Databases.SqlServer;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>
/// The inspector's queries, which no server has answered yet: they are T-SQL, ask for columns that are documented, and the answers of the
/// tests have the form of theirs.
/// </summary>
[TestClass]
public sealed class SqlServerCatalogTests
{
    // From Microsoft's reference of the system catalogue views, those of sys.objects among them where a view inherits them.
    private static readonly Dictionary<string, string> Documented = new()
    {
        ["tables"] =
            "object_id name schema_id is_ms_shipped temporal_type is_external is_memory_optimized is_filetable is_node is_edge",
        ["objects"] = "object_id name schema_id parent_object_id type is_ms_shipped create_date",
        ["sql_modules"] = "object_id definition uses_ansi_nulls uses_quoted_identifier is_schema_bound",
        ["sql_expression_dependencies"] = "referencing_id referencing_class referenced_class referenced_id",
        ["sequences"] =
            "object_id name schema_id is_ms_shipped system_type_id precision start_value increment minimum_value maximum_value "
                + "is_cycling is_cached cache_size",
        ["synonyms"] = "object_id name schema_id is_ms_shipped base_object_name",
        ["all_columns"] = "object_id name column_id",
        ["partitions"] = "object_id index_id partition_number data_compression",
        ["fulltext_indexes"] = "object_id",
        ["triggers"] = "object_id name parent_id is_disabled",
        ["table_types"] = "name schema_id is_user_defined is_table_type",
        ["xml_schema_collections"] = "xml_collection_id name schema_id",
        ["schemas"] = "schema_id name principal_id",
        ["columns"] =
            "object_id column_id name user_type_id system_type_id max_length precision scale collation_name is_nullable is_identity "
                + "is_computed default_object_id generated_always_type is_sparse is_masked encryption_type is_rowguidcol",
        ["types"] =
            "name user_type_id system_type_id schema_id is_user_defined is_assembly_type is_table_type is_nullable max_length precision scale",
        ["default_constraints"] = "object_id name parent_object_id parent_column_id definition is_system_named",
        ["computed_columns"] = "object_id column_id definition is_persisted uses_database_collation",
        ["identity_columns"] = "object_id column_id name seed_value increment_value last_value is_not_for_replication",
        ["extended_properties"] = "class class_desc major_id minor_id name value",
        ["indexes"] =
            "object_id index_id name type type_desc is_unique is_primary_key is_unique_constraint is_hypothetical is_disabled has_filter "
                + "filter_definition",
        ["index_columns"] =
            "object_id index_id index_column_id column_id key_ordinal partition_ordinal is_descending_key is_included_column",
        ["foreign_keys"] =
            "object_id name parent_object_id referenced_object_id delete_referential_action_desc update_referential_action_desc "
                + "is_disabled is_not_trusted is_system_named",
        ["foreign_key_columns"] =
            "constraint_object_id constraint_column_id parent_object_id parent_column_id referenced_object_id referenced_column_id",
        ["check_constraints"] = "object_id name parent_object_id parent_column_id definition is_system_named is_disabled is_not_trusted",
    };

    private static readonly Dictionary<string, (string Text, Func<Catalogue, IReadOnlyList<Dictionary<string, object?>>> Answers)> Queries =
        new()
    {
        ["columns"] = (SqlServerCatalog.Columns, c => c.Columns),
        ["indexes"] = (SqlServerCatalog.Indexes, c => c.Indexes),
        ["foreign keys"] = (SqlServerCatalog.ForeignKeys, c => c.ForeignKeys),
        ["checks"] = (SqlServerCatalog.Checks, c => c.Checks),
        ["modules"] = Other(SqlServerObjects.Modules),
        ["dependencies"] = Other(SqlServerObjects.Dependencies),
        ["types"] = Other(SqlServerObjects.Types),
        ["sequences"] = Other(SqlServerObjects.Sequences),
        ["synonyms"] = Other(SqlServerObjects.Synonyms),
        ["graphs"] = Other(SqlServerObjects.Graphs),
    };

    public static IEnumerable<object[]> Names => Queries.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> Features => Parts(SqlServerObjects.Features).Select(part => new object[] { part });

    public static bool IsKnown(string query) => Queries.Values.Any(q => q.Text == query) || query == SqlServerObjects.Features;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_query_reads_documented_columns_of_documented_views(string name)
    {
        Check(Queries[name].Text);
    }

    [TestMethod]
    [DynamicData(nameof(Features))]
    public void So_does_each_part_of_the_query_for_what_can_only_be_named(string part)
    {
        Check(part);
        CollectionAssert.AreEqual(new[] { "kind", "schema_name", "name", "table_name" }, References.Of(part).Selected);
    }

    [TestMethod]
    [DataRow("external table", "is_external")]
    [DataRow("memory-optimized table", "is_memory_optimized")]
    [DataRow("system versioning", "temporal_type")]
    [DataRow("partitions", "partition_number")]
    [DataRow("compression", "data_compression")]
    [DataRow("disabled index", "is_disabled")]
    [DataRow("disabled check", "is_disabled")]
    [DataRow("check that was not validated", "is_not_trusted")]
    [DataRow("disabled foreign key", "is_disabled")]
    [DataRow("disabled trigger", "is_disabled")]
    [DataRow("masked column", "is_masked")]
    [DataRow("table type", "is_user_defined")]
    public void What_can_only_be_named_is_found_by_a_column_of_its_own(string kind, string column)
    {
        var part = Parts(SqlServerObjects.Features).Single(part => part.Contains($"'{kind}'", StringComparison.Ordinal));
        Assert.Contains(column, References.Of(part).Columns.Select(c => c.Column));
    }

    private static void Check(string query)
    {
        var references = References.Of(query);
        Assert.IsNotEmpty(references.Columns);
        foreach (var (alias, column) in references.Columns)
        {
            Assert.IsTrue(references.Views.TryGetValue(alias, out var view), $"{alias}.{column}");
            Assert.Contains(column, Documented[view].Split(' '), $"sys.{view}.{column}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_answers_of_the_tests_have_the_columns_of_the_query(string name)
    {
        var answers = Queries[name].Answers(Shop.Full());
        Assert.IsNotEmpty(answers);
        foreach (var row in answers)
            CollectionAssert.AreEquivalent(References.Of(Queries[name].Text).Selected, row.Keys);
    }

    private static string[] Parts(string union) => union.Split("\nUNION ALL ");

    private static (string, Func<Catalogue, IReadOnlyList<Dictionary<string, object?>>>) Other(string query) =>
        (query, catalogue => catalogue.Others[query]);

    private sealed class References : TSqlFragmentVisitor
    {
        public Dictionary<string, string> Views { get; } = [];

        public List<(string Alias, string Column)> Columns { get; } = [];

        public List<string> Selected { get; } = [];

        public static References Of(string query)
        {
            var references = new References();
            TransactSql.Parse(query).Accept(references);
            return references;
        }

        public override void Visit(NamedTableReference node)
        {
            Assert.AreEqual("sys", node.SchemaObject.SchemaIdentifier.Value);
            Views.Add(node.Alias.Value, node.SchemaObject.BaseIdentifier.Value);
        }

        public override void Visit(ColumnReferenceExpression node)
        {
            Assert.HasCount(2, node.MultiPartIdentifier.Identifiers);
            Columns.Add((node.MultiPartIdentifier.Identifiers[0].Value, node.MultiPartIdentifier.Identifiers[1].Value));
        }

        public override void Visit(SelectScalarExpression node)
        {
            if (node.ColumnName is { } name)
                Selected.Add(name.Value);
        }
    }
}
