using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>IF-MIB ifTable, ifXTable, ifStackTable (RFC 2863). Counters grow with what the flows carry, and a little besides.</summary>
internal static class InterfacesMib
{
    private const int OctetsPerPacket = 420;
    private static readonly ObjectIdentifier s_ifNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.2.1.0");
    private static readonly ObjectIdentifier s_ifEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1");
    private static readonly ObjectIdentifier s_ifXEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.31.1.1.1");
    private static readonly ObjectIdentifier s_ifStackEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.31.1.2.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        mib.Scalar(s_ifNumber, SnmpValue.Int(facts.Device.Interfaces.Length));
        foreach (InterfaceDescription i in facts.Device.Interfaces)
        {
            InterfaceLoad load = Load(facts, i);
            AddIfEntry(mib, facts, i, load);
            AddIfXEntry(mib, i, load);
        }
        AddStack(mib, facts);
    }

    private static void AddIfEntry(MibBuilder mib, AgentFacts facts, InterfaceDescription i, InterfaceLoad load)
    {
        mib.Row(s_ifEntry, (uint)i.Index)
            .Set(1, i.Index)
            .Set(2, i.Name)
            .Set(3, TypeOf(facts, i))
            .Set(4, i.IsLoopback ? 1514 : 1500)
            .Set(5, SnmpValue.Gauge32((uint)Math.Min(i.SpeedMbps * 1_000_000L, uint.MaxValue)))
            .Set(6, i.IsLoopback ? SnmpValue.Bytes() : SnmpValue.Bytes(i.Mac.ToOctets()))
            .Set(7, i.Shutdown ? 2 : 1)
            .Set(8, facts.IsUp(i) ? 1 : 2)
            .Set(9, SnmpValue.TimeTicks(4200))
            .Set(10, Count32(load.Input, 1))
            .Set(11, Count32(load.Input, OctetsPerPacket))
            .Set(13, SnmpValue.Counter32(0))
            .Set(14, SnmpValue.Counter32(0))
            .Set(15, SnmpValue.Counter32(0))
            .Set(16, Count32(load.Output, 1))
            .Set(17, Count32(load.Output, OctetsPerPacket))
            .Set(19, SnmpValue.Counter32(0))
            .Set(20, SnmpValue.Counter32(0))
            .Set(21, SnmpValue.Gauge32(0));
    }

    private static void AddIfXEntry(MibBuilder mib, InterfaceDescription i, InterfaceLoad load)
    {
        mib.Row(s_ifXEntry, (uint)i.Index)
            .Set(1, i.ShortName)
            .Set(2, SnmpValue.Counter32(0))
            .Set(3, SnmpValue.Counter32(0))
            .Set(4, SnmpValue.Counter32(0))
            .Set(5, SnmpValue.Counter32(0))
            .Set(6, Count64(load.Input, 1))
            .Set(7, Count64(load.Input, OctetsPerPacket))
            .Set(8, SnmpValue.Counter64(0))
            .Set(9, SnmpValue.Counter64(0))
            .Set(10, Count64(load.Output, 1))
            .Set(11, Count64(load.Output, OctetsPerPacket))
            .Set(12, SnmpValue.Counter64(0))
            .Set(13, SnmpValue.Counter64(0))
            .Set(14, 1)
            .Set(15, SnmpValue.Gauge32((uint)i.SpeedMbps))
            .Set(16, 2)
            .Set(17, i.IsPhysical ? 1 : 2)
            .Set(18, i.Description)
            .Set(19, SnmpValue.TimeTicks(0));
    }

    /// <summary>A controller's interfaces run on top of its ports; everything else stands alone: 0 above and 0 below.</summary>
    private static void AddStack(MibBuilder mib, AgentFacts facts)
    {
        (int Higher, int Lower)[] stack = facts.Device.Kind != DeviceKind.Wlc ? [] :
        [
            .. facts.Device.Interfaces.Where(i => i.Svi > 0)
                .SelectMany(svi => facts.Device.Interfaces.Where(port => port.IsPhysical && port.Vlans.Contains(svi.Svi))
                    .Select(port => (svi.Index, port.Index))),
        ];
        foreach ((int higher, int lower) in stack) Put(higher, lower);
        foreach (InterfaceDescription i in facts.Device.Interfaces)
        {
            if (stack.All(s => s.Lower != i.Index)) Put(0, i.Index);
            if (stack.All(s => s.Higher != i.Index)) Put(i.Index, 0);
        }

        void Put(int higher, int lower) => mib.Row(s_ifStackEntry, (uint)higher, (uint)lower).Set(3, 1);
    }

    /// <summary>
    /// ethernetCsmacd(6), softwareLoopback(24); SVIs are propVirtual(53) on Cisco's switches and l3ipvlan(136) on others.
    /// </summary>
    private static int TypeOf(AgentFacts facts, InterfaceDescription i) =>
        i.IsPhysical ? 6 : i.IsLoopback ? 24 : facts.Device.Mibs.Bridge.Contains("qBridge") ? 136 : 53;

    private static InterfaceLoad Load(AgentFacts facts, InterfaceDescription i)
    {
        if (!facts.IsUp(i)) return default;
        InterfaceLoad flows = facts.Learned.LoadOf(facts.Node, i);
        int noise = i.IsPhysical ? 40 + i.Index * 7 % 60 : 0;
        return new InterfaceLoad(flows.Input + noise, flows.Output + noise + (i.IsPhysical ? 12 : 0));
    }

    private static MovingValue Count32(long perSecond, int divisor) =>
        uptime => SnmpValue.Counter32((uint)Count(perSecond, divisor, uptime));

    private static MovingValue Count64(long perSecond, int divisor) =>
        uptime => SnmpValue.Counter64((ulong)Count(perSecond, divisor, uptime));

    private static long Count(long perSecond, int divisor, TimeSpan uptime) =>
        (long)((decimal)perSecond * uptime.Ticks / TimeSpan.TicksPerSecond / divisor);
}
