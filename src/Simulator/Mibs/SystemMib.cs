using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>SNMPv2-MIB system group (RFC 3418).</summary>
internal static class SystemMib
{
    private static readonly ObjectIdentifier s_system = ObjectIdentifier.Parse("1.3.6.1.2.1.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        HardwareDescription hardware = facts.Hardware;
        mib.Scalar(s_system.Append(1, 0), SnmpValue.Text(hardware.Description));
        mib.Scalar(s_system.Append(2, 0), SnmpValue.Oid(hardware.ObjectId));
        mib.Scalar(s_system.Append(3, 0), uptime => SnmpValue.TimeTicks((uint)(uptime.Ticks / (TimeSpan.TicksPerSecond / 100))));
        mib.Scalar(s_system.Append(4, 0), SnmpValue.Text(hardware.Contact));
        mib.Scalar(s_system.Append(5, 0), SnmpValue.Text(facts.Device.Name));
        mib.Scalar(s_system.Append(6, 0), SnmpValue.Text(hardware.Location));
        mib.Scalar(s_system.Append(7, 0), SnmpValue.Int(Services(facts.Device.Kind)));
    }

    /// <summary>
    /// As the real ones answer: layers 2 and 3 on switches of either kind; all of internet, end-to-end and applications too on routers.
    /// </summary>
    private static int Services(DeviceKind kind) => kind switch
    {
        DeviceKind.Router => 78,
        DeviceKind.Wlc => 2,
        _ => 6,
    };
}
