using System.Reflection;

namespace Alembic.Tool.Compilation;

/// <summary>User code was built against a newer version of an assembly that comes with the tool. The process cannot load both.</summary>
internal sealed class NewerAssemblyNeededException : AlembicException
{
    public NewerAssemblyNeededException(string neededBy, string assembly, Version needed, Version available)
        : base($"{neededBy} needs {assembly} {needed}, but dotnet-alembic has {available}")
    {
        Assembly = assembly;
        Needed = needed;
        Available = available;
        Hint =
            "dotnet tool update dotnet-alembic; an EF Core model is read with the application's own version by 'model = ef:…' in "
                + "alembic.ini";
    }

    public string Assembly { get; }

    public Version Needed { get; }

    public Version Available { get; }

    /// <summary>Finds the exception inside of the ones that the runtime wraps around it.</summary>
    public static NewerAssemblyNeededException? In(Exception? exception)
    {
        for (; exception is not null; exception = (exception as ReflectionTypeLoadException)?.LoaderExceptions.FirstOrDefault()
            ?? exception.InnerException)
        {
            if (exception is NewerAssemblyNeededException found)
                return found;
        }

        return null;
    }
}
