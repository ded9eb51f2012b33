namespace Alembic.Tool.Compilation;

/// <summary>
/// Bytes as digits, for file names. The platform's own method uses instructions that no library can be compiled ahead for.
/// </summary>
internal static class Hexadecimal
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        const string Digits = "0123456789abcdef";
        var text = new char[bytes.Length * 2];
        for (var i = 0; i < bytes.Length; i++)
            (text[2 * i], text[(2 * i) + 1]) = (Digits[bytes[i] >> 4], Digits[bytes[i] & 15]);
        return new string(text);
    }
}
