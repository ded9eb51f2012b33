using Alembic.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Alembic.Hosting;

/// <summary>Adds Alembic to an application.</summary>
public static class AlembicServices
{
    /// <summary>
    /// Migrates the database before the application starts, unless <see cref="AlembicOptions.MigratesOnStart"/> is false. Of several
    /// instances that start at once, one migrates and the others wait for it. If a migration fails, the application does not start.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Says which database and which migrations.</param>
    /// <exception cref="InvalidOperationException">It was called before: an application has one database here.</exception>
    public static IServiceCollection AddAlembic(this IServiceCollection services, Action<AlembicOptions> configure)
    {
        if (services.Any(service => service.ServiceType == typeof(ApplicationMigrations)))
            throw new InvalidOperationException(
                "AddAlembic was called twice. It migrates one database; migrate another one with 'new Migrator(database, migrations)'.");
        var options = new AlembicOptions();
        configure(options);
        services.AddSingleton(provider => new ApplicationMigrations(options, provider));
        if (options.MigratesOnStart)
            services.AddHostedService<MigratingService>();
        return services;
    }

    /// <summary>
    /// Adds a health check that tells whether the database is at head: healthy, or else with the names of the pending revisions.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">Its name. Default: <c>alembic</c>.</param>
    /// <param name="tags">Its tags, for example <c>ready</c>; or null.</param>
    public static IHealthChecksBuilder AddAlembic(this IHealthChecksBuilder builder, string name = "alembic",
        IEnumerable<string>? tags = null) =>
        builder.AddCheck<AtHeadHealthCheck>(name, tags: tags);
}
