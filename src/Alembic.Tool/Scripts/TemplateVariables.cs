namespace Alembic.Tool.Scripts;

/// <summary>The variables that environments give to the project's template.</summary>
internal static class TemplateVariables
{
    /// <summary>Gets the variables of several databases together. Of two with the same name the last one counts.</summary>
    /// <exception cref="AlembicException">A variable is an object that a template must not see, because it could reach anything from
    /// there.</exception>
    public static IReadOnlyDictionary<string, object> Of(IEnumerable<EnvironmentOptions> environments)
    {
        var result = new Dictionary<string, object>();
        foreach (var (name, value) in environments.SelectMany(options => options.TemplateVariables))
        {
            result[name] = value is string or bool or int or long or decimal or double or IEnumerable<string>
                ? value
                : throw new AlembicException(
                    $"options.TemplateVariables: '{name}' is {value?.GetType().Name ?? "null"}; a template takes text, numbers, true, "
                        + "false and lists of text");
        }
        return result;
    }
}
