using Alembic.Tool.Configuration;
using Alembic.Tool.Output;
using Alembic.Tool.Tests.Scripts;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Tests.Configuration;

[TestClass]
public sealed class LoggingTests
{
    private const string Ini = """
        [loggers]
        keys = root,sqlalchemy, alembic

        [handlers]
        keys = console

        [formatters]
        keys = generic

        [logger_root]
        level = WARNING
        handlers = console
        qualname =

        [logger_sqlalchemy]
        level = WARNING
        handlers =
        qualname = sqlalchemy.engine

        [logger_alembic]
        level = INFO
        handlers =
        qualname = alembic

        [handler_console]
        class = StreamHandler
        args = (sys.stderr,)
        level = NOTSET
        formatter = generic

        [formatter_generic]
        format = %(levelname)-5.5s [%(name)s] %(message)s
        datefmt = %H:%M:%S
        """;

    private static (string Output, string Error) Log(string ini, string name, params LogLevel[] levels) =>
        Log(ini, name, Path.GetTempPath(), new Clock(), levels);

    private static (string Output, string Error) Log(string ini, string name, string folder, Clock clock, params LogLevel[] levels) =>
        Log(ini, name, folder, clock, isVerbose: false, levels);

    private static (string Output, string Error) Log(
        string ini, string name, string folder, Clock clock, bool isVerbose, params LogLevel[] levels)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var configuration = LogConfiguration.Read(IniFile.Parse(ini, "a.ini", _ => null), folder, isVerbose,
            text => error.WriteLine($"warning: {text}"));
        using var factory = new LogWriters(configuration, output, error, clock, _ => { }, (_, _) => { }, line => line);
        foreach (var level in levels)
        {
            factory.CreateLogger(name).Log(level, "Running {Step}", "a -> b");
        }

