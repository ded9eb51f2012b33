using Alembic.Tool.Bundles;
using Alembic.Tool.Compilation;
using Alembic.Tool.Documents;
using Alembic.Tool.Tests.Documents;
using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Tests;

/// <summary>A project in a folder of its own, with the tool run in process on it.</summary>
internal sealed class Project : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("alembic-home-").FullName;
    private int _ids;

    public Project(bool initialised = true, string fileTemplate = "")
    {
        if (!initialised)
            return;
        Run("init", "alembic").Ok();
        var ini = File.ReadAllLines(Path("alembic.ini"))
            .Select(line => line.StartsWith("file_template", StringComparison.Ordinal) ? fileTemplate
                : line.StartsWith("sqlalchemy.url", StringComparison.Ordinal) ? "sqlalchemy.url = sqlite:///%(here)s/test.db" : line);
        File.WriteAllLines(Path("alembic.ini"), ini);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("alembic-test-").FullName;

    /// <summary>Where commands are typed; null for the folder itself.</summary>
    public string? WorkingDirectory { get; set; }

    public string Cache => System.IO.Path.Combine(_home, "cache");

    /// <summary>What the cache is sealed with.</summary>
    public SealingKey Key => new(System.IO.Path.Combine(Config, "dotnet-alembic"));

    private string Config => System.IO.Path.Combine(_home, "config");

    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>How the terminal's lines end.</summary>
    public string NewLine { get; init; } = "\n";

    /// <summary>The bundle that is run in place of the tool; null for the tool.</summary>
    public Bundle? Bundle { get; set; }

    /// <summary>Answers the questions that a terminal would; null for no terminal.</summary>
    public Func<string, string?>? Ask { get; set; }

    /// <summary>The clock of commands.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Draws the last line of a terminal; null for no terminal.</summary>
    public Action<string>? Draw { get; set; }

    /// <summary>Gets what Ctrl-C would do, when a command begins to listen to it.</summary>
    public Func<Action, IDisposable?> OnInterrupt { get; set; } = _ => null;

    /// <summary>Answers the questions of a terminal in this order.</summary>
    /// <returns>The questions, as they come.</returns>
    public List<string> Answer(params string?[] answers)
    {
        List<string> questions = [];
        var left = new Queue<string?>(answers);
        Ask = question =>
        {
            questions.Add(question);
            return left.Dequeue();
        };
        return questions;
    }

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>An ini file with these keys, by which every line that may be logged is.</summary>
    public void LogEverything(string keys) => Write("alembic.ini", $"""
            [alembic]
            script_location = %(here)s/alembic
            {keys}
            [loggers]
            keys = root
            [handlers]
            keys = console
            [formatters]
            keys = generic
            [logger_root]
            level = DEBUG
            handlers = console
            [handler_console]
            class = StreamHandler
            args = (sys.stderr,)
            formatter = generic
            [formatter_generic]
            format = %(levelname)s [%(name)s] %(message)s
            """);

    public void Write(string name, string text) => File.WriteAllText(Path(name), text);

    /// <summary>Writes a revision file the way a user would leave it after editing.</summary>
    public string Revision(string id, string message, string? down = null, string upgrade = "", string downgrade = "")
    {
        var name = Path($"alembic/versions/{id}_{string.Concat(message.Where(char.IsLetterOrDigit))}.cs");
        File.WriteAllText(
            name,
            $$"""
            // {{message}}
            //
            // Revision ID: {{id}}
            // Revises: {{down}}
            // Create Date: 2026-11-22 10:00:00.000000

            using Alembic;
            using Alembic.Schema;

            [Revision("{{id}}")]
            {{(down is null ? "" : $"[Revises({string.Join(", ", down.Split(',').Select(d => $"\"{d.Trim()}\""))})]")}}
            file sealed class Step : Migration
            {
                public override void Upgrade(Op op)
                {
                    {{upgrade}}
                }

                public override void Downgrade(Op op)
                {
                    {{downgrade}}
                }
            }
            """);
        return name;
    }

    public Result Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = NewLine }, new StringWriter { NewLine = "\n" });
        var code = CommandLine.Run(arguments, new Terminal
        {
            Out = output,
            Error = error,
            Ask = Ask,
            Draw = Draw,
            Clock = Clock,
            OnInterrupt = OnInterrupt,
            WorkingDirectory = WorkingDirectory ?? Folder,
            Environment = name => Environment.TryGetValue(name, out var value) ? value : name switch
            {
                "ALEMBIC_CACHE_DIR" => Cache,
                "XDG_CONFIG_HOME" => Config,
                _ => null,
            },
            NewGuid = () => new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(++_ids >> 8), (byte)_ids),
        }, Bundle);
        return Checked(arguments, Ended(code, output.ToString(), error.ToString()));
    }

    /// <summary>Runs the tool as a user has it.</summary>
    public Result RunInstalled(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = WorkingDirectory ?? Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ALEMBIC_CACHE_DIR"] = Cache, ["XDG_CONFIG_HOME"] = Config },
        })!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Checked(arguments, Ended(process.ExitCode, output, error.Result));
    }

    private static Result Checked(string[] arguments, Result result)
    {
        if (Results.AreJson(arguments) && result.Out.Length > 0)
            DocumentSchemas.Check(result.Out, result.Code);
        return result;
    }

    public IReadOnlyList<string> Rows(string sql)
    {
        using var connection = Open();
        return connection.Rows(sql);
    }

    public void Sql(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(_home, recursive: true);
    }

    private Result Ended(int code, string output, string error) =>
        new(code, output.Replace(Folder, "<DIR>", StringComparison.Ordinal), error.Replace(Folder, "<DIR>", StringComparison.Ordinal));

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path("test.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}

internal static class SqliteRows
{
    /// <summary>The rows of a query, one line each.</summary>
    public static IReadOnlyList<string> Rows(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join('|',
                Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.IsDBNull(i)
                        ? "NULL"
                        : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return rows;
    }
}

/// <summary>How a command ended.</summary>
internal sealed record Result(int Code, string Out, string Error)
{
    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The steps of the log: what follows "Running".</summary>
    public IReadOnlyList<string> Steps =>
        [.. Error.Split('\n').Where(l => l.Contains("Running ", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf("Running ", StringComparison.Ordinal) + 8)..])];

    public Result Ok()
    {
        Assert.AreEqual(0, Code, $"{Out}{Error}");
        return this;
    }

    public Result Fails(int code, string message, string? hint = null)
    {
        Assert.AreEqual(code, Code, $"{Out}{Error}");
        Assert.AreEqual("", Out);
        Assert.Contains($"FAILED: {message}", Error);
        Assert.DoesNotContain("   at ", Error);
        if (hint is not null)
            Assert.Contains($"hint: {hint}", Error);
        return this;
    }
}
