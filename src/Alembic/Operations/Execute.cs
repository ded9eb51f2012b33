using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Runs SQL that the user wrote.</summary>
    /// <param name="Text">The statement; parameters are written <c>@name</c>.</param>
    public sealed record Execute(string Text) : Operation
    {
        /// <summary>The parameters' values.</summary>
        public IReadOnlyDictionary<string, object?> Parameters { get; init => field = value.ToDictionary(); } = Parameter.From(null);

        /// <summary>The operation that undoes it, for the downgrade; null if unknown.</summary>
        public Operation? Undo { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => Undo ?? base.Reverse();

        /// <inheritdoc/>
        public bool Equals(Execute? other) => other is not null && Text == other.Text && Parameters.Count == other.Parameters.Count
            && Parameters.All(p => other.Parameters.TryGetValue(p.Key, out var value) && ValueComparer.Instance.Equals(p.Value, value));

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Text, Parameters.Count);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [Text];

        /// <inheritdoc/>
        protected internal override IEnumerable<Statement> Statements(Dialect dialect) => [new Statement(Text) { Parameters = Parameters }];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            Parameters.Count == 0
            ? code.Call("op.Execute", CodeWriter.Sql(Text))
            : code.Call("op.Execute", Text, code.Anonymous(Parameters));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Runs SQL.</summary>
        /// <param name="sql">The statement; parameters are written <c>@name</c>.</param>
        /// <param name="parameters">
        /// An object with a property for each parameter (<c>new { note = "" }</c>), or a dictionary; or null. With <c>--sql</c> they are
        /// written as literals.
        /// </param>
        public void Execute(string sql, object? parameters = null) => Invoke(new Execute(sql) { Parameters = Parameter.From(parameters) });

        /// <summary>Runs SQL.</summary>
        /// <param name="sql">The statement.</param>
        public void Execute(SqlText sql) => Execute(sql.Value);
    }
}
