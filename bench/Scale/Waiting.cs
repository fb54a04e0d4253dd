using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Scale.Bench;

/// <summary>
/// What clients feel of 500 devices that are read for 10 s each, and of the indexes of all devices being made: polls and traces.
/// </summary>
internal static class Waiting
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(8);

    public static async Task MeasureAsync(int count)
    {
        await using Simulator simulator = await Simulator.StartAsync(count);
        var reader = new SlowReader();
        await using Controller controller = await Controller.StartAsync(
            simulator.Port, services => services.AddSingleton<IDeviceReader>(reader));
        await controller.DiscoverAsync("all", simulator.Addresses);
        var devices = controller.Services.GetRequiredService<Devices>();
        InventoryView view = devices.View;
        foreach (InventoryDevice device in view.Devices) reader.Answers[device.ManagementAddress] = device.Source.Snapshot;
        (string source, string destination) = ($"{view.Network.Hosts[0].Address}", $"{view.Network.Hosts[^1].Address}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{view.Devices.Length} devices, {view.Network.Hosts.Length} hosts"));
        await MeasureAsync("warm-up", Task.Delay(s_length));
        await MeasureAsync("idle", Task.Delay(s_length));
        await controller.SyncAsync(view.Devices.Take(500).Select(device => device.Id));
        await MeasureAsync("500 devices are read, 10 s each", Task.Delay(s_length));
        await MeasureAsync("indexes are made", RebuildAsync(devices, view.Devices[0]));

        async Task MeasureAsync(string name, Task until)
        {
            (List<double> polls, List<double> traces) = ([], []);
            string task = await controller.TraceAsync(source, destination);
            while (!until.IsCompleted)
            {
                long start = Stopwatch.GetTimestamp();
                await controller.PollAsync(task);
                polls.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (polls.Count % 20 != 0) continue;
                start = Stopwatch.GetTimestamp();
                await controller.TraceAsync(source, destination);
                traces.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            polls.Sort();
            traces.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {polls.Count} polls {polls[polls.Count / 2]:0.00} ms, p99 {polls[polls.Count * 99 / 100]:0.0} ms; " +
                $"{traces.Count} traces ended after {traces[traces.Count / 2]:0.0} ms, {traces[^1]:0.0} ms at most"));
        }
    }

    /// <summary>Three times, each after a change of one device's facts.</summary>
    private static async Task RebuildAsync(Devices devices, InventoryDevice device)
    {
        var access = new AccessSettings(new DeviceCredential.SnmpV2c("public"));
        for (int change = 0; change < 3; change++)
        {
            DeviceIdentity moved = device.Source.Snapshot.Identity with { SysLocation = $"place {change}" };
            DeviceSnapshot facts = device.Source.Snapshot with { Identity = moved };
            await devices.SaveAsync([new CollectedDevice(device.ManagementAddress, facts, access)], CancellationToken.None);
            long start = Stopwatch.GetTimestamp();
            await devices.UpToDateAsync(CancellationToken.None);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  indexes made in {seconds:0.0} s"));
        }
    }

    /// <summary>Each device tells what it told before, after 10 s.</summary>
    private sealed class SlowReader : IDeviceReader
    {
        public Dictionary<Ipv4Address, DeviceSnapshot> Answers { get; } = [];

        public TimeSpan Longest => TimeSpan.FromMinutes(15);

        public Task<DeviceAnswer> ReadAgainAsync(DeviceAccess access, DeviceSnapshot known, IReadOnlySet<CollectionTier> tiers,
            TimeSpan? usual, CancellationToken cancellationToken) => ReadAsync(access, cancellationToken);

        public Task<Pulse> PulseAsync(DeviceAccess access, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is scheduled here.");

        public async Task<DeviceAnswer> ReadAsync(DeviceAccess access, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
            return new DeviceAnswer(Answers[access.Address], null);
        }
    }
}
