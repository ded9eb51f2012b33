namespace Alembic.Schema.Annotations;

/// <summary>Collects what is wrong with annotated classes, so that one run reports all of it.</summary>
internal sealed class ModelProblems
{
    private readonly List<AlembicException> _found = [];

    public void Add(AlembicException problem) => _found.Add(problem);

    /// <summary>Reads a part; null if it has a problem.</summary>
    public T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (AlembicException problem)
        {
            Add(problem);
            return null;
        }
    }

    /// <summary>Throws if there are problems.</summary>
    /// <param name="context">The DbContext that these classes may belong to, or null.</param>
    public void Throw(Type? context)
    {
        var other = context is null ? null
            : $"'model = ef:path/to/Project.csproj' in the ini file takes the model of {context.Name} as EF Core has it: "
                + "leave TargetMetadata out of env.cs";
        if (_found is [var only])
            throw other is null ? only : new AlembicException(only.Message, only) { Hint = $"{only.Hint}; or {other}" };
        if (_found.Count == 0)
            return;
        var lines = _found.Select(problem => $"\n  {problem.Message}\n    {problem.Hint}");
        throw new AlembicException($"The model has {_found.Count} problems:{string.Concat(lines)}") { Hint = other };
    }
}
