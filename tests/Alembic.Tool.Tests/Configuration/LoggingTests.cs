using Alembic.Tool.Configuration;
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

    private static (string Output, string Error) Log(string ini, string name, params LogLevel[] levels)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var factory = new LogWriters(LogConfiguration.Read(IniFile.Parse(ini, "a.ini", _ => null)), output, error, new Clock());
        foreach (var level in levels)
        {
            factory.CreateLogger(name).Log(level, "Running {Step}", "a -> b");
        }

        return (output.ToString(), error.ToString());
    }

    [TestMethod]
    [DataRow(Ini)]
    [DataRow("[alembic]")]
    public void A_line_looks_like_Alembics(string ini) => Assert.AreEqual(
        "INFO  [alembic.runtime.migration] Running a -> b\nWARNI [alembic.runtime.migration] Running a -> b\n",
        Log(ini, "alembic.runtime.migration", LogLevel.Debug, LogLevel.Information, LogLevel.Warning).Error);

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
        Log(Ini.Replace("level = WARNING\nhandlers = console", level + "\nhandlers = console", StringComparison.Ordinal), "x", LogLevel.Debug, LogLevel.Warning).Error,
        expected);

    [TestMethod]
    public void A_handler_has_a_stream_and_a_level_of_its_own()
    {
        var ini = Ini.Replace("(sys.stderr,)", "(sys.stdout, )", StringComparison.Ordinal).Replace("NOTSET", "ERROR", StringComparison.Ordinal);
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
    [DataRow("class = StreamHandler", "class = FileHandler", "FileHandler is not supported")]
    [DataRow("(sys.stderr,)", "('file', 'a')", "args")]
    [DataRow("level = INFO", "level = LOUD", "NOTSET, DEBUG")]
    [DataRow("formatter = generic", "formatter = none", "'none'")]
    [DataRow("handlers = console", "handlers = none", "'none'")]
    [DataRow("qualname = alembic", "", "qualname")]
    [DataRow("qualname = alembic", "qualname = sqlalchemy.engine", "sqlalchemy.engine")]
    [DataRow("%(name)s", "%(nme)s", "'nme'")]
    [DataRow("%(name)s", "%(name)d", "'name'")]
    [DataRow("%H:%M", "%H:%Q", "%Q")]
    public void A_section_that_makes_no_sense_is_named(string text, string replacement, string expected)
    {
        var error = Assert.ThrowsExactly<ConfigurationException>(() => Log(Ini.Replace(text, replacement, StringComparison.Ordinal), "x"));
        StringAssert.StartsWith(error.Message, "a.ini, section [");
        Assert.Contains(expected, error.Message);
    }

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 15, 4, 5, 7, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
