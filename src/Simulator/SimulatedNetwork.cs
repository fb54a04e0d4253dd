using System.Collections.Immutable;
using System.Globalization;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// The agents of a described network: what each would answer if its flows ran and its protocols had settled, computed once from the
/// description. Counters, CPU load and sysUpTime move with <paramref name="time"/>.
/// </summary>
public sealed class SimulatedNetwork(NetworkDescription description, TimeProvider time)
{
    /// <summary>Every device with an agent, in the order of the description.</summary>
    public ImmutableArray<SimulatedDevice> Devices { get; } = Build(description, time);

    private static ImmutableArray<SimulatedDevice> Build(NetworkDescription description, TimeProvider time)
    {
        var network = new RunningNetwork(description);
        var learned = new Learned(new Traffic(network));
        long started = time.GetTimestamp();
        return [.. network.Nodes.Where(n => n.Device is { Hidden: false })
            .Select(node => Device(new AgentFacts(network, learned, node), started, time))];
    }

    private static SimulatedDevice Device(AgentFacts facts, long started, TimeProvider time)
    {
        TimeSpan before = TimeSpan.FromHours(facts.Hardware.UptimeHours);
        Dictionary<string, IMibView> contexts = Contexts(facts, () => before + time.GetElapsedTime(started));
        ImmutableArray<Ipv4Address> addresses = [.. facts.Device.Interfaces.Where(i => !i.Shutdown).SelectMany(i => i.Addresses)
            .Select(a => a.Address)];
        return new SimulatedDevice(facts.Device.Name, addresses, contexts.GetValueOrDefault);
    }

    private static Dictionary<string, IMibView> Contexts(AgentFacts facts, Func<TimeSpan> uptime)
    {
        var mib = new MibBuilder();
        SystemMib.Add(mib, facts);
        InterfacesMib.Add(mib, facts);
        AddressesMib.Add(mib, facts);
        RoutesMib.Add(mib, facts);
        ArpMib.Add(mib, facts);
        LldpMib.Add(mib, facts);
        CdpMib.Add(mib, facts);
        EntityMib.Add(mib, facts);
        LoadMib.Add(mib, facts);
        WirelessMib.Add(mib, facts);
        NetflowMib.Add(mib, facts);
        if (facts.Device.Mibs.Bridge.Contains("qBridge"))
        {
            QBridgeMib.Add(mib, facts);
            BridgeMib.AddWhole(mib, facts);
        }
        bool perVlan = facts.Device.Mibs.Bridge.Contains("vlanContexts");
        if (perVlan) VtpMib.Add(mib, facts);

        IMibView whole = mib.Build(uptime);
        var contexts = new Dictionary<string, IMibView> { [""] = whole };
        if (!perVlan) return contexts;
        foreach (Vlan vlan in facts.Device.Vlans)
        {
            var bridge = new MibBuilder();
            BridgeMib.AddVlan(bridge, facts, vlan.Id.Value);
            contexts[string.Create(CultureInfo.InvariantCulture, $"vlan-{vlan.Id.Value}")] = new LayeredMibView(bridge.Build(uptime),
                whole);
        }
        // Without a context such a switch shows VLAN 1, unless it has all VLANs in one.
        if (!facts.Device.Mibs.Bridge.Contains("qBridge")) contexts[""] = contexts["vlan-1"];
        return contexts;
    }
}
