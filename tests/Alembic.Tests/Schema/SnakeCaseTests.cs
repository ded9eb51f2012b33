using Alembic.Schema.Annotations;

namespace Alembic.Tests.Schema;

[TestClass]
public sealed class SnakeCaseTests
{
    [TestMethod]
    [DataRow("RequiresApproval", "requires_approval")]
    [DataRow("Id", "id")]
    [DataRow("UserID", "user_id")]
    [DataRow("HTTPServer", "http_server")]
    [DataRow("Address2Line", "address2_line")]
    [DataRow("Already_Split", "already_split")]
    [DataRow("already_snake", "already_snake")]
    [DataRow("ÜberName", "über_name")]
    [DataRow("A", "a")]
    public void A_name_in_pascal_case_is_split_at_its_words(string name, string expected) => Assert.AreEqual(expected, SnakeCase.Of(name));
}
