using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>CISCO-NETFLOW-MIB cnfTopFlowsTable: the biggest flows that this device really forwarded.</summary>
internal static class NetflowMib
{
    private const int OctetsPerPacket = 420;

    /// <summary>A record counts at most this long, as an active cache entry would.</summary>
    private const int ActiveSeconds = 1800;

    private static readonly ObjectIdentifier s_topFlows = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.387.1.7");
    private static readonly ObjectIdentifier s_topFlowsEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.387.1.7.8.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        if (facts.Device.TopTalkers == 0) return;
        mib.Scalar(s_topFlows.Append(1, 0), SnmpValue.Int(facts.Device.TopTalkers));
        mib.Scalar(s_topFlows.Append(2, 0), SnmpValue.Int(3));
        uint number = 0;
        foreach (FlowRecord flow in facts.Learned.TopFlows(facts.Node))
        {
            number++;
            mib.Row(s_topFlowsEntry, number)
                .Set(2, 1)
                .Set(3, SnmpValue.Bytes(flow.Key.Source.ToIPAddress().GetAddressBytes()))
                .Set(4, SnmpValue.Gauge32(0))
                .Set(5, 1)
                .Set(6, SnmpValue.Bytes(flow.Key.Destination.ToIPAddress().GetAddressBytes()))
                .Set(7, SnmpValue.Gauge32(0))
                .Set(8, 1)
                .Set(9, SnmpValue.Bytes((flow.NextHop.IsUnspecified ? flow.Key.Destination : flow.NextHop).ToIPAddress().GetAddressBytes()))
                .Set(10, SnmpValue.Gauge32(flow.Key.SourcePort))
                .Set(11, SnmpValue.Gauge32(flow.Key.DestinationPort))
                .Set(12, SnmpValue.Gauge32(0))
                .Set(13, SnmpValue.Gauge32(0))
                .Set(14, flow.Input.Index)
                .Set(15, flow.Output.Index)
                .Set(16, SnmpValue.TimeTicks(4200))
                .Set(17, uptime => SnmpValue.TimeTicks((uint)(uptime.Ticks / (TimeSpan.TicksPerSecond / 100))))
                .Set(18, SnmpValue.Gauge32(0))
                .Set(19, SnmpValue.Gauge32(flow.Key.Protocol))
                .Set(20, SnmpValue.Gauge32(flow.Key.Protocol == 6 ? 0x18u : 0))
                .Set(24, uptime => SnmpValue.Gauge32((uint)Octets(flow, uptime)))
                .Set(25, uptime => SnmpValue.Gauge32((uint)(Octets(flow, uptime) / OctetsPerPacket + 1)));
        }
    }

    private static long Octets(FlowRecord flow, TimeSpan uptime)
    {
        double active = Math.Min(uptime.TotalSeconds, ActiveSeconds);
        return Math.Min((long)(flow.OctetsPerSecond * active), uint.MaxValue);
    }
}
