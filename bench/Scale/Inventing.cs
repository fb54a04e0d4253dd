using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Scale.Bench;

/// <summary>
/// How much devices that invent rows slow others: a generated network is discovered alone, beside a discovery of them, and among them in
/// one discovery, all in one run. They live in a process of their own, whose time on the processor is told: on one machine, others lack it.
/// </summary>
internal static class Inventing
{
    private const int Rounds = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <param name="kinds">In how many kinds those that invent come.</param>
    public static async Task MeasureAsync(int good, int inventing, TimeSpan delay, int kinds)
    {
        await using Simulator simulator = await Simulator.StartAsync(good);
        using Process inventors = Start(simulator.Port, inventing, delay, kinds);
        try
        {
            await inventors.StandardOutput.ReadLineAsync();
            await using Controller controller = await Controller.StartAsync(simulator.Port);
            Ipv4Address[] others = [.. Addresses(inventing)];
            await DiscoverAsync(controller, simulator.Addresses, []); // everything is compiled, and the devices are known
            List<(double Beside, double Among)> slowed = [];
            for (int round = 0; round < Rounds; round++)
            {
                double alone = await MeasureAsync("alone", []);
                string invented = await controller.StartAsync("inventing", others);
                await Task.Delay(TimeSpan.FromSeconds(1));
                double beside = await MeasureAsync("beside them", []);
                await controller.DeleteDiscoveryAsync(invented);
                double among = await MeasureAsync("among them", others);
                slowed.Add((beside / alone, among / alone));
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{good} devices take {Median(slowed.Select(one => one.Beside)):0.00} of their time beside {inventing} that invent rows, {Median(slowed.Select(one => one.Among)):0.00} among them (medians of {Rounds} rounds)"));

            async Task<double> MeasureAsync(string name, Ipv4Address[] among)
            {
                (TimeSpan own, TimeSpan theirs, TimeSpan simulated, long sent) = (Own(), Theirs(), simulator.Processor, Sent(controller));
                double seconds = await DiscoverAsync(controller, simulator.Addresses, among);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name}: {seconds:0.00} s, {Sent(controller) - sent} requests; processor {(Own() - own).TotalSeconds:0.00} s here, {(simulator.Processor - simulated).TotalSeconds:0.00} s in the simulator, {(Theirs() - theirs).TotalSeconds:0.00} s in those that invent"));
                return seconds;
            }
        }
        finally
        {
            inventors.Kill();
        }

        TimeSpan Theirs()
        {
            inventors.Refresh();
            return inventors.TotalProcessorTime;
        }
    }

    /// <summary>The process of those that invent; ends when it is killed.</summary>
    public static async Task ServeAsync(int port, int count, TimeSpan delay, int kinds)
    {
        await using var agents = new DelayedAgents(port);
        foreach ((int number, Ipv4Address address) in Addresses(count).Index()) agents.Add(address, delay, invents: true, number % kinds);
        Console.WriteLine("ready");
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Seconds until all good ones are stored.</summary>
    private static async Task<double> DiscoverAsync(Controller controller, Ipv4Address[] good, IEnumerable<Ipv4Address> others)
    {
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        var clock = Stopwatch.StartNew();
        string discovery = await controller.StartAsync($"{start:O}", good.Concat(others));
        Devices devices = controller.Services.GetRequiredService<Devices>();
        while (good.Where(address => !IsStored(address)).ToArray() is { Length: > 0 } missing)
        {
            if (clock.Elapsed > s_patience)
                throw new InvalidOperationException(
                    $"{missing.Length} of {good.Length} devices are not stored yet, {missing[0]} the first.");
            await Task.Delay(20);
        }
        double seconds = clock.Elapsed.TotalSeconds;
        await controller.DeleteDiscoveryAsync(discovery);
        return seconds;

        bool IsStored(Ipv4Address address) =>
            devices.ManagedAt(address) is { } id && devices.Find(id) is { } device && device.CollectedAt >= start;
    }

    private static Process Start(int port, int count, TimeSpan delay, int kinds)
    {
        string[] arguments =
            [typeof(Inventing).Assembly.Location, "inventors", $"{port}", $"{count}", $"{delay.TotalMilliseconds:0}", $"{kinds}"];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("dotnet did not start.");
    }

    /// <summary>Behind the core routers, and before all others: addresses are asked in their order.</summary>
    private static IEnumerable<Ipv4Address> Addresses(int count) => Enumerable.Range(0, count)
        .Select(number => Ipv4Address.Parse(string.Create(CultureInfo.InvariantCulture, $"10.0.{200 + number / 200}.{1 + number % 200}")));

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static long Sent(Controller controller) => controller.Services.GetRequiredService<SnmpEngine>().Statistics.Sent;

    private static TimeSpan Own() => Process.GetCurrentProcess().TotalProcessorTime;
}
