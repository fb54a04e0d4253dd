using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Scale.Bench;

/// <summary>Devices that need 4.9 s of a timeout of 5 s for each answer, and quick ones behind them, in one discovery.</summary>
internal static class SlowOnes
{
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(4.9);

    public static async Task MeasureAsync(int slow, int quick)
    {
        // Addresses are asked in their order.
        Ipv4Address[] slowOnes = [.. Enumerable.Range(0, slow).Select(number => Address(10, 100 + number / 100, 1 + number % 100))];
        Ipv4Address[] quickOnes = [.. Enumerable.Range(0, quick).Select(number => Address(20, number / 100, 101 + number % 100))];
        await using var agents = new DelayedAgents();
        foreach (Ipv4Address address in slowOnes) agents.Add(address, s_delay);
        foreach (Ipv4Address address in quickOnes) agents.Add(address, TimeSpan.Zero);
        await using Controller controller = await Controller.StartAsync(agents.Port);
        var network = controller.Services.GetRequiredService<CurrentNetwork>();

        var clock = Stopwatch.StartNew();
        await controller.StartAsync("slow", slowOnes.Concat(quickOnes));
        double first = 0;
        int found;
        while ((found = network.Snapshot.Devices.Length) < quick && clock.Elapsed < TimeSpan.FromMinutes(1))
        {
            if (first == 0 && found > 0) first = clock.Elapsed.TotalSeconds;
            await Task.Delay(50);
        }
        SnmpEngineStatistics statistics = controller.Services.GetRequiredService<SnmpEngine>().Statistics;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{found} devices stored {clock.Elapsed.TotalSeconds:0.0} s after the discovery was asked for (the first after {first:0.0} s), {network.Snapshot.Devices.Count(device => quickOnes.Contains(device.ManagementAddress))} of the {quick} quick ones behind {slow} slow ones; {statistics.Sent} requests ({statistics.Retransmissions} sent again), {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
    }

    private static Ipv4Address Address(int second, int third, int fourth) =>
        Ipv4Address.Parse(string.Create(CultureInfo.InvariantCulture, $"10.{second}.{third}.{fourth}"));
}
