using Alembic.Tool.Configuration;
using Alembic.Tool.Scripts;
using CsCheck;

namespace Alembic.Tool.Tests.Scripts;

[TestClass]
public sealed class PostWriteHooksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Program(string name, string body)
    {
        var path = _folder.Write(name, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private string Run(string keys, string file = "/versions/a b.cs", double seconds = 20)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var path = $"{_folder.At("bin")}{Path.PathSeparator}.{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        try
        {
            new PostWriteHooks(_folder.Path, output, output, new ProgramFinder(name => name == "PATH" ? path : null),
                TimeSpan.FromSeconds(seconds))
                .Run(IniFile.Parse($"[post_write_hooks]\n{keys}", "alembic.ini", _ => null), file);
        }
        catch (PostWriteHookException error)
        {
            output.WriteLine(error.Message);
        }

        return output.ToString().Replace(_folder.Path, "<DIR>", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("", "Running post write hook 'one' ...\n/versions/a b.cs|\n  done\n")]
    [DataRow("-l 79", "Running post write hook 'one' ...\n/versions/a b.cs|-l|79|\n  done\n")]
    [DataRow("--x REVISION_SCRIPT_FILENAME 'quoted $HOME; arg' --f=REVISION_SCRIPT_FILENAME",
        "Running post write hook 'one' ...\n--x|/versions/a b.cs|quoted $HOME; arg|--f=/versions/a b.cs|\n  done\n")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void The_program_gets_the_file_as_one_argument(string options, string expected) => Assert.AreEqual(
        expected,
        Run($"hooks = one\none.type = exec\none.executable = {Program("hook.sh", "printf '%s|' \"$@\"; echo")}\none.options = {options}"));

    [TestMethod]
    [DataRow("tool", "tool.exe tool.com tool.cmd tool.bat")]
    [DataRow("python3.11", "python3.11.exe python3.11.com python3.11.cmd python3.11.bat")]
    [DataRow("prettier.CMD", "prettier.CMD")]
    public void On_Windows_a_name_may_mean_a_batch_file(string name, string expected) =>
        Assert.AreEqual(expected, string.Join(' ', ProgramFinder.Candidates(name)));

    [TestMethod]
    [DataRow("C:/code.cmd", "--wait", @"C:\my app\a.cs", null)]
    [DataRow("C:/code.cmd", "--wait", @"C:\a&b\a.cs", @"C:\a&b\a.cs")]
    [DataRow("C:/code.BAT", "%PATH%", "a.cs", "%PATH%")]
    [DataRow("C:/code.exe", "%PATH%", "a&b.cs", null)]
    public void A_batch_file_is_given_nothing_that_its_shell_would_obey(string program, string first, string second, string? expected) =>
        Assert.AreEqual(expected, ProgramFinder.Unsafe([program, first, second]));

    [TestMethod]
    public void What_a_program_prints_is_read_as_UTF_8()
    {
        var start = PostWriteHooks.StartInfo(["tool", "a b"], "/");
        Assert.AreEqual(("utf-8", "utf-8"), (start.StandardOutputEncoding?.WebName, start.StandardErrorEncoding?.WebName));
        CollectionAssert.AreEqual(new[] { "a b" }, start.ArgumentList.ToArray());
    }

    [TestMethod]
    [DataRow("black", "black formats Python; take the hook out of [post_write_hooks]")]
    [DataRow("no-such-tool", "dotnet tool install no-such-tool")]
    public void A_program_that_is_not_there_comes_with_a_hint(string program, string hint)
    {
        var hooks = new PostWriteHooks(_folder.Path, TextWriter.Null, TextWriter.Null, new ProgramFinder(_ => null),
            TimeSpan.FromSeconds(1));
        var ini = IniFile.Parse($"[post_write_hooks]\nhooks = one\none.type = console_scripts\none.entrypoint = {program}",
            "alembic.ini", _ => null);
        StringAssert.StartsWith(Assert.ThrowsExactly<PostWriteHookException>(() => hooks.Run(ini, "a.cs")).Hint, hint);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Hooks_run_in_their_folder_one_after_the_other()
    {
        Directory.CreateDirectory(_folder.At("other"));
        Program("bin/tool", "pwd");
        Assert.AreEqual(
            "Running post write hook 'one' ...\n<DIR>/other\n  done\nRunning post write hook 'two' ...\n<DIR>\n  done\n",
            Run("hooks = one, two\none.type = console_scripts\none.entrypoint = tool\none.cwd = other\ntwo.type = module\ntwo.module = "
                + "tool"));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_failing_hook_is_an_error_that_names_it_and_ends_the_list()
    {
        Program("bin/tool", "echo to stderr >&2; exit 3");
        Assert.AreEqual(
            "Running post write hook 'one' ...\nto stderr\n  FAILED\nPost write hook 'one' failed with exit code 3; the file f.cs is "
                + "kept\n",
            Run("hooks = one two\none.type = exec\none.executable = tool\ntwo.type = exec\ntwo.executable = tool", "f.cs"));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_hook_that_does_not_end_is_ended()
    {
        Program("bin/tool", "sleep 600");
        Assert.Contains("took longer than 0 seconds and was ended",
            Run("hooks = one\none.type = exec\none.executable = tool", seconds: 0.3));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_program_that_is_left_behind_does_not_hold_us_up()
    {
        Program("bin/tool", "sleep 20 & echo started");
        Assert.Contains("started\n  done", Run("hooks = one\none.type = exec\none.executable = tool"));
    }

    [TestMethod]
    [DataRow("one.x = y", "Key 'one.type' (or 'type' in toml) is required for post write hook 'one'")]
    [DataRow("one.type = exec", "Key one.executable is required for post write hook 'one'")]
    [DataRow("one.type = console_scripts", "Key one.entrypoint is required for post write hook 'one'")]
    [DataRow("one.type = module", "Key one.module is required for post write hook 'one'")]
    [DataRow("one.type = other", "No formatter with name 'other' registered")]
    [DataRow("one.type = console_scripts\none.entrypoint = nosuch_tool", "Could not find entrypoint console_scripts.nosuch_tool")]
    [DataRow("one.type = module\none.module = nosuch_module_x", "Could not find module nosuch_module_x")]
    [DataRow("one.type = exec\none.executable = nosuch", "Could not find executable nosuch of post write hook 'one'")]
    [DataRow("one.type = exec\none.executable = here.sh", "Could not find executable here.sh of post write hook 'one'")]
    [DataRow("one.type = exec\none.executable = ./data.txt", "Could not find executable ./data.txt of post write hook 'one'")]
    [DataRow("one.type = exec\none.executable = ./here.sh\none.cwd = none", "Directory <DIR>/none of post write hook 'one' doesn't exist")]
    [DataRow("one.type = exec\none.executable = ./here.sh\none.options = 'a",
        "Key 'one.options' of post write hook 'one' can't be split into arguments: No closing quotation")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void What_can_not_be_run_is_named(string keys, string expected)
    {
        Program("here.sh", "echo");
        _folder.Write("data.txt", "");
        StringAssert.EndsWith(Run($"hooks = one\n{keys}"), expected + "\n");
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_local_dotnet_tool_comes_before_the_PATH()
    {
        _folder.Write(".config/dotnet-tools.json",
            """{"version":1,"isRoot":true,"tools":{"csharpier":{"version":"1.0.0","commands":["csharpier"]}}}""");
        Program("bin/dotnet", "printf '%s|' \"$@\"; echo");
        Program("bin/csharpier", "echo global");
        Assert.Contains("tool|run|csharpier|--|format|f.cs|",
            Run("hooks = a\na.type = console_scripts\na.entrypoint = csharpier\na.options = format REVISION_SCRIPT_FILENAME", "f.cs"));
    }

    [TestMethod]
    public void Without_hooks_nothing_is_said() => Assert.AreEqual("", Run("# hooks = none"));

    [TestMethod]
    [DataRow("", "")]
    [DataRow("  a  b\tc\n", "a,b,c")]
    [DataRow("a'b c'd \"e f\"", "ab cd,e f")]
    [DataRow("'' \"\"", ",")]
    [DataRow("a\\ b \\\" '\\'", "a b,\",\\")]
    [DataRow("\"a\\\"b\\\\c\\d\"", "a\"b\\c\\d")]
    [DataRow("$HOME `x` $(y) *.cs ; | & # > <", "$HOME,`x`,$(y),*.cs,;,|,&,#,>,<")]
    public void Words_are_split_as_a_shell_splits_them(string text, string expected) =>
        Assert.AreEqual(expected, string.Join(',', ShellWords.Split(text, backslashEscapes: true)));

    [TestMethod]
    public void On_Windows_a_backslash_is_only_a_character() =>
        Assert.AreEqual(@"C:\a\b c", ShellWords.Split(@"""C:\a\b c""", backslashEscapes: false).Single());

    [TestMethod]
    public void Quoted_words_come_back_as_they_were() =>
        Gen.String[Gen.Char["a '\"\\\t\n$"], 0, 8].Array.Check(100, words => CollectionAssert.AreEqual(words,
            ShellWords.Split(string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'")),
                backslashEscapes: true).ToArray()));
}
