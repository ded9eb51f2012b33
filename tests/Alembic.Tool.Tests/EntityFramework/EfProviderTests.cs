using System.Text.Json;
using Alembic.Databases;
using Alembic.Operations;
using Alembic.Tool.EntityFramework;

namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>What EF Core's providers say, each for its own database.</summary>
[TestClass]
public sealed class EfProviderTests
{
    // As in a migration that a project keeps for several databases.
    private const string Column = """
        {
            "kind": "AddColumnOperation", "Table": "t", "Name": "id", "ColumnType": "INTEGER", "IsNullable": false,
            "annotations": {
                "Sqlite:Autoincrement": "true", "SqlServer:Identity": "1, 1", "SqlServer:Clustered": "true",
                "Npgsql:ValueGenerationStrategy": "IdentityAlwaysColumn", "MySql:ValueGenerationStrategy": "IdentityColumn"
            }
        }
        """;

    [TestMethod]
    [DataRow("sqlite", true, null)]
    [DataRow("mysql", true, null)]
    [DataRow("mariadb", true, null)]
    [DataRow("postgresql", null, true)]
    public void Annotations_of_other_providers_are_passed_over(string name, bool? isNumbered, bool? isAlways)
    {
        var dialect = Dialects.Named(name);
        var translator = new EfTranslator(dialect, null);
        var column = ((AddColumn)translator.Translate([Operation(dialect)]).Single()).Column;
        Assert.AreEqual((isNumbered, isAlways), (column.Autoincrement, column.Identity?.Always));
        Assert.IsEmpty(translator.Missing);
    }

    [TestMethod]
    public void An_annotation_of_its_own_provider_that_is_not_known_is_refused()
    {
        var dialect = Dialects.Named("mssql");
        var translator = new EfTranslator(dialect, null);
        translator.Translate([Operation(dialect)]);
        Assert.AreEqual("AddColumn of 'id'", translator.Missing.Single());
    }

    [TestMethod]
    public void Every_dialect_has_a_provider() =>
        Assert.IsEmpty(Dialects.All.Where(dialect => !EfProvider.Of(dialect).Dialects.Contains(dialect.Name)));

    private static EfOperation Operation(Dialect dialect) => new(JsonElement.Parse(Column), dialect);
}
