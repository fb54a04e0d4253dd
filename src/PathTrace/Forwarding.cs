using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>Knows what each kind of stop does with a packet: the steps of a trace, put together.</summary>
internal sealed class Forwarding
{
    private readonly HostStep _host;
    private readonly AccessPointStep _accessPoint;
    private readonly ControllerStep _controller;
    private readonly Switching _switching;
    private readonly RoutingStep _routing;
    private readonly GapStep _gap;

    /// <param name="resumes">False: a way ends where it leaves what is managed.</param>
    public Forwarding(NetworkSnapshot network, Flow flow, Facts facts, Ports ports, Gates gates, bool resumes = true)
    {
        var firstHop = new FirstHop(network, facts, flow);
        var wayOut = new WayOut(network, facts);
        var arrival = new Arrival(network, ports);
        var unseenSwitch = new UnseenSwitch(network, facts);
        var crossing = new Crossing(network, facts, ports, gates, arrival, unseenSwitch);
        _host = new HostStep(network, facts, arrival, firstHop, unseenSwitch);
        _accessPoint = new AccessPointStep(network, facts, arrival, firstHop, unseenSwitch);
        _controller = new ControllerStep(network, facts, ports, crossing, firstHop);
        _switching = new Switching(network, facts, ports, crossing, new Vxlan(network, facts, ports, outer => _routing!.Next(outer)));
        _routing = new RoutingStep(network, facts, ports, gates, _switching, crossing, firstHop, _controller, new Overlays(network, facts),
            wayOut);
        _gap = new GapStep(network, flow, facts, ports, new WayIn(network, facts, ports, arrival), wayOut, resumes);
    }

    public IEnumerable<Move> Next(Stop stop, IReadOnlyList<DeviceId> passed) => stop switch
    {
        Stop.OfHost host => _host.Next(host),
        Stop.OfAccessPoint accessPoint => _accessPoint.Next(accessPoint),
        Stop.OfController controller => _controller.Next(controller),
        Stop.Bridging bridge =>
            [_switching.Forward(bridge.Device, bridge.Frame, bridge.Ingress?.Port ?? default, null, new Draft("Switched"))],
        Stop.Routing router => _routing.Next(router),
        Stop.Gap gap => _gap.Next(gap, passed),
        _ => throw new InvalidOperationException($"No step for {stop.GetType().Name}."),
    };
}
