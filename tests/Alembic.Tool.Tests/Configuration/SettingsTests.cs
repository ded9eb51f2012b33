using System.Text.RegularExpressions;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Tests.Configuration;

[TestClass]
public sealed class SettingsTests
{
    private static readonly string Work = Path.GetFullPath("/work-directory");

    private static Settings Read(string keys, string section = "alembic") =>
        new(IniFile.Parse($"[{section}]\n{keys}", "/p/alembic.ini", _ => null), section, Work);

    private static string At(string path) => Path.GetFullPath(path, Work);

    // A setting has four homes: Settings, the template of the ini file, the reference page, and where it is used.
    [TestMethod]
    public void Each_setting_is_read_in_one_place_and_stands_in_the_template_and_in_the_reference()
    {
        string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));
        var read = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Alembic.Tool"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(
                file => Regex.Matches(File.ReadAllText(file), "(?<=\\b(Option|IsTrue|OwnPaths|Given)\\((settings, )?\")[a-z_.]+(?=\")")
                    .Select(match => (Key: match.Value, File: Path.GetFileName(file))))
            .Distinct().ToList();
        CollectionAssert.AreEquivalent(Settings.Keys, read.Select(r => r.Key).ToList(), "a key is read in no file, or in several");
        var (template, reference) = (Text("templates/shared/alembic.ini.scriban"), Text("docs/configuration.md"));
        Assert.IsEmpty(Settings.Keys.Where(key => !Regex.IsMatch(template, $"\\b{Regex.Escape(key)}\\b")));
        Assert.IsEmpty(Settings.Keys.Where(key => !reference.Contains($"`{key}`", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Without_keys_there_are_Alembics_defaults()
    {
        var settings = Read("script_location = scripts");
        Assert.AreEqual("%(rev)s_%(slug)s", settings.FileTemplate);
        Assert.AreEqual(40, settings.TruncateSlugLength);
        Assert.IsNull(settings.Timezone);
        Assert.IsFalse(settings.RevisionEnvironment);
        Assert.IsFalse(settings.RecursiveVersionLocations);
        Assert.AreEqual(At("scripts"), settings.ScriptDirectory);
        CollectionAssert.AreEqual(new[] { At("scripts/versions") }, settings.VersionLocations.ToArray());
        Assert.IsEmpty(settings.Sources);
        Assert.IsNull(settings.CacheDir);
    }

    [TestMethod]
    [DataRow("[other]\nkey = value")]
    [DataRow("[alembic]")]
    [DataRow("")]
    public void Without_script_location_the_error_says_how_to_begin(string text)
    {
        var settings = new Settings(IniFile.Parse(text, "alembic.ini", _ => null), "alembic", Work);
        var error = Assert.ThrowsExactly<ConfigurationException>(() => settings.ScriptLocation);
        Assert.AreEqual("No 'script_location' key found in configuration.", error.Message);
        Assert.AreEqual("write 'script_location = …' into section [alembic] of alembic.ini", error.Hint);
    }

    [TestMethod]
    [DataRow("TRUE", true)]
    [DataRow("yes", true)]
    [DataRow("On", true)]
    [DataRow("1", true)]
    [DataRow("t", true)]
    [DataRow("n", false)]
    [DataRow("off", false)]
    [DataRow("0", false)]
    public void Revision_environment_has_many_spellings(string text, bool expected) =>
        Assert.AreEqual(expected, Read($"revision_environment = {text}").RevisionEnvironment);

    [TestMethod]
    [DataRow("true", true)]
    [DataRow("True", false)]
    [DataRow("yes", false)]
    public void Recursive_version_locations_has_one_spelling(string text, bool expected) =>
        Assert.AreEqual(expected, Read($"recursive_version_locations = {text}").RecursiveVersionLocations);

    [TestMethod]
    [DataRow("revision_environment =")]
    [DataRow("revision_environment = maybe")]
    [DataRow("timezone =")]
    [DataRow("truncate_slug_length = many")]
    [DataRow("truncate_slug_length = -1")]
    [DataRow("script_location = package:folder")]
    public void A_value_that_can_not_be_meant_is_refused(string line)
    {
        var settings = Read(line);
        var error = Assert.ThrowsExactly<ConfigurationException>(() =>
            _ = (settings.RevisionEnvironment, settings.Timezone, settings.TruncateSlugLength, settings.ScriptLocation));
        Assert.Contains(line.Split(' ')[0], error.Message);
    }

    [TestMethod]
    [DataRow("version_locations = one two", "one|two")]
    [DataRow("version_locations = one, two", "one|two")]
    [DataRow("version_locations =\nscript_location = s", "s/versions")]
    [DataRow("version_locations = one,two", "one|two")]
    [DataRow("version_locations = one:two\nversion_path_separator = :", "one|two")]
    [DataRow("version_locations = one two\nversion_path_separator = space", "one|two")]
    [DataRow("version_locations = one;two;\npath_separator = ;\nversion_path_separator = bad", "one|two")]
    [DataRow("version_locations = my one\n  my two\npath_separator = newline", "my one|my two")]
    public void Version_locations_are_split_as_their_separator_says(string keys, string expected) =>
        CollectionAssert.AreEqual(expected.Split('|').Select(At).ToArray(), Read(keys).VersionLocations.ToArray());

    [TestMethod]
    [DataRow("path_separator")]
    [DataRow("version_path_separator")]
    public void An_unknown_separator_is_named(string key)
    {
        var error = Assert.ThrowsExactly<ConfigurationException>(() => Read($"{key} = bad\nversion_locations = a").VersionLocations);
        Assert.AreEqual($"'bad' is not a valid value for {key}; expected 'space', 'newline', 'os', ':', ';'", error.Message);
    }

    [TestMethod]
    [DataRow("sources = a b/*.cs\n  c.cs", "a b/*.cs|c.cs")]
    [DataRow("sources = a.cs;b.cs", "a.cs|b.cs")]
    [DataRow("sources = a.cs:b.cs\n  c.cs\npath_separator = :", "a.cs|b.cs|c.cs")]
    public void Sources_and_references_may_always_stand_on_lines_of_their_own(string keys, string expected) =>
        CollectionAssert.AreEqual(expected.Split('|').Select(At).ToArray(), Read(keys).Sources.ToArray());

    [TestMethod]
    public void The_file_is_the_option_then_the_variable_then_alembic_ini()
    {
        Assert.AreEqual("c.ini", Settings.FileName("c.ini", _ => "e.ini"));
        Assert.AreEqual("e.ini", Settings.FileName(null, _ => "e.ini"));
        Assert.AreEqual("alembic.ini", Settings.FileName(null, _ => ""));
    }
}
