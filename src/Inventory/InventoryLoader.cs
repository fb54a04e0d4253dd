using Microsoft.Extensions.Hosting;

namespace Towpath.Inventory;

/// <summary>Loads the inventory before any other service of the process starts: adopted tasks want to see the network as it was.</summary>
internal sealed class InventoryLoader(Devices devices) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => devices.LoadAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
