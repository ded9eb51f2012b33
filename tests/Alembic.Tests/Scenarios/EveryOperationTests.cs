using System.Reflection;
using System.Reflection.Emit;

namespace Alembic.Tests.Scenarios;

/// <summary>What a migration can call is called by a scenario, so that each database has answered it.</summary>
[TestClass]
public sealed class EveryOperationTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    [TestMethod]
    [DataRow(typeof(Op))]
    [DataRow(typeof(BatchOp))]
    public void A_scenario_calls_each_of_them(Type type)
    {
        var called = typeof(OperationScenarios).GetNestedTypes(Own).Append(typeof(OperationScenarios)).SelectMany(t => t.GetMethods(Own))
            .SelectMany(Calls).ToHashSet();
        Assert.IsNotEmpty(called);
        // What is set is set by the run, not by a migration.
        var missing = type.GetMethods(Own)
            .Where(m => m.IsPublic && !m.Name.StartsWith("set_", StringComparison.Ordinal) && !called.Contains(m))
            .Select(m => m.ToString()).ToList();
        Assert.IsEmpty(missing, string.Join('\n', missing));
    }

    // Wherever a byte stands that calls, the four after it are looked up; those that were no call after all name nothing.
    private static IEnumerable<MethodBase> Calls(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if ((code[i] == OpCodes.Call.Value || code[i] == OpCodes.Callvirt.Value)
                && Named(method.Module, BitConverter.ToInt32(code, i + 1)) is { } called)
                yield return called is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : called;
        }
    }

    private static MethodBase? Named(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