        return (output.ToString(), error.ToString());
    }

    [TestMethod]
    [DataRow("[alembic]", "info: Running a -> b\nwarning: Running a -> b\nerror: Running a -> b\n")]
    [DataRow(Ini, "INFO  [alembic.x] Running a -> b\nWARNI [alembic.x] Running a -> b\nERROR [alembic.x] Running a -> b\n")]
    public void A_line_looks_like_the_tools_own_unless_the_file_says_otherwise(string ini, string expected) => Assert.AreEqual(
        expected, Log(ini, "alembic.x", LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error).Error);

    [TestMethod]
    [DataRow("[alembic]", "alembic", "debug: Running a -> b\n")]
    [DataRow("[alembic]", "alembic.x", "debug: Running a -> b\n")]
    [DataRow("[alembic]", "sqlalchemy.engine", "")]
    [DataRow(Ini, "alembic.x", "DEBUG [alembic.x] Running a -> b\n")]
    [DataRow(Ini, "other", "")]
    public void A_verbose_run_shows_what_alembic_itself_says_for_debugging(string ini, string name, string expected) =>
        Assert.AreEqual(expected, Log(ini, name, Path.GetTempPath(), new Clock(), isVerbose: true, LogLevel.Debug).Error);

    [TestMethod]
    [DataRow("sqlalchemy.engine", LogLevel.Information, false)]
    [DataRow("sqlalchemy.engine.Engine", LogLevel.Warning, true)]
    [DataRow("sqlalchemy", LogLevel.Information, false)]
    [DataRow("alembic", LogLevel.Information, true)]
    [DataRow("alembics", LogLevel.Information, false)]
    [DataRow("other", LogLevel.Critical, true)]
    [DataRow("", LogLevel.Warning, true)]
    public void Levels_come_from_the_nearest_logger_above(string name, LogLevel level, bool expected) =>
        Assert.AreEqual(expected, Log(Ini, name, level).Error.Length > 0);

    [TestMethod]
    [DataRow("%(levelname)s|%(name)s|%(message)s", "ERROR|x|Running a -> b\n")]
    [DataRow("%(levelname)-8.3s(%(message)s)", "ERR     (Running a -> b)\n")]
    [DataRow("%(asctime)s %%", "02/01/26 03:04:05 PM %\n")]
    [DataRow("%(level)-6s|%(message)s", "error |Running a -> b\n")]
    [DataRow("%(created).3f %(msecs)03d %(levelno)d", "1767366245.007 007 40\n")]
    public void The_format_is_the_formatters(string format, string expected)
    {
        var ini = Ini.Replace("%(levelname)-5.5s [%(name)s] %(message)s", format, StringComparison.Ordinal)
            .Replace("datefmt = %H:%M:%S", "datefmt = %d/%m/%y %I:%M:%S %p", StringComparison.Ordinal);
        Assert.AreEqual(expected, Log(ini, "x", LogLevel.Error).Error);
    }

    [TestMethod]
    public void Without_datefmt_a_date_has_milliseconds() => Assert.AreEqual("2026-01-02 15:04:05,007\n", Log(
        Ini.Replace("datefmt = %H:%M:%S", "", StringComparison.Ordinal).Replace("%(message)s", "%(asctime)s", StringComparison.Ordinal)
            .Replace("%(levelname)-5.5s [%(name)s] ", "", StringComparison.Ordinal),
        "x",
        LogLevel.Error).Error);

    [TestMethod]
    [DataRow("", "WARNI")]
    [DataRow("level = NOTSET", "DEBUG")]
    public void The_root_without_a_level_shows_warnings(string level, string expected) => StringAssert.StartsWith(
        Log(Ini.Replace("level = WARNING\nhandlers = console", level + "\nhandlers = console", StringComparison.Ordinal), "x",
            LogLevel.Debug, LogLevel.Warning).Error,
        expected);

    [TestMethod]
    public void A_handler_has_a_stream_and_a_level_of_its_own()
    {
        var ini = Ini.Replace("(sys.stderr,)", "(sys.stdout, )", StringComparison.Ordinal)
            .Replace("NOTSET", "ERROR", StringComparison.Ordinal);
        Assert.AreEqual(("ERROR [alembic] Running a -> b\n", ""), Log(ini, "alembic", LogLevel.Information, LogLevel.Error));
    }

    [TestMethod]
    public void A_line_goes_to_the_handlers_of_every_logger_above_until_one_keeps_it()
    {
        var ini = Ini.Replace("handlers =\nqualname = alembic", "handlers = console\nqualname = alembic", StringComparison.Ordinal);
        Assert.AreEqual(2, Log(ini, "alembic.x", LogLevel.Error).Error.Count(c => c == '\n'));
        ini = ini.Replace("qualname = alembic", "propagate = 0\nqualname = alembic", StringComparison.Ordinal);
        Assert.AreEqual(1, Log(ini, "alembic.x", LogLevel.Error).Error.Count(c => c == '\n'));
    }

    [TestMethod]
    [DataRow("keys = root,", "keys = ", "keys must name the logger root")]
    [DataRow("keys = console", "keys = other", "[handler_other]")]
    [DataRow("[handlers]\nkeys = console\n", "", "[handlers]")]
    [DataRow("level = INFO", "level = LOUD", "NOTSET, DEBUG")]
    [DataRow("formatter = generic", "formatter = none", "'none'")]
    [DataRow("handlers = console", "handlers = none", "'none'")]
    [DataRow("qualname = alembic", "", "qualname")]
    [DataRow("qualname = alembic", "qualname = sqlalchemy.engine", "sqlalchemy.engine")]
    public void A_section_that_makes_no_sense_is_named(string text, string replacement, string expected)
    {
        var error = Assert.ThrowsExactly<ConfigurationException>(() => Log(Ini.Replace(text, replacement, StringComparison.Ordinal), "x"));
        StringAssert.StartsWith(error.Message, "a.ini, section [");
        Assert.Contains(expected, error.Message);
    }

    [TestMethod]
    [DataRow("class = StreamHandler", "class = rich.logging.RichHandler",
        "section [handler_console]: the class rich.logging.RichHandler exists only in Python; its lines go to stderr")]
    [DataRow("class = StreamHandler", "class = handlers.SysLogHandler",
        "section [handler_console]: the class handlers.SysLogHandler exists only in Python")]
    [DataRow("(sys.stderr,)", "('file', 'a')", "section [handler_console]: args are neither (sys.stderr,) nor (sys.stdout,)")]
    [DataRow("class = StreamHandler\nargs = (sys.stderr,)", "class = FileHandler\nargs = (os.path.join('a', 'b'),)",
        "section [handler_console]: args are more than strings and numbers")]
    [DataRow("class = StreamHandler\nargs = (sys.stderr,)", "class = FileHandler", "section [handler_console]: args name no file")]
    [DataRow("class = StreamHandler\nargs = (sys.stderr,)", "class = handlers.TimedRotatingFileHandler\nargs = ('x', 'Y')",
        "section [handler_console]: 'Y' is not one of S")]
    [DataRow("%(name)s", "%(nme)s", "section [formatter_generic]: format or datefmt has an unknown field 'nme'; lines have the usual form")]
    [DataRow("%(name)s", "%(name)d", "section [formatter_generic]: format or datefmt formats the field 'name' as a number, but it is text")]
    [DataRow("%H:%M", "%H:%Q", "section [formatter_generic]: format or datefmt has an unknown field '%Q'")]
    [DataRow("datefmt", "style = {\ndatefmt", "section [formatter_generic]: format or datefmt are in the style '{'")]
    public void What_only_Python_knows_is_one_warning_and_its_lines_go_to_stderr(string text, string replacement, string warning)
    {
        var (output, error) = Log(Ini.Replace(text, replacement, StringComparison.Ordinal), "alembic", LogLevel.Information,
            LogLevel.Error);
        Assert.AreEqual("", output);
        StringAssert.StartsWith(error, $"warning: a.ini, {warning}");
        StringAssert.EndsWith(error, "\nINFO  [alembic] Running a -> b\nERROR [alembic] Running a -> b\n");
        Assert.AreEqual(3, error.Count(c => c == '\n'), error);
    }

    [TestMethod]
    [DataRow("FileHandler", "('my.log', 'a')", "old\nINFO  [alembic] Running a -> b\n")]
    [DataRow("logging.FileHandler", "('my.log','w')", "INFO  [alembic] Running a -> b\n")]
    [DataRow("FileHandler", "(r'my.log', 'a', 'utf-8', True)", "old\nINFO  [alembic] Running a -> b\n")]
    [DataRow("FileHandler", "(\"my.log\",)", "old\nINFO  [alembic] Running a -> b\n")]
    [DataRow("FileHandler", "()\nkwargs = {'filename': 'my.log', 'mode': 'w'}", "INFO  [alembic] Running a -> b\n")]
    public void A_file_handler_writes_its_file(string type, string arguments, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("my.log", "old\n");
        var ini = Ini.Replace("class = StreamHandler\nargs = (sys.stderr,)", $"class = {type}\nargs = {arguments}",
            StringComparison.Ordinal);
        Assert.AreEqual(("", ""), Log(ini, "alembic", folder.Path, new Clock(), LogLevel.Information));
        Assert.AreEqual(expected, File.ReadAllText(folder.At("my.log")));
    }

    // The file names are those that Python 3.11 made of the same lines.
    [TestMethod]
    public void A_file_that_is_full_rotates()
    {
        using var folder = new TemporaryFolder();
        var ini = Ini.Replace("class = StreamHandler\nargs = (sys.stderr,)",
            "class = handlers.RotatingFileHandler\nargs = ('my.log', 'a', 70, 2)", StringComparison.Ordinal);
        Log(ini, "alembic", folder.Path, new Clock(), [.. Enumerable.Repeat(LogLevel.Information, 7)]);
        CollectionAssert.AreEqual(new[] { "my.log", "my.log.1", "my.log.2" }, folder.Files().ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2, 2 }, folder.Files().Select(file => File.ReadAllLines(folder.At(file)).Length).ToArray());
    }

    [TestMethod]
    [DataRow("'midnight', 1, 2", 20, "my.log my.log.2026-01-03 my.log.2026-01-04")]
    [DataRow("'D'", 25, "my.log my.log.2026-01-02 my.log.2026-01-03 my.log.2026-01-04")]
    [DataRow("'H', 12", 13, "my.log my.log.2026-01-02_15 my.log.2026-01-03_04 my.log.2026-01-03_17")]
    [DataRow("'W4'", 24, "my.log my.log.2025-12-27")]
    [DataRow("'W6'", 24, "my.log my.log.2025-12-29")]
    public void A_file_whose_time_is_over_rotates(string arguments, int hours, string files)
    {
        using var folder = new TemporaryFolder();
        var ini = Ini.Replace("class = StreamHandler\nargs = (sys.stderr,)",
            $"class = handlers.TimedRotatingFileHandler\nargs = ('my.log', {arguments})", StringComparison.Ordinal);
        var clock = new Clock();
        for (var run = 0; run < 4; run++)
        {
            Log(ini, "alembic", folder.Path, clock, LogLevel.Information, LogLevel.Information);
            File.SetLastWriteTimeUtc(folder.At("my.log"), clock.Now.UtcDateTime);
            clock.Now += TimeSpan.FromHours(hours);
        }
        Assert.AreEqual(files, string.Join(' ', folder.Files()));
    }

    [TestMethod]
    public void A_file_that_cannot_be_written_is_one_warning_and_its_lines_go_to_stderr()
    {
        using var folder = new TemporaryFolder();
        var ini = Ini.Replace("class = StreamHandler\nargs = (sys.stderr,)", "class = FileHandler\nargs = ('none/my.log',)",
            StringComparison.Ordinal);
        var error = Log(ini, "alembic", folder.Path, new Clock(), LogLevel.Information, LogLevel.Error).Error.Split('\n');
        StringAssert.StartsWith(error[0], $"warning: can't write the log file {folder.At("none/my.log")}: ");
        CollectionAssert.AreEqual(new[] { "INFO  [alembic] Running a -> b", "ERROR [alembic] Running a -> b", "" }, error[1..]);
    }

    [TestMethod]
    public void A_warning_is_one_line_and_a_statement_stays_as_it_is()
    {
        using var error = new StringWriter { NewLine = "\n" };
        List<string> warned = [];
        using var factory = new LogWriters(
            LogConfiguration.Read(IniFile.Parse("[alembic]", "a.ini", _ => null), Path.GetTempPath(), false, Assert.Fail), TextWriter.Null,
            error, new Clock(), _ => { }, (_, text) => warned.Add(text), line => line);
        factory.CreateLogger("alembic").LogWarning("the server says\r\nno\n");
        factory.CreateLogger("alembic").LogInformation("SELECT\n1");
        Assert.AreEqual("warning: the server says no\ninfo: SELECT\n1\n", error.ToString());
        Assert.AreEqual("the server says no", warned.Single());
    }

    [TestMethod]
    public void No_secret_is_in_a_log_file()
    {
        using var folder = new TemporaryFolder();
        var ini = Ini.Replace("class = StreamHandler\nargs = (sys.stderr,)", "class = FileHandler\nargs = ('my.log',)",
            StringComparison.Ordinal);
        var secrets = new Secrets();
        using var factory = new LogWriters(
            LogConfiguration.Read(IniFile.Parse(ini, "a.ini", _ => null), folder.Path, false, Assert.Fail), TextWriter.Null,
            TextWriter.Null, new Clock(), secrets.LearnText, (_, _) => { }, line => Visible.Text(secrets.Hide(line)));
        factory.CreateLogger("alembic").LogInformation("CREATE USER me PASSWORD 'Zk4Vq9Xw7Jt2Bm'\u001b[2J");
        Assert.AreEqual("INFO  [alembic] CREATE USER me PASSWORD '***'\\u001b[2J\n", File.ReadAllText(folder.At("my.log")));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 15, 4, 5, 7, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
