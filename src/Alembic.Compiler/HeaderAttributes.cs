using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Compiler;

/// <summary>The five attributes of a revision, as one type declaration carries them.</summary>
internal sealed class HeaderAttributes
{
    private readonly List<SourceError> _errors;
    private readonly Dictionary<string, AttributeSyntax> _attributes = [];

    public HeaderAttributes(TypeDeclarationSyntax type, List<SourceError> errors)
    {
        _errors = errors;
        foreach (var attribute in type.AttributeLists.SelectMany(list => list.Attributes))
        {
            if (Name(attribute.Name) is { } name && !_attributes.TryAdd(name, attribute))
                errors.Add(HeaderError.Repeated.At(attribute.GetLocation(), name));
        }

        // A class without [Revision] is not checked, whatever other attributes it has.
        if (!_attributes.TryGetValue("Revision", out var revision))
            return;
        Revises = Literals("Revises");
        BranchLabels = Literals("BranchLabels");
        DependsOn = Literals("DependsOn");
        Phase = Member("Phase");
        var known = errors.Count;
        var ids = Literals("Revision");
        if (ids.Length != 1 && errors.Count == known)
            errors.Add(HeaderError.NoId.At(revision.GetLocation(), "Revision"));
        Id = ids.Length == 1 ? ids[0] : "";
    }

    /// <summary>Null for a class without [Revision]; empty if the errors tell what is wrong with it.</summary>
    public string? Id { get; }

    public string[] Revises { get; } = [];

    public string[] BranchLabels { get; } = [];

    public string[] DependsOn { get; } = [];

    public string? Phase { get; }

    private static string? Name(NameSyntax name)
    {
        var simple = name switch
        {
            IdentifierNameSyntax identifier => identifier,
            QualifiedNameSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "Alembic" }, Right: IdentifierNameSyntax right } =>
                right,
            QualifiedNameSyntax
            {
                Left: AliasQualifiedNameSyntax { Alias.Identifier.Text: "global", Name.Identifier.ValueText: "Alembic" },
                Right: IdentifierNameSyntax right,
            } => right,
            _ => null,
        };
        return simple?.Identifier.ValueText switch
        {
            "Revision" or "RevisionAttribute" => "Revision",
            "Revises" or "RevisesAttribute" => "Revises",
            "BranchLabels" or "BranchLabelsAttribute" => "BranchLabels",
            "DependsOn" or "DependsOnAttribute" => "DependsOn",
            "Phase" or "PhaseAttribute" => "Phase",
            _ => null,
        };
    }

    private string? Member(string name)
    {
        if (!_attributes.TryGetValue(name, out var attribute))
            return null;
        var member = attribute.ArgumentList?.Arguments is [{ NameEquals: null, Expression: var expression }]
            ? (expression as MemberAccessExpressionSyntax)?.Name ?? expression as SimpleNameSyntax
            : null;
        if (member?.Identifier.ValueText is "Expand" or "Contract")
            return member.Identifier.ValueText;
        _errors.Add(HeaderError.NoPhase.At(attribute.GetLocation(), name));
        return null;
    }

    private string[] Literals(string name)
    {
        if (!_attributes.TryGetValue(name, out var attribute) || attribute.ArgumentList is not { } list)
            return [];

        var literals = new List<string>();
        foreach (var expression in list.Arguments.SelectMany(argument => Elements(argument)))
        {
            if (expression is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal)
                _errors.Add((expression is AttributeArgumentSyntax ? HeaderError.Named : HeaderError.NotLiteral)
                    .At(expression.GetLocation(), name));
            else if (string.IsNullOrWhiteSpace(literal.Token.ValueText))
                _errors.Add(HeaderError.EmptyArgument.At(expression.GetLocation(), name));
            else
                literals.Add(literal.Token.ValueText);
        }

        return [.. literals];
    }

    /// <summary>Gets the argument itself, or its elements if it is an array: params accept both.</summary>
    private static IEnumerable<SyntaxNode> Elements(AttributeArgumentSyntax argument) => argument switch
    {
        { NameEquals: not null } => [argument],
        { Expression: CollectionExpressionSyntax collection } =>
            collection.Elements.Select(e => e is ExpressionElementSyntax element ? element.Expression : (SyntaxNode)e),
        { Expression: ImplicitArrayCreationExpressionSyntax array } => array.Initializer.Expressions,
        { Expression: ArrayCreationExpressionSyntax { Initializer: { } initializer } } => initializer.Expressions,
        _ => [argument.Expression],
    };
}
