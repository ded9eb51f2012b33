using Alembic.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// As the tool does it: one graph, one question, an empty heap; so one call an iteration, which BenchmarkDotNet collects garbage between.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(10)
    .WithIterationCount(100);
var config = DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "alembic-benchmarks"));
var summary = BenchmarkRunner.Run<GraphBenchmarks>(config);

// Machines here are noisy; what counts is how the time grows with the graph. Linear: about 3 and 3.3.
Console.WriteLine();
Console.WriteLine($"{"",-14}{"1,000",12}{"3,000",12}{"10,000",12}{"3,000/1,000",14}{"10,000/3,000",14}");
foreach (var question in summary.Reports.GroupBy(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name))
{
    var times = question.OrderBy(r => r.BenchmarkCase.Parameters[nameof(GraphBenchmarks.Revisions)])
        .Select(r => r.ResultStatistics!.Median / 1e6).ToList();
    Console.WriteLine(
        $"{question.Key,-14}{times[0],9:F3} ms{times[1],9:F3} ms{times[2],9:F3} ms{times[1] / times[0],14:F1}{times[2] / times[1],14:F1}");
}
