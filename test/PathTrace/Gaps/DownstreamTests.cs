using Towpath.Network;
using Towpath.Network.Tests;

namespace Towpath.PathTrace.Tests;

/// <summary>Whether a packet that one router has sent can come to another one, by what both have for its destination.</summary>
public sealed class DownstreamTests
{
    private const string Source = "10.1.0.50", Destination = "10.9.0.50", Unmanaged = "172.16.0.9";

    private readonly NetworkBuilder _network = new();
    private readonly DeviceBuilder _near, _far;

    public DownstreamTests()
    {
        _near = _network.Device("near", "192.0.2.1").Address("Lo0", "192.0.2.1/32");
        _far = _network.Device("far", "192.0.2.2").Address("Lo0", "192.0.2.2/32");
    }

    [Theory]
    [InlineData(20, 10, true)]
    [InlineData(10, 20, false)]
    [InlineData(10, 10, false)]
    [InlineData(0, 0, false)] // told, and equal
    [InlineData(-1, 10, true)] // not told
    [InlineData(10, -1, true)]
    public void The_metric_of_a_prefix_falls_along_a_path(int near, int far, bool possible)
    {
        _near.Route("10.9.0.0/16", Unmanaged, "Gi1", metric: near);
        _far.Route("10.9.0.0/16", Unmanaged, "Gi1", metric: far);
        Assert.Equal(possible, Possible());
    }

    [Fact]
    public void Where_the_two_do_not_compare_nothing_speaks_against_it()
    {
        _far.Route("10.9.0.0/16", Unmanaged, "Gi1", metric: 20);
        Assert.True(Possible()); // the near one has no route
        _near.Route("10.0.0.0/8", Unmanaged, "Gi1", metric: 10);
        Assert.True(Possible()); // it has another prefix
        _near.Route("10.9.0.0/16", Unmanaged, "Gi1", RouteProtocol.Bgp, 10);
        Assert.True(Possible()); // it has another protocol's
    }

    /// <summary>An external metric stays the same on the way.</summary>
    [Theory]
    [InlineData(false, false, false, false)]
    [InlineData(false, true, false, true)]
    [InlineData(false, true, true, false)] // one of its ways back is through somebody managed
    [InlineData(true, true, false, false)] // side by side
    public void With_equal_metrics_the_one_is_behind_the_gap_that_answers_through_it(bool near, bool far, bool alsoManaged, bool possible)
    {
        _near.Route("10.9.0.0/16", Unmanaged, "Gi1");
        _far.Route("10.9.0.0/16", Unmanaged, "Gi1");
        if (near) _near.Route("10.1.0.0/16", Unmanaged, "Gi1");
        if (far) _far.Route("10.1.0.0/16", Unmanaged, "Gi1");
        if (alsoManaged) _far.Route("10.1.0.0/16", "192.0.2.1", "Gi2");
        Assert.Equal(possible, Possible());
    }

    private bool Possible()
    {
        NetworkSnapshot network = _network.Build();
        return Downstream.Possible(network, (_near.Build().Id, default), (_far.Build().Id, default),
            new Packet(Ipv4Address.Parse(Source), Ipv4Address.Parse(Destination), null, null));
    }
}
