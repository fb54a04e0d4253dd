using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;
using Towpath.Network;
using Towpath.Server;
using Towpath.Simulator;

namespace Towpath.Commands;

/// <summary><c>towpath demo</c>: a simulated campus and a controller for it, in one process, until Ctrl+C.</summary>
internal static class DemoCommand
{
    private const string Waiting = "the demo's discovery";

    private sealed record Answer(Serving Server, int SnmpPort, DiscoveryItem Discovery, FlowAnalysisResult Trace);

    public static Command Create()
    {
        Option<string> data = Arguments.Data("towpath-demo");
        Option<int> http = Arguments.Http();
        Option<int> https = Arguments.Https();
        Option<int> snmpPort =
            Arguments.SnmpPort(AgentHostOptions.DefaultPort, "The UDP port of the simulated agents; 0 takes any free one.");
        Option<SearchPace?> pace = Arguments.Pace();
        var map = new MapOption(MapOption.Campus);
        Option<string?> network = Arguments.Network();
        var command = new Command("demo", "Simulates a campus, discovers it, traces a path, and serves until Ctrl+C.") { data, http, https,
            snmpPort, map, pace, network };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments),
            SimulatedAgents.Describe(arguments.GetValue(network)),
            isCampus: arguments.GetValue(network) is null,
            new TowpathServerOptions
            {
                DataFolder = arguments.GetRequiredValue(data),
                HttpPort = arguments.GetValue(http),
                HttpsPort = arguments.GetValue(https),
                SnmpPort = arguments.GetValue(snmpPort),
                AddressMap = map.Of(arguments),
                Pace = arguments.GetValue(pace),
                AdminPassword = Administrator.PasswordFromEnvironment(),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, NetworkDescription network, bool isCampus, TowpathServerOptions options,
        CancellationToken cancellationToken)
    {
        if (options is { HttpPort: 0, HttpsPort: 0 }) throw new UsageException("--http 0 and --https 0 switch everything off. Keep one.");
        using DataFolder folder = DataFolder.Open(options.DataFolder); // first: a second demo is told of the first one, not of its ports
        var simulated = new SimulatedNetwork(network, TimeProvider.System);
        await using AgentHost agents = SimulatedAgents.Start(simulated.Devices, options.SnmpPort, [.. options.AddressMap]);
        await using RunningServer server = await TowpathServer.StartAsync(options with { SnmpPort = agents.Port }, folder,
            cancellationToken);
        server.Readiness.WaitFor(Waiting);
        Serving serving = Serving.Of(server, options);
        if (!screen.Json)
        {
            screen.Line($"Simulating {simulated.Devices.Length} devices of '{network.Name}': SNMP on 127.0.0.0/8, UDP port "
                + $"{agents.Port}, community public");
            serving.Describe(screen);
        }

        using TowpathClient client = await DemoLogin.LoginAsync(server, serving, cancellationToken);
        DemoTour tour = isCampus ? DemoTour.OfCampus : DemoTour.Of(network.Name, simulated.Devices);
        DiscoveryItem discovery = await tour.DiscoverAsync(screen, client, cancellationToken);
        server.Readiness.Done(Waiting);
        (string source, string destination) = await tour.PairAsync(client, cancellationToken);
        FlowAnalysisResult trace = await client.FlowAnalysis.TraceAsync(source, destination, null, null, TimeSpan.FromMilliseconds(20),
            cancellationToken);

        if (screen.Json) Screen.WriteJson(new Answer(serving, agents.Port, discovery, trace));
        else Show(screen, trace, serving);
        await server.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static void Show(Screen screen, FlowAnalysisResult trace, Serving serving)
    {
        screen.Line();
        screen.Line($"The path from {trace.Request.SourceIP} to {trace.Request.DestIP}:");
        screen.Line();
        foreach (string line in PathText.Lines(trace)) screen.Line(line);
        screen.Line();
        screen.Line("In a second terminal ('towpath' is 'dotnet run --project src/Towpath --' in a checkout):");
        if (DemoLogin.HowToUse(serving) is { } first) screen.Verbatim($"    {first}");
        screen.Verbatim("    towpath devices");
        screen.Verbatim($"    towpath trace {trace.Request.SourceIP} {trace.Request.DestIP} --stats");
        string at = $"{serving.Http ?? serving.Https}";
        screen.Line($"The page is at {at}, the API at {at}dna/intent/api/v1. Ctrl+C stops.");
    }
}
