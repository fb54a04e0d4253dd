using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Towpath.Inventory;

public static class InventoryServices
{
    /// <summary>
    /// Needs an <see cref="IInventoryStore"/>, an <see cref="Tasks.IWriter"/>, a <see cref="TimeProvider"/> and data protection; takes
    /// <see cref="SnmpReach"/> when registered, else port 161 and no map.
    /// </summary>
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.TryAddSingleton(new SnmpReach(161, []));
        services.AddSingleton<CurrentNetwork>();
        services.AddSingleton<Secrets>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<Devices>();
        services.AddSingleton<SnmpProperties>();
        return services;
    }
}
