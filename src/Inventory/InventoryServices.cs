using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Towpath.Tasks;

namespace Towpath.Inventory;

public static class InventoryServices
{
    /// <summary>
    /// Needs the tasks, serial jobs, an <see cref="IInventoryStore"/>, an <see cref="IScheduleStore"/>, an <see cref="IHistoryStore"/>, an
    /// <see cref="ILoadStore"/>, an <see cref="IDeviceReader"/>, a <see cref="TimeProvider"/> and data protection; takes
    /// <see cref="DeviceReach"/> when registered before, else port 161 and no map.
    /// </summary>
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.TryAddSingleton(new DeviceReach(161, []));
        services.AddSingleton<CurrentNetwork>();
        services.AddSingleton<Secrets>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<InterfaceLoads>();
        services.AddSingleton<Devices>();
        services.AddSingleton<IChangeListener, DeviceChanges>();
        services.AddSingleton<SnmpProperties>();
        services.AddSingleton<InventoryWork>();
        services.AddSingleton<HostHistory>();
        services.AddSingleton<IChangeListener, HistoryChanges>();
        services.AddSingleton<PastNetwork>();
        services.AddSingleton<HistoryJob>();
        services.AddSingleton<ISerialJob>(provider => provider.GetRequiredService<HistoryJob>());
        services.AddSingleton<ITaskHandler, AddDevices>();
        services.AddSingleton<ITaskHandler, SyncDevices>();
        services.AddSingleton<ITaskHandler, SyncDevice>();
        services.AddSingleton<ITaskHandler, RemoveDevice>();
        services.AddSingleton<ITaskHandler, SetDeviceRole>();
        services.AddSingleton<ITaskHandler, Configure>();
        services.AddSingleton<Webhooks>();
        services.AddSingleton<ISerialJob, WebhookJob>();
        services.AddSingleton<ITaskHandler, WebhookChanged>();
        services.AddSingleton<CollectionSchedule>();
        services.AddSingleton<ISerialJob, PulseJob>();
        services.AddSingleton<ISerialJob, ReadingJob>();
        services.AddSingleton<ISerialJob, ReadingLook>();
        services.AddHostedService<ScheduleStart>();
        return services;
    }
}
