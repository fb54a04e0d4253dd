namespace Towpath.Simulator;

/// <summary>All that an agent's tables are made from.</summary>
internal sealed record AgentFacts(RunningNetwork Network, Learned Learned, Node Node)
{
    public DeviceDescription Device => Node.Device!;

    public HardwareDescription Hardware => Device.Hardware;

    public bool IsUp(InterfaceDescription i) => i.IsPhysical
        ? Node.Ports.First(p => p.Interface == i).Up
        : Node.Stations.First(s => s.Interface == i).Up;

    /// <summary>Switch ports, in the order of their numbers.</summary>
    public IEnumerable<Port> BridgePorts => Node.Ports.Where(p => Device.Bridges && !p.Interface.IsRouted);
}
