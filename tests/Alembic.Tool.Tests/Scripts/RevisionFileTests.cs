using Alembic.Tool.Configuration;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Tests.Scripts;

[TestClass]
public sealed class RevisionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write(string keys, string message = "My message", string id = "f001")
    {
        _folder.Write("alembic/script.cs.scriban", "// {{ message }}\n");
        var settings = new Settings(IniFile.Parse($"[alembic]\nscript_location = alembic\n{keys}", "alembic.ini", _ => null),
            "alembic", _folder.Path);
        using var output = new StringWriter { NewLine = "\n" };
        var script = new RevisionScript
        {
            Id = id, Message = message, CreateDate = new CreateDate(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), false)
        };
        RevisionFile.Write(settings.VersionLocations[0], script, settings, new Status(output, quiet: false), _ => { });
        return output.ToString().Replace(_folder.Path, "<DIR>", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Folders_of_the_file_template_are_made()
    {
        Assert.AreEqual(
            "Creating directory <DIR>/alembic/versions/2026/01 ...  done\nGenerating "
                + "<DIR>/alembic/versions/2026/01/02_f001_my_message.cs ...  done\n",
            Write("file_template = %%(year)d/%%(month).2d/%%(day).2d_%%(rev)s_%%(slug)s"));
        Assert.AreEqual("// My message\n", File.ReadAllText(_folder.At("alembic/versions/2026/01/02_f001_my_message.cs")));
        StringAssert.StartsWith(Write("file_template = %%(year)d/%%(month).2d/%%(rev)s"), "Generating ");
    }

    [TestMethod]
    [DataRow("file_template = ../%%(rev)s", "f001")]
    [DataRow("file_template = /%%(rev)s", "f001")]
    [DataRow("file_template = link/%%(rev)s", "f001")]
    [DataRow("file_template = link/new/%%(rev)s", "f001")]
    [DataRow("", "../../x")]
    public void Nothing_is_written_outside_of_the_location(string keys, string id)
    {
        Directory.CreateDirectory(_folder.At("alembic/versions"));
        Directory.CreateDirectory(_folder.At("outside"));
        Directory.CreateSymbolicLink(_folder.At("alembic/versions/link"), _folder.At("outside"));
        try
        {
            Write(keys, id: id);
            Assert.Fail("it was written");
        }
        catch (AlembicException)
        {
            CollectionAssert.AreEqual(new[] { "alembic/script.cs.scriban" }, _folder.Files().ToArray());
        }
    }

    [TestMethod]
    public void The_same_name_twice_keeps_the_first_file()
    {
        Write("");
        Assert.ThrowsExactly<AlembicException>(() => Write(""));
        Assert.AreEqual("// My message\n", File.ReadAllText(_folder.At("alembic/versions/f001_my_message.cs")));
    }

    [TestMethod]
    public void A_script_location_that_is_not_there_is_named_as_written()
    {
        var settings = new Settings(IniFile.Parse("[alembic]\nscript_location = old", "alembic.ini", _ => null), "alembic", _folder.Path);
        var error = Assert.ThrowsExactly<ConfigurationException>(() => ScriptFolder.Open(settings));
        Assert.AreEqual("Path doesn't exist: old.  Please use the 'init' command to create a new scripts folder.", error.Message);
        Assert.AreEqual("dotnet alembic init old", error.Hint);
    }

    [TestMethod]
    public void A_message_of_5000_characters_still_has_a_file_name() =>
        Assert.Contains($"f001_{new string('x', 40)}_.cs", Write("", new string('x', 5000)));
}
