using Alembic.Schema;

namespace Alembic;

/// <summary>A column that the model and the database both have, for a project's own comparison.</summary>
/// <param name="Table">The model's table.</param>
/// <param name="Model">The column in the model.</param>
/// <param name="Database">The column as read from the database.</param>
public sealed record ColumnComparison(Table Table, Column Model, Column Database);
