namespace Alembic.Operations;

/// <summary>A product that speaks a database's language and lacks something that migrations are made safe by.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Lack">What it lacks, and what follows.</param>
/// <param name="IsRefused">Whether nothing can be run there; else the user is warned.</param>
internal sealed record ForeignProduct(string Name, string Lack, bool IsRefused);

/// <summary>A product that only speaks the database's language, where migrations cannot be run safely.</summary>
public sealed class UnsupportedProductException : AlembicException
{
    internal UnsupportedProductException(ForeignProduct product)
        : base($"{product.Name} is not supported: {product.Lack}") =>
        Hint = "nothing was changed; dotnet alembic upgrade --sql writes a script that can be read and run by hand";
}
