using System.CommandLine;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;

namespace Towpath.Commands;

/// <summary><c>towpath simulate</c>: SNMP agents on loopback, until Ctrl+C.</summary>
internal static class SimulateCommand
{
    private sealed record Agent(string Name, IReadOnlyList<string> Addresses);

    private sealed record Answer(int Port, IReadOnlyList<Agent> Devices);

    public static Command Create()
    {
        Option<string?> network = Arguments.Network();
        var walks = new Option<string?>("--walks") { Description =
            "A folder of recorded walks (snmpwalk -On, snmprec; also .gz) to serve instead.", HelpName = "DIR" };
        var count = new Option<int?>("--devices") { Description =
            $"Serve a generated network of N devices instead, {GeneratedNetwork.FewestDevices} to {GeneratedNetwork.MostDevices}.",
            HelpName = "N" };
        var seed = new Option<ulong>("--seed") { Description = "Which generated network: the same numbers give the same one.",
            HelpName = "S", DefaultValueFactory = _ => 1 };
        Option<int> port = Arguments.SnmpPort(AgentHostOptions.DefaultPort, "The UDP port of all agents; 0 takes any free one.");
        var map = new MapOption(MapOption.Campus);
        var command = new Command("simulate", "Serves simulated devices by SNMP on loopback, until Ctrl+C.") { network, walks, count, seed,
            port, map };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments),
            arguments.GetValue(count) is { } devices
                ? SimulatedAgents.Generated(devices, arguments.GetValue(seed), arguments.GetValue(network) ?? arguments.GetValue(walks))
                : SimulatedAgents.Devices(arguments.GetValue(network), arguments.GetValue(walks)),
            arguments.GetValue(port),
            // Recorded addresses are of any kind: all of them become loopback ones, unless it is said how.
            arguments.GetValue(walks) is not null && arguments.GetResult(map) is null or { Implicit: true }
                ? [MapOption.Everything] : map.Of(arguments),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Screen screen, IReadOnlyList<SimulatedDevice> devices, int port, (Prefix From, Prefix To)[] map,
        CancellationToken cancellationToken)
    {
        await using AgentHost agents = SimulatedAgents.Start(devices, port, map);
        SayUnread(screen, [.. devices.SelectMany(device => device.Unread)]);
        if (screen.Json)
        {
            Screen.WriteJson(new Answer(agents.Port,
                [.. devices.Select(device => new Agent(device.Name, [.. device.Addresses.Select(address => address.ToString())]))]));
        }
        else
        {
            screen.Table(["DEVICE", "ADDRESSES"],
                devices.Select(IReadOnlyList<string?> (device) => [device.Name, string.Join(' ', device.Addresses)]));
            screen.Line($"{devices.Count} devices answer on {agents.AddressCount} addresses of 127.0.0.0/8, UDP port "
                + $"{agents.Port}: v2c community public.");
            SnmpCredential.V3 user = AgentHostOptions.DemoUser;
            screen.Line($"Or v3: user {user.User}, {user.Auth} with {user.AuthPassword}, {user.Priv} with "
                + $"{user.PrivPassword}. Ctrl+C stops.");
        }
        var stopped = new TaskCompletionSource();
        await using (cancellationToken.Register(() => stopped.SetResult())) await stopped.Task;
        return ExitCode.Done;
    }

    private static void SayUnread(Screen screen, string[] unread)
    {
        const int MostShown = 10;
        foreach (string entry in unread.Take(MostShown)) screen.Say($"Not served: {entry}.");
        if (unread.Length > MostShown) screen.Say($"Not served: {unread.Length - MostShown} more entries of the recordings.");
    }
}
