using Towpath.Network;
using Towpath.PathTrace;
using Towpath.PathTrace.Tests;

namespace Towpath.FlowAnalysis.Tests;

/// <summary>An answer is kept for each trace, so its size is the size of the database.</summary>
public sealed class StoredSizeTests(CollectedCampus campus) : IClassFixture<CollectedCampus>
{
    private const int MostOctets = 8 * 1024;

    [Fact]
    public void The_answer_between_any_two_hosts_of_the_campus_takes_8_KiB_at_most()
    {
        var tracer = new PathTracer(campus.Network);
        var sizes = new List<int>();
        foreach (string source in campus.Hosts)
            foreach (string destination in campus.Hosts.Where(other => other != source))
            {
                Trace trace = tracer.Run(new Flow(Ipv4Address.Parse(source), Ipv4Address.Parse(destination)));
                sizes.Add(StoredTrace.Encode(Labelled(trace)).Length);
            }

        sizes.Sort();
        Assert.Equal(campus.Hosts.Count * (campus.Hosts.Count - 1), sizes.Count);
        Assert.True(sizes[^1] <= MostOctets, $"{sizes[^1]} octets at most, {sizes[sizes.Count / 2]} mostly, of {sizes.Count} answers");
    }

    /// <summary>With words as long as the inventory's longest.</summary>
    private static TracedFlow Labelled(Trace trace) => new(trace,
        [.. trace.Nodes.Select(node => node.Device).OfType<DeviceId>().Distinct()
            .Select(device => new DeviceLabel(device, "Switches and Hubs", "BORDER ROUTER"))]);
}
