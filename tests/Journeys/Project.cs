using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Journeys;

/// <summary>A user's folder: commands are typed into the installed tool, files are edited, the database is looked at.</summary>
/// <param name="folder">Where it is; null for a new folder.</param>
/// <param name="tool">Runs the tool in the folder; null for the one that is installed.</param>
internal sealed class Project(string? folder = null, Func<IReadOnlyList<string>, string, Result>? tool = null)
{
    public string Folder { get; } = folder ?? InstalledTool.NewFolder();

    public string Database { get; set; } = "instance/itimeline.db";

    public Result Alembic(params string[] arguments) =>
        tool is null ? InstalledTool.Start(InstalledTool.Program, arguments, Folder) : tool(arguments, Folder);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, name))!);
        File.WriteAllText(Path.Combine(Folder, name), text);
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public void Edit(string name, string old, string @new)
    {
        var text = Read(name);
        Assert.Contains(old, text);
        File.WriteAllText(Path.Combine(Folder, name), text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>The revision file whose name ends so.</summary>
    public string Revision(string slug) =>
        Path.GetRelativePath(Folder, Directory.EnumerateFiles(Path.Combine(Folder, "alembic", "versions"), $"*_{slug}.cs").Single());

    /// <summary>The identifier in that file.</summary>
    public string Id(string slug) =>
        Read(Revision(slug)).Split('\n')
        .First(l => l.StartsWith("// Revision ID: ", StringComparison.Ordinal))["// Revision ID: ".Length..].Trim();

    /// <summary>Writes the body of an empty migration, as a user does by hand.</summary>
    public void Body(string slug, string upgrade, string downgrade = "")
    {
        const string Empty = "    {\n    }\n";
        var file = Revision(slug);
        var text = Read(file).ReplaceLineEndings("\n");
        var first = text.IndexOf(Empty, StringComparison.Ordinal);
        var second = text.IndexOf(Empty, first + 1, StringComparison.Ordinal);
        text = text[..second] + $"    {{\n        {downgrade}\n    }}\n" + text[(second + Empty.Length)..];
        Write(file, text[..first] + $"    {{\n        {upgrade}\n    }}\n" + text[(first + Empty.Length)..]);
    }

    public void Sql(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public string Rows(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join('|',
                Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return string.Join('\n', rows);
    }

    /// <summary>Steps 1 and 2 of the guide: init, the database's URL, the model.</summary>
    public static Project Begun(string model = GuideTests.Model)
    {
        var project = new Project();
        project.Alembic("init", "alembic").Ok().Prints("Please edit configuration/connection/logging settings in");
        Directory.CreateDirectory(Path.Combine(project.Folder, "instance"));
        project.Edit("alembic.ini",
            project.Read("alembic.ini").Split('\n').Single(l => l.StartsWith("sqlalchemy.url", StringComparison.Ordinal)),
            "sqlalchemy.url = sqlite:///instance/itimeline.db\nsources = Models.cs");
        project.Edit("alembic/env.cs", "TargetMetadata => null",
            "TargetMetadata => MetaData.FromTypes([typeof(Timeline)], Naming.SnakeCase)");
        project.Write("Models.cs", model);
        return project;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, Database)};Pooling=False");
        connection.Open();
        return connection;
    }
}
