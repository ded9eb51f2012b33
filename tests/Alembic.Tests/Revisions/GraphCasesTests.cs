using System.Text.Json.Nodes;
using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class GraphCasesTests
{
    // These are answered within Alembic's graph, before the command line gives the error its own words.
    private static readonly string[] InnerCalls = ["get_revision", "get_revisions", "iterate_revisions", "ancestors", "descendants",
        "filter_for_lineage"];

    public static IEnumerable<object[]> Calls => GraphCase.ReadAll().GroupBy(c => c.Call).Select(g => new object[] { g.Key });

    [TestMethod]
    [DynamicData(nameof(Calls))]
    public void Every_recorded_question_gets_the_answer_that_Alembic_gave(string call)
    {
        var cases = GraphCase.ReadAll().Where(c => c.Call == call).ToList();
        var failures = cases.Select(Difference).OfType<string>().ToList();

        Assert.IsNotEmpty(cases);
        Assert.IsEmpty(failures, $"{failures.Count} of {cases.Count}:\n{string.Join("\n", failures.Take(20))}");
    }

    [TestMethod]
    public void The_recording_is_all_there() => Assert.AreEqual(2546, GraphCase.ReadAll().Count());

    private static string? Difference(GraphCase question)
    {
        try
        {
            var answer = GraphCaseAnswers.Answer(question);
            var result = question.Result;
            if (question.ErrorType is not null)
                return $"{question}: {answer?.ToJsonString()} instead of {question.ErrorType} {question.ErrorMessage}";
            if (question.IsUnordered) (answer, result) = (Sorted(answer), Sorted(result));
            return JsonNode.DeepEquals(answer, result)
                ? null
                : $"{question}:\n  {answer?.ToJsonString()}\n  instead of\n  {result?.ToJsonString()}";
        }
        catch (RevisionException e)
        {
            var said = InnerCalls.Contains(question.Call) ? e.Reason : e.Message;
            return question.IsInternalError || said == question.ErrorMessage
                ? null
                : $"{question}: {said} instead of {question.ErrorMessage}";
        }
    }

    private static JsonNode? Sorted(JsonNode? node) =>
        node is JsonArray array
        ? new JsonArray([.. array.Select(i => i?.DeepClone()).OrderBy(i => i?.ToJsonString(), StringComparer.Ordinal)])
        : node;
}
