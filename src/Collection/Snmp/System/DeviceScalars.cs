using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// Single objects of many MIBs, one GET: dot1dBaseBridgeAddress (RFC 4188), lldpLocChassisId (IEEE 802.1AB), hrMemorySize (RFC 2790,
/// KByte), inetCidrRouteNumber and ipCidrRouteNumber (RFC 4292), processorRam (OLD-CISCO-CHASSIS-MIB, octets), chassisId (the same, a
/// serial number), agentInventorySerialNumber, agentInventoryProductVersion and agentTotalMemory (AIRESPACE-SWITCHING-MIB, KByte), used and
/// free octets of the processor's pool (CISCO-MEMORY-POOL-MIB), whose sum in one answer is the memory of a Cisco device that tells no other
/// size, ospfRouterId (RFC 4750); and how many rows tables have: ifNumber (RFC 2863), dot1dBaseNumPorts (RFC 4188),
/// lldpStatsRemTablesInserts (IEEE 802.1AB).
/// </summary>
internal static class DeviceScalars
{
    private static readonly ObjectIdentifier BridgeAddress = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1.1.0");
    private static readonly ObjectIdentifier ChassisIdSubtype = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3.1.0");
    private static readonly ObjectIdentifier ChassisId = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3.2.0");
    private static readonly ObjectIdentifier HrMemorySize = ObjectIdentifier.Parse("1.3.6.1.2.1.25.2.2.0");
    private static readonly ObjectIdentifier InetCidrRouteNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.6.0");
    private static readonly ObjectIdentifier IpCidrRouteNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.3.0");
    private static readonly ObjectIdentifier ProcessorRam = ObjectIdentifier.Parse("1.3.6.1.4.1.9.3.6.6.0");
    private static readonly ObjectIdentifier CiscoChassisId = ObjectIdentifier.Parse("1.3.6.1.4.1.9.3.6.3.0");
    private static readonly ObjectIdentifier AirespaceSerialNumber = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.1.4.0");
    private static readonly ObjectIdentifier AirespaceVersion = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.1.14.0");
    private static readonly ObjectIdentifier AirespaceMemory = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.5.2.0");
    private static readonly ObjectIdentifier PoolUsed = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.48.1.1.1.5.1");
    private static readonly ObjectIdentifier PoolFree = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.48.1.1.1.6.1");

    private static readonly ObjectIdentifier IfNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.2.1.0");
    private static readonly ObjectIdentifier BaseNumPorts = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1.2.0");
    private static readonly ObjectIdentifier RemTablesInserts = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.2.2.0");
    private static readonly ObjectIdentifier OspfRouterId = ObjectIdentifier.Parse("1.3.6.1.2.1.14.1.1.0");

    private static readonly ObjectIdentifier[] All =
    [
        BridgeAddress, ChassisIdSubtype, ChassisId, HrMemorySize, InetCidrRouteNumber, IpCidrRouteNumber, ProcessorRam, CiscoChassisId,
        AirespaceSerialNumber, AirespaceVersion, AirespaceMemory, PoolUsed, PoolFree, OspfRouterId, IfNumber, BaseNumPorts,
        RemTablesInserts,
    ];

    /// <summary>An object that it does not get stays unknown; the tables do not depend on it.</summary>
    public static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        SnmpResponse answer = await run.GetAsync(run.Session, All, cancellationToken);
        if (answer.Status != SnmpStatus.Ok) return;
        var values = new ScalarAnswers(answer);

        run.Draft.Announce(values.Number(IfNumber), Interface.IfTable, Interface.IfXTable);
        run.Draft.Announce(values.Number(InetCidrRouteNumber), Route.InetCidrRouteTable);
        run.Draft.Announce(values.Number(IpCidrRouteNumber), Route.IpCidrRouteTable);
        // The oldest table has no count of its own; the newer ones count the same routes.
        run.Draft.Announce(values.Number(IpCidrRouteNumber) ?? values.Number(InetCidrRouteNumber), Route.IpRouteTable);
        run.Draft.Announce(values.Number(BaseNumPorts), BridgePort.Dot1dBasePortTable, StpPort.Dot1dStpPortTable);
        // How often a neighbor was entered, so at least as many as there are.
        run.Draft.Announce(values.Number(RemTablesInserts), LldpNeighbor.LldpRemTable, LldpNeighbor.LldpRemManAddrTable);
        run.Draft.OspfRouterId = values.Address(OspfRouterId);
        ReadOnlySpan<byte> bridge = values.Octets(BridgeAddress);
        ReadOnlySpan<byte> chassis = values.Octets(ChassisId);
        int subtype = (int)Math.Min(values.Number(ChassisIdSubtype) ?? 0, int.MaxValue);
        run.Draft.Identity = run.Draft.Identity with
        {
            BridgeAddress = bridge.Length == 6 && bridge.ContainsAnyExcept((byte)0) ? MacAddress.FromOctets(bridge) : null,
            LldpChassisId = chassis.Length == 0 ? null : LldpIdentity.OfChassis(subtype, chassis),
            MemoryBytes = Kilobytes(values.Number(HrMemorySize)) ?? Positive(values.Number(ProcessorRam))
                ?? Kilobytes(values.Number(AirespaceMemory))
                ?? Megabytes(values.Number(PoolUsed) + values.Number(PoolFree)),
            SerialNumber = ScalarAnswers.NullIfEmpty(values.Text(CiscoChassisId))
                ?? ScalarAnswers.NullIfEmpty(values.Text(AirespaceSerialNumber)),
            SoftwareVersion = run.Draft.Identity.SoftwareVersion ?? ScalarAnswers.NullIfEmpty(values.Text(AirespaceVersion)),
        };
    }

    private static long? Kilobytes(long? number) => number is > 0 and <= long.MaxValue / 1024 ? number * 1024 : null;

    /// <summary>To the nearest MiB: the two parts of the sum move, and an unchanged device must look unchanged.</summary>
    private static long? Megabytes(long? number) => number is > 0 and <= long.MaxValue / 2 ? (number + (1 << 19)) >> 20 << 20 : null;

    private static long? Positive(long? number) => number is > 0 ? number : null;
}
