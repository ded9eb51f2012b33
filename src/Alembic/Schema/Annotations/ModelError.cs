namespace Alembic.Schema.Annotations;

/// <summary>An error in an annotated class that prevents its table.</summary>
internal static class ModelError
{
    public static AlembicException At(AnnotatedProperty property, string fact, string hint) => At(property.Path, fact, hint);

    public static AlembicException At(AnnotatedClass type, string fact, string hint) => At(type.Name, fact, hint);

    public static AlembicException At(string place, string fact, string hint) => new($"Model '{place}': {fact}") { Hint = hint };
}
