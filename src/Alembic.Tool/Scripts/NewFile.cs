using System.Text;

namespace Alembic.Tool.Scripts;

/// <summary>
/// Writes files completely or not at all, in UTF-8. New files are only written below the folder that they are meant for.
/// </summary>
internal static class NewFile
{
    private const string TemporaryExtension = ".tmp";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes root/path. No folder between the two may be a link: it could lead anywhere.</summary>
    public static void Write(string root, string path, string text)
    {
        var file = Path.GetFullPath(path, root);
        RefuseLinks(root, Path.GetDirectoryName(file)!);
        if (Path.Exists(file))
        {
            throw new AlembicException($"File {file} already exists; nothing was written");
        }

        Move(file, text, overwrite: false);
    }

    /// <summary>Tells whether a file was being written when its process ended.</summary>
    public static bool IsTemporary(string file) => file.EndsWith(TemporaryExtension, StringComparison.Ordinal);

    /// <summary>Gets the text that is written, with line ends that are the same on every system.</summary>
    public static string Text(Action<TextWriter> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        write(text);
        return text.ToString();
    }

    /// <summary>Writes a file that the user named, and replaces an existing one.</summary>
    public static void Replace(string file, string text) => Move(file, text, overwrite: true);

    private static void Move(string file, string text, bool overwrite)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}{TemporaryExtension}";
        try
        {
            WriteThrough(temporary, text);
            Paths.Move(temporary, file, overwrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            // The message names the file, not the temporary one beside it.
            var reason = error.GetBaseException().Message.Replace(temporary, file, StringComparison.Ordinal).ReplaceLineEndings(" ");
            throw new AlembicException($"Can't write {file}: {reason}", error);
        }
    }

    public static void CreateDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AlembicException($"Can't create the directory {path}", error);
        }
    }

    /// <summary>Throws if the path from the root down to the folder leaves the root or follows a link.</summary>
    public static void RefuseLinks(string root, string folder)
    {
        var relative = Path.GetRelativePath(root, folder);
        var at = Path.GetFullPath(root);
        foreach (var name in relative.Split(Path.DirectorySeparatorChar).Where(name => name != "."))
        {
            at = Path.Combine(at, name);
            if (name == ".." || Path.IsPathRooted(relative) || new DirectoryInfo(at).LinkTarget is not null)
            {
                throw new AlembicException($"{at} leads out of {root}; nothing was written");
            }
        }
    }

    private static void WriteThrough(string path, string text)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        stream.Write(Encoding.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    private static void Discard(string temporary)
    {
        if (File.Exists(temporary))
        {
            File.Delete(temporary);
        }
    }
}
