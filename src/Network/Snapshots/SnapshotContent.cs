using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// The order of a snapshot's parts. What is written and what is read stand side by side. New parts go to the end, and each is read only
/// where there is one: so an older snapshot still reads. Any other change is a new version that cannot read the older ones.
/// </summary>
internal static partial class SnapshotContent
{
    /// <param name="lastingOnly">Without what moves while nothing changes; <see cref="Read"/> cannot read that.</param>
    public static void Write(SnapshotWriter to, DeviceSnapshot snapshot, bool lastingOnly)
    {
        if (!lastingOnly)
        {
            to.Signed(snapshot.CollectedAt.UtcTicks);
            to.Signed(snapshot.SysUpTime.Ticks);
        }
        WriteIdentity(to, snapshot.Identity);
        WriteReadings(to, snapshot.Readings, lastingOnly);
        WriteInterfaces(to, snapshot.Interfaces);
        WriteInterfaceStack(to, snapshot.InterfaceStack);
        WriteAddresses(to, snapshot.Addresses);
        WriteRoutes(to, snapshot.Routes);
        WriteArp(to, snapshot.Arp);
        WriteBridgePorts(to, snapshot.BridgePorts);
        WriteFdb(to, snapshot.Fdb);
        WriteStpPorts(to, snapshot.StpPorts);
        WriteVlans(to, snapshot.Vlans);
        WriteVlanMembers(to, snapshot.VlanMembers);
        WriteLldpNeighbors(to, snapshot.LldpNeighbors);
        WriteCdpNeighbors(to, snapshot.CdpNeighbors);
        WriteAccessPoints(to, snapshot.AccessPoints);
        WriteWirelessStations(to, snapshot.WirelessStations);
        WriteControllerInterfaces(to, snapshot.ControllerInterfaces);
        WriteTopFlows(to, snapshot.TopFlows, lastingOnly);
        WriteLagMembers(to, snapshot.LagMembers);
        WriteGatewayGroups(to, snapshot.GatewayGroups);
        WriteVrfs(to, snapshot.Vrfs);
        WriteVrfInterfaces(to, snapshot.VrfInterfaces);
        WriteVrfRoutes(to, snapshot.VrfRoutes);
        WriteTunnels(to, snapshot.Tunnels);
        WriteDhcpBindings(to, snapshot.DhcpBindings);
        WriteModules(to, snapshot.Modules);
        to.Unsigned(snapshot.OspfRouterId.Bits);
        WriteOspfNeighbors(to, snapshot.OspfNeighbors);
        WriteOspfLinkStates(to, snapshot.OspfLinkStates);
        WriteLldpCapabilities(to, snapshot.LldpNeighbors);
    }

    public static DeviceSnapshot Read(ref SnapshotReader from)
    {
        var collectedAt = new DateTimeOffset(from.Signed(), TimeSpan.Zero);
        var uptime = new TimeSpan(from.Signed());
        DeviceIdentity identity = ReadIdentity(ref from);
        ImmutableArray<TableReading> readings = ReadReadings(ref from);
        var snapshot = new DeviceSnapshot
        {
            Identity = identity,
            CollectedAt = collectedAt,
            SysUpTime = uptime,
            Readings = readings,
            Interfaces = ReadInterfaces(ref from),
            InterfaceStack = ReadInterfaceStack(ref from),
            Addresses = ReadAddresses(ref from),
            Routes = ReadRoutes(ref from),
            Arp = ReadArp(ref from),
            BridgePorts = ReadBridgePorts(ref from),
            Fdb = ReadFdb(ref from),
            StpPorts = ReadStpPorts(ref from),
            Vlans = ReadVlans(ref from),
            VlanMembers = ReadVlanMembers(ref from),
            LldpNeighbors = ReadLldpNeighbors(ref from),
            CdpNeighbors = ReadCdpNeighbors(ref from),
            AccessPoints = ReadAccessPoints(ref from),
            WirelessStations = ReadWirelessStations(ref from),
            ControllerInterfaces = ReadControllerInterfaces(ref from),
            TopFlows = ReadTopFlows(ref from),
            LagMembers = ReadLagMembers(ref from),
            GatewayGroups = ReadGatewayGroups(ref from),
            Vrfs = ReadVrfs(ref from),
            VrfInterfaces = ReadVrfInterfaces(ref from),
            VrfRoutes = ReadVrfRoutes(ref from),
            Tunnels = ReadTunnels(ref from),
            DhcpBindings = ReadDhcpBindings(ref from),
            Modules = ReadModules(ref from),
            OspfRouterId = new Ipv4Address(checked((uint)from.Unsigned())),
            OspfNeighbors = ReadOspfNeighbors(ref from),
            OspfLinkStates = ReadOspfLinkStates(ref from),
        };
        return from.IsAtEnd ? snapshot : snapshot with { LldpNeighbors = ReadLldpCapabilities(ref from, snapshot.LldpNeighbors) };
    }

