namespace Alembic.Schema;

/// <summary>Says how many digits a <see cref="decimal"/> column keeps. EF Core's attribute of the same name means the same.</summary>
/// <param name="precision">The number of digits.</param>
/// <param name="scale">The number of digits after the decimal point.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PrecisionAttribute(int precision, int scale = 0) : Attribute
{
    /// <summary>The number of digits.</summary>
    public int Precision => precision;

    /// <summary>The number of digits after the decimal point.</summary>
    public int Scale => scale;
}
