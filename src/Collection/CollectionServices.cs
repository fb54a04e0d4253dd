using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Towpath.Snmp;

namespace Towpath.Collection;

public static class CollectionServices
{
    /// <summary>
    /// Adds <see cref="DeviceCollector"/>, <see cref="StatisticsReader"/> and <see cref="LiveReader"/>. They need an
    /// <see cref="SnmpEngine"/>, and a <see cref="TimeProvider"/>, by default the system's.
    /// </summary>
    public static IServiceCollection AddCollection(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SnmpAccess(provider.GetRequiredService<SnmpEngine>().Open));
        services.TryAddSingleton<DeviceCollector>();
        services.TryAddSingleton<StatisticsReader>();
        services.TryAddSingleton<LiveReader>();
        return services;
    }
}
