using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>
/// SQL Server's own parser, which is all of it that there is here. What a script puts together and executes is parsed too.
/// </summary>
internal static class TransactSql
{
    public static TSqlFragment Parse(string script)
    {
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        Assert.IsEmpty(errors, string.Join('\n', errors.Select(e => $"{e.Line}: {e.Message}")) + "\n" + script);
        var literals = new Literals();
        fragment.Accept(literals);
        foreach (var text in literals.Found.Where(text => text.StartsWith("alter table ", StringComparison.Ordinal)))
        {
            Parse(text + (text.EndsWith(" drop constraint ", StringComparison.Ordinal)
                || text.EndsWith(" nocheck constraint ", StringComparison.Ordinal)
                ? "[x]" : text.EndsWith(" add constraint ", StringComparison.Ordinal) ? "[x] default 1 for c" : " null"));
        }
        return fragment;
    }

    private sealed class Literals : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(StringLiteral node) => Found.Add(node.Value);
    }
}
