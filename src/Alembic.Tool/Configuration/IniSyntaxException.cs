namespace Alembic.Tool.Configuration;

/// <summary>A line of the ini file is not a section header, a key with a value, a continuation, a comment or an empty line.</summary>
internal sealed class IniSyntaxException(string file, int line, string problem) : ConfigurationException($"{file}, line {line}: {problem}")
{
    public string File => file;

    public int Line => line;
}
