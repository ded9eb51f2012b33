namespace Alembic.Operations;

/// <summary>A product that speaks a database's protocol but lacks a feature that makes migrations safe.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lack">What it lacks, and the consequence.</param>
/// <param name="IsRefused">Whether migrations are refused there; if false, the user is warned.</param>
internal sealed record ForeignProduct(string Name, string Lack, bool IsRefused);

/// <summary>The database is a product that only speaks a supported database's protocol, and migrations cannot run safely there.</summary>
public sealed class UnsupportedProductException : AlembicException
{
    internal UnsupportedProductException(ForeignProduct product)
        : base($"{product.Name} is not supported: {product.Lack}") =>
        Hint = "nothing was changed; dotnet alembic upgrade --sql writes a script that can be read and run by hand";
}
