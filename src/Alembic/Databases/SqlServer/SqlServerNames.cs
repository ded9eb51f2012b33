namespace Alembic.Databases.SqlServer;

/// <summary>Checks what a name may be.</summary>
internal static class SqlServerNames
{
    public static void Check(string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
            throw new AlembicException(
                $"'{name.Replace("\0", "\\0", StringComparison.Ordinal)}' is not a name: SQL Server's names are not empty and have no zero "
                    + "character");
        if (name.Length > 128)
            throw new AlembicException($"The name '{name}' is {name.Length} characters long; SQL Server allows 128")
            {
                Hint = "give it a shorter name"
            };
        // A name cannot avoid such a line.
        if (name.Contains('\n', StringComparison.Ordinal) && SqlServerDialect.EndOfBatch().IsMatch(name))
            throw new AlembicException("A name has a line of GO in it, which in a script would end the batch")
            {
                Hint = "give it another name"
            };
    }
}
