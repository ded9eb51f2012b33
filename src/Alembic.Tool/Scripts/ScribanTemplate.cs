using Alembic.Operations;
using Alembic.Tool.Configuration;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Alembic.Tool.Scripts;

/// <summary>
/// Scriban with limits: a template is text from somebody's repository. It sees strings and lists of strings, and functions that only
/// compute. It cannot include or evaluate, and cannot loop or grow without end.
/// </summary>
internal sealed class ScribanTemplate
{
    private const int SizeLimit = 64 << 10;
    private const int ResultLimit = 1 << 20;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly string _text;
    private readonly Scriban.Template _template;

    private ScribanTemplate(string path, string text)
    {
        (_path, _text) = (path, text);
        _template = Scriban.Template.Parse(text, path);
        if (_template.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error)
        {
            throw Failure(error.Span, error.Message);
        }
    }

    public static ScribanTemplate Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= SizeLimit
                ? Parse(path, File.ReadAllText(path))
                : throw new AlembicException($"The template {path} is larger than {SizeLimit >> 10} KB");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AlembicException($"Can't read the template {path}", error);
        }
    }

    public static ScribanTemplate Parse(string path, string text) => new(path, text);

    /// <summary>Gets the text for these strings and lists of strings, with the line ends of the template.</summary>
    public string Render(IReadOnlyDictionary<string, object> variables)
    {
        var given = variables.Values.OfType<string>().Sum(value => value.Length);
        using var time = new CancellationTokenSource(TimeLimit);
        var context = new TemplateContext(Functions())
        {
            StrictVariables = true,
            LoopLimit = 10_000,
            IndentOnEmptyLines = false,
            RecursiveLimit = 50,
            ObjectRecursionLimit = 10,
            LimitToString = ResultLimit + given,
            OutputLimit = ResultLimit + (10 * given),
            OnStringLimit = ScriptLimitBehavior.Throw,
            OnOutputLimit = ScriptLimitBehavior.Throw,
            RegexTimeOut = TimeSpan.FromMilliseconds(100),
            CancellationToken = time.Token,
        };
        var globals = new ScriptObject();
        foreach (var (name, value) in variables)
        {
            globals.SetValue(name, value is IEnumerable<string> list ? new ScriptArray(list) : value, readOnly: true);
        }

        context.PushGlobal(globals);
        try
        {
            var result = _template.Render(context).Replace("\r\n", "\n", StringComparison.Ordinal);
            return _text.Contains("\r\n", StringComparison.Ordinal) ? result.Replace("\n", "\r\n", StringComparison.Ordinal) : result;
        }
        catch (ScriptRuntimeException error)
        {
            throw Failure(error.Span,
                time.IsCancellationRequested ? $"it takes longer than {TimeLimit.Seconds} seconds" : error.OriginalMessage, error);
        }
    }

    private static ScriptObject Functions()
    {
        var builtin = TemplateContext.GetDefaultBuiltinObject();
        var functions = new ScriptObject();
        foreach (var name in new[] { "array", "string", "math", "empty" })
        {
            functions.SetValue(name, builtin[name], readOnly: true);
        }

        functions.Import("literals",
            new Func<IEnumerable<object>, string>(list => string.Join(", ", list.Select(item => CodeWriter.Literal(item.ToString()!)))));
        return functions;
    }

    private TemplateException Failure(SourceSpan span, string problem, Exception? inner = null) =>
        new(_path, span.Start.Line + 1, string.Join(' ', problem.Split('\r', '\n')), inner);
}