    private static void WriteIdentity(SnapshotWriter to, DeviceIdentity who)
    {
        to.Text(who.SysName);
        to.Text(who.SysDescr);
        to.Text(who.SysObjectId);
        to.Signed(who.SysServices);
        string?[] optional =
        [
            who.SysContact, who.SysLocation, who.SerialNumber, who.Model, who.Manufacturer, who.SoftwareType, who.SoftwareVersion, who.LldpChassisId,
        ];
        foreach (string? text in optional) to.Text(text);
        to.Signed(who.BridgeAddress is { } bridge ? (long)bridge.Bits : -1);
        to.Signed(who.MemoryBytes ?? -1);
    }

    private static DeviceIdentity ReadIdentity(ref SnapshotReader from)
    {
        string name = from.Required(), descr = from.Required(), objectId = from.Required();
        int services = checked((int)from.Signed());
        string?[] optional = from.Texts(8);
        long bridge = from.Signed(), memory = from.Signed();
        return new DeviceIdentity(name, descr, objectId, services, optional[0], optional[1], optional[2], optional[3], optional[4], optional[5], optional[6],
            optional[7], bridge < 0 ? null : Mac(bridge), memory < 0 ? null : memory);
    }

    private static void WriteReadings(SnapshotWriter to, ImmutableArray<TableReading> rows, bool lastingOnly)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => (long)row.Table);
        to.Text(rows, row => row.Context);
        to.Number(rows, row => (long)row.Outcome);
        to.Number(rows, row => row.Rows);
        if (!lastingOnly) to.Number(rows, row => row.ReadAt.UtcTicks);
        to.Text(rows, row => row.Reason);
    }

    private static ImmutableArray<TableReading> ReadReadings(ref SnapshotReader from)
    {
        int count = from.Count(columns: 6);
        long[] table = from.Numbers(count);
        string?[] context = from.Texts(count);
        long[] outcome = from.Numbers(count), rows = from.Numbers(count), at = from.Numbers(count);
        string?[] reason = from.Texts(count);
        return Rows(count, i => new TableReading(
            Table(table[i]), Some(context[i]), (ReadingOutcome)checked((byte)outcome[i]), checked((int)rows[i]), new DateTimeOffset(at[i], TimeSpan.Zero), reason[i]));
    }

    private static ImmutableArray<T> Rows<T>(int count, Func<int, T> row)
    {
        ImmutableArray<T>.Builder rows = ImmutableArray.CreateBuilder<T>(count);
        for (int i = 0; i < count; i++) rows.Add(row(i));
        return rows.MoveToImmutable();
    }

    private static string Some(string? text) => text ?? throw new ArgumentException("A text that every row has is missing.");

    private static MibTable Table(long value) => (MibTable)checked((byte)value);

    private static IfIndex Interface(long value) => new(checked((int)value));

    private static VlanId Vlan(long value) => new(checked((ushort)value));

    private static Ipv4Address Address(long value) => new(checked((uint)value));

    private static MacAddress Mac(long value) => value >> 48 == 0 ? MacAddress.FromBits((ulong)value) : throw new OverflowException("A MAC address has 48 bits.");
}
