using Alembic.Tool.Commands;

namespace Alembic.Tool.Tests.Documents;

/// <summary>The schemas in docs/reference/json are those of the records. With ALEMBIC_TEST_WRITE=1 the files are rewritten.</summary>
[TestClass]
public sealed class DocumentSchemaTests
{
    public static IEnumerable<object[]> Schemas => DocumentSchemas.All.Select(s => new object[] { s.Name });

    [TestMethod]
    [DynamicData(nameof(Schemas))]
    public void Each_file_says_what_the_records_say(string name)
    {
        var text = DocumentSchemas.All.Single(s => s.Name == name).Text;
        var file = Path.Combine(DocumentSchemas.Folder, name + ".json");
        if (Environment.GetEnvironmentVariable("ALEMBIC_TEST_WRITE") == "1")
            File.WriteAllText(file, text);
        Assert.AreEqual(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }

    [TestMethod]
    public void There_is_a_file_for_each_command_and_no_other()
    {
        CollectionAssert.AreEquivalent(
            RootCommand.Names.Concat(["help", "version"]).ToList(), DocumentSchemas.DataOf.Keys.ToList());
        CollectionAssert.AreEquivalent(
            DocumentSchemas.All.Select(s => s.Name).ToList(),
            Directory.EnumerateFiles(DocumentSchemas.Folder).Select(Path.GetFileNameWithoutExtension).ToList());
    }
}
