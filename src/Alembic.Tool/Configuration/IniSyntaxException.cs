namespace Alembic.Tool.Configuration;

/// <summary>A line of the ini file is none of: section header, key with value, continuation, comment, empty.</summary>
internal sealed class IniSyntaxException(string file, int line, string problem) : ConfigurationException($"{file}, line {line}: {problem}")
{
    public string File => file;

    public int Line => line;
}
