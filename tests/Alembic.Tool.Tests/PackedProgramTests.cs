namespace Alembic.Tool.Tests;

/// <summary>What starts a program that only its owner may execute.</summary>
[TestClass]
public sealed class PackedProgramTests
{
    [TestMethod]
    public void It_is_the_loader_that_the_program_names()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("such programs are Linux's");

        Assert.IsTrue(File.Exists(PackedProgram.LoaderOf(Environment.ProcessPath!)));
    }

    [TestMethod]
    [DataRow("#!/bin/sh\nexit 0\n", DisplayName = "a script")]
    [DataRow("\u007fELF\u0002\u0001", DisplayName = "the beginning of a program")]
    [DataRow("", DisplayName = "nothing")]
    public void What_is_no_program_has_none(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);

        Assert.IsNull(PackedProgram.LoaderOf(file));
        File.Delete(file);
        Assert.IsNull(PackedProgram.LoaderOf(file));
    }

    [TestMethod]
    [DataRow(null, true)]
    [DataRow("2.17", true)]
    [DataRow("9.0", false)]
    public void An_older_C_library_does_not_load_it(string? needed, bool mayBeLoaded)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("such programs are Linux's");

        Assert.AreEqual(mayBeLoaded, PackedProgram.MayBeLoaded(needed));
    }
}
