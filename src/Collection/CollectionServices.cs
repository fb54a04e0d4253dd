using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Towpath.Collection;

public static class CollectionServices
{
    /// <summary>
    /// Adds <see cref="DeviceCollector"/> and <see cref="StatisticsReader"/>; they need a <see cref="TimeProvider"/>, by default the
    /// system's.
    /// </summary>
    public static IServiceCollection AddCollection(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DeviceCollector>();
        services.TryAddSingleton<StatisticsReader>();
        return services;
    }
}
