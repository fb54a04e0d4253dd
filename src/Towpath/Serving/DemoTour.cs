using Towpath.Client;
using Towpath.Contracts;
using Towpath.Simulator;

namespace Towpath.Commands;

/// <summary>What the demo shows of a network, all through the API: a discovery that a later demo finds by its name, and one path.</summary>
internal sealed class DemoTour
{
    private readonly DiscoveryInput _discovery;
    private readonly (string Source, string Destination)? _pair;

    private DemoTour(DiscoveryInput discovery, (string, string)? pair)
    {
        _discovery = discovery with { SnmpVersion = "v2", SnmpROCommunity = "public", Timeout = 2, Retry = 1 };
        _pair = pair;
    }

    /// <summary>
    /// Three places to start from: an access switch of the campus; a distribution switch that speaks no CDP; and a switch of the branch,
    /// since nothing announces itself through the provider's network.
    /// </summary>
    public static DemoTour OfCampus { get; } = new(
        new DiscoveryInput { Name = "demo campus", DiscoveryType = "CDP", IpAddressList = "10.1.12.1,10.255.1.6,10.2.1.17" },
        ("10.1.15.117", "10.2.1.22"));

    /// <summary>Nothing is known of any other network but its devices' addresses.</summary>
    public static DemoTour Of(string network, IEnumerable<SimulatedDevice> devices) => new(
        new DiscoveryInput
        {
            Name = $"demo network {network}",
            DiscoveryType = "Multi Range",
            IpAddressList = string.Join(',', devices.Where(device => device.Addresses.Length > 0).Select(device => device.Addresses[0])),
            PreferredMgmtIPMethod = "UseLoopBack",
        },
        null);

    public async Task<DiscoveryItem> DiscoverAsync(Screen screen, TowpathClient client, CancellationToken cancellationToken)
    {
        string id;
        if (await client.Discovery.FindDiscoveryAsync(_discovery.Name!, cancellationToken) is { Id: { } known })
        {
            id = known;
            await client.Tasks.WaitForTaskCompleteAsync(await client.Discovery.StartDiscoveryAsync(id, cancellationToken),
                cancellationToken: cancellationToken);
        }
        else
        {
            TaskReference task = await client.Discovery.CreateDiscoveryAsync(_discovery, cancellationToken);
            id = (await client.Tasks.WaitForTaskCompleteAsync(task, cancellationToken: cancellationToken)).Progress!;
        }
        return await Waiting.ForDiscoveryAsync(screen, client, id, _discovery.Name!, null, cancellationToken);
    }

    /// <summary>Which path to show: the given one, else between the first and the last host that are known.</summary>
    /// <exception cref="UsageException">There are not two hosts.</exception>
    public async Task<(string Source, string Destination)> PairAsync(TowpathClient client, CancellationToken cancellationToken)
    {
        if (_pair is { } given) return given;
        string[] hosts = [.. (await client.Hosts.GetHostsAsync(null, cancellationToken).ToListAsync(cancellationToken))
            .Select(host => host.HostIp).OfType<string>()];
        return hosts.Length >= 2
            ? (hosts[0], hosts[^1])
            : throw new UsageException(
                $"'{_discovery.Name}' found {hosts.Length} hosts; a path is shown between two. Describe hosts that talk to each other.");
    }
}
