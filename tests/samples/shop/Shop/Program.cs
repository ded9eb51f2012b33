using Microsoft.EntityFrameworkCore;
using Shop;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<ShopContext>(options =>
    ShopContext.Use(options, builder.Configuration["Dialect"] ?? "sqlite", builder.Configuration["Database"] ?? "Data Source=shop.db"));
var app = builder.Build();

// What the tests compare with: the database as EF Core itself would create it.
if (args.Contains("--script"))
{
    using var scope = app.Services.CreateScope();
    Console.WriteLine(scope.ServiceProvider.GetRequiredService<ShopContext>().Database.GenerateCreateScript());
    return;
}

app.MapGet("/products", (ShopContext shop) => shop.Products.Select(p => p.Name));
app.Run();
