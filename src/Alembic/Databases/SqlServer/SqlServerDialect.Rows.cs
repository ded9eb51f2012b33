using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <content>Rows of a model that bring their own numbers.</content>
public sealed partial class SqlServerDialect
{
    /// <inheritdoc/>
    protected internal override (IEnumerable<string> Before, IEnumerable<string> After) AroundInsert(TableRows data)
    {
        var table = Quote(data.Schema, data.Table);
        string Set(string value) =>
            $"IF OBJECTPROPERTY(OBJECT_ID({Literal(table)}), 'TableHasIdentity') = 1 SET IDENTITY_INSERT {table} {value}";
        return ([Set("ON")], [Set("OFF")]);
    }
}
