using System.Text;

namespace Alembic.Tool.Output;

/// <summary>A writer for people: it hides secrets, and shows what a terminal would obey, except the colors of whole lines.</summary>
internal sealed class ShownWriter(Func<TextWriter> inner, Secrets secrets, LineColors? colors = null) : TextWriter
{
    public override Encoding Encoding => inner().Encoding;

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string NewLine
    {
        get => inner().NewLine;
        set => inner().NewLine = value;
    }

    public override void Write(char value) => inner().Write(Visible.Text(value.ToString()));

    public override void Write(string? value) => inner().Write(Shown(value));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    // One call, so that lines of several threads stay apart.
    public override void WriteLine(string? value) => inner().WriteLine(colors?.Paint(Shown(value)) ?? Shown(value));

    public override void WriteLine() => inner().WriteLine();

    public override void WriteLine(object? value) => WriteLine(value?.ToString());

    public override void Flush() => inner().Flush();

    private string Shown(string? value) => Visible.Text(secrets.Hide(value ?? ""));
}
