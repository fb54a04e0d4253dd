using Microsoft.Extensions.Logging;
using Towpath.Client;
using Towpath.Contracts;
using Towpath.Network;
using Towpath.Server;

namespace Towpath.Accuracy;

/// <summary>The product as its users have it: the whole server, spoken to by the SDK.</summary>
internal sealed class Controller : IAsyncDisposable
{
    private const string Password = "accuracy-of-the-lab-1";
    private readonly DirectoryInfo _data;
    private readonly RunningServer _server;
    private readonly TowpathClient _client;

    private Controller(string name, DirectoryInfo data, RunningServer server, TowpathClient client) =>
        (Name, _data, _server, _client) = (name, data, server, client);

    /// <summary>How it discovered the network.</summary>
    public string Name { get; }

    public static async Task<Controller> StartAsync(string name, CancellationToken cancellationToken)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("towpath-accuracy-");
        var options = new TowpathServerOptions
        {
            DataFolder = data.FullName, HttpPort = -1, HttpsPort = 0, AdminPassword = Password, LogLevel = LogLevel.Error,
                Pace = SearchPace.Unlimited,
        };
        RunningServer server = await TowpathServer.StartAsync(options, cancellationToken);
        TowpathClient client =
            await TowpathClient.LoginAsync(new ClientSettings { Url = server.HttpUrl!, Username = "admin", Password = Password },
            cancellationToken);
        // Devices are asked when the lab says so: the tables are meant to be older than the packets.
        TaskReference off = await client.Devices.SetCollectionScheduleAsync(null, 0, cancellationToken);
        await client.Tasks.WaitForTaskCompleteAsync(off, s_patience, cancellationToken: cancellationToken);
        return new Controller(name, data, server, client);
    }

    // The guest kernel has one slow processor.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Returns when the discovery has ended.</summary>
    public async Task DiscoverAsync(DiscoveryInput input, CancellationToken cancellationToken)
    {
        TaskItem created = await _client.Tasks.WaitForTaskCompleteAsync(await _client.Discovery.CreateDiscoveryAsync(input,
            cancellationToken), s_patience, cancellationToken: cancellationToken);
        string id = created.Progress ?? throw new InvalidDataException($"Task {created.Id} names no discovery.");
        DiscoveryItem ended = await _client.Discovery.WaitForDiscoveryCompleteAsync(id, s_patience, cancellationToken: cancellationToken);
        if (ended.DiscoveryCondition != "Complete")
            throw new InvalidOperationException($"The discovery of {input.IpAddressList} ended as {ended.DiscoveryCondition}.");
    }

    /// <summary>The names of the devices of which every table was read that they show.</summary>
    public async Task<IReadOnlyList<string>> DevicesAsync(LabTopology topology, CancellationToken cancellationToken) =>
        await _client.Devices.GetDevicesAsync(cancellationToken: cancellationToken)
            .Where(device => device.CollectionStatus == "Managed" || topology.Hides(device.Hostname ?? ""))
            .Select(device => device.Hostname ?? "?").ToListAsync(cancellationToken);

    /// <summary>What kept it from reading an address that answered, one line each.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        List<string> problems = [];
        await foreach (DiscoveryItem discovery in _client.Discovery.GetDiscoveriesAsync(cancellationToken))
        {
            await foreach (DiscoveryJob job in _client.Discovery.GetJobsAsync(discovery.Id!, cancellationToken))
            {
                if (job.SnmpStatus != "SUCCESS")
                    problems.Add($"{job.IpAddress} {job.Name}: {job.SnmpStatus} {string.Join(" ", job.AttributeInfo?.Values ?? [])}");
            }
        }
        return problems;
    }

    /// <param name="verify">The devices on the path are asked again before the answer.</param>
    public async Task<LabTrace> TraceAsync(LabFlow flow, LabTopology topology, bool verify, CancellationToken cancellationToken)
    {
        var options = new FlowAnalysisOptions { Protocol = flow.Protocol.ToUpperInvariant(), SourcePort = flow.SourcePort,
            DestPort = flow.Port, Verify = verify };
        FlowAnalysisReference analysis = await _client.FlowAnalysis.InitiateFlowAnalysisAsync(topology.AddressOf(flow.From), flow.To,
            options, cancellationToken);
        try
        {
            await _client.Tasks.WaitForTaskCompleteAsync(analysis, pollFrequency: TimeSpan.FromMilliseconds(10),
                cancellationToken: cancellationToken);
        }
        catch (TaskFailedException)
        {
            // A path that ends on the way is a failed analysis; what it found is there all the same.
        }
        FlowAnalysisResult result = await _client.FlowAnalysis.GetFlowAnalysisAsync(analysis.FlowAnalysisId, cancellationToken);
        return result.PathGraph is { } graph ? Traces.Of(graph, topology) : LabTrace.None(result.Request.FailureReason ?? "no path");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
