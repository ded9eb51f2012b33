namespace Alembic.Tool.Compilation;

/// <summary>User code was built against a newer version of something that the tool brings itself: it cannot have two.</summary>
internal sealed class NewerAssemblyNeededException(string neededBy, string assembly, Version? needed, Version? available)
    : AlembicException($"{neededBy} needs {assembly} {needed}, but dotnet-alembic has {available}")
{
    public string Assembly => assembly;

    public Version? Needed => needed;

    public Version? Available => available;
}
