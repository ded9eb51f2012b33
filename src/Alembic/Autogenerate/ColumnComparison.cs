using Alembic.Schema;

namespace Alembic;

/// <summary>A column that the model and the database both have, for a comparison of the project's own.</summary>
/// <param name="Table">The model's table.</param>
/// <param name="Model">The column as the model has it.</param>
/// <param name="Database">The column as it was read from the database.</param>
public sealed record ColumnComparison(Table Table, Column Model, Column Database);
