using System.Reflection;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Databases;

/// <summary>The types of MySQL and SQL Server in migrations: the C# names the member that makes the type again.</summary>
[TestClass]
public sealed class OwnTypesTests
{
    [TestMethod]
    [DataRow(typeof(MySqlType))]
    [DataRow(typeof(SqlServerType))]
    public void Every_member_is_named_by_its_type(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        Assert.IsNotEmpty(properties);
        foreach (var property in properties)
            Assert.AreEqual($"{type.Name}.{property.Name}", new CodeWriter().Value(property.GetValue(null)));
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && m.ReturnType == type))
        {
            object?[] arguments = [.. method.GetParameters()
                .Select((p, i) => p.ParameterType == typeof(IReadOnlyList<string>) ? (object)new[] { "a", "it's" } : i + 3)];
            var made = method.Invoke(null, arguments);
            var text = new CodeWriter().Value(made);
            Assert.AreEqual($"{type.Name}.{method.Name}({string.Join(", ", arguments.Select(a => new CodeWriter().Value(a)))})", text);
            Assert.AreEqual(made, method.Invoke(null, arguments));
        }
    }

    [TestMethod]
    public void Types_without_a_limit_say_so()
    {
        Assert.AreEqual("SqlServerType.NVarChar(null)", new CodeWriter().Value(SqlServerType.NVarChar()));
        Assert.AreEqual("MySqlType.Timestamp(0)", new CodeWriter().Value(MySqlType.Timestamp()));
        Assert.AreNotEqual<SqlType>(SqlServerType.NVarChar(), SqlServerType.NVarChar(4000));
    }
}
