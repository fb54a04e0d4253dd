using System.Text;
using Towpath.Network;

namespace Towpath.Collection.Tests;

/// <summary>A snapshot in a dozen lines that a network engineer can check by eye.</summary>
internal static class Summary
{
    public static string Of(string title, DeviceSnapshot snapshot)
    {
        DeviceIdentity who = snapshot.Identity;
        var text = new StringBuilder();
        text.AppendLine($"== {title}");
        text.AppendLine($"{who.Manufacturer} | {who.Model} | {who.SoftwareType} {who.SoftwareVersion} | memory {who.MemoryBytes}");
        foreach (IGrouping<string, TableReading> context in snapshot.Readings.Where(reading => reading.Outcome != ReadingOutcome.NotServed)
            .GroupBy(reading => reading.Context))
        {
            text.AppendLine($"{(context.Key.Length == 0 ? "tables" : context.Key)}: {string.Join(", ", context.Select(reading => $"{reading.Source} {(reading.Outcome == ReadingOutcome.Answered ? "" : $"{reading.Outcome} ")}{reading.Rows}"))}");
        }
        foreach (TableReading reading in snapshot.Readings.Where(reading => reading is { Outcome: not ReadingOutcome.NotServed,
            Reason: not null }))
        {
            text.AppendLine($"  {reading.Source} {reading.Context}: {reading.Reason}");
        }
        text.AppendLine($"facts: {Counts(snapshot)}");
        text.AppendLine($"names: {string.Join(", ", snapshot.Interfaces.Take(4).Select(one => one.Name))}");
        int unplaced = snapshot.Fdb.Count(entry => entry.Interface.IsNone);
        if (snapshot.Fdb.Length > 0)
            text.AppendLine($"fdb: {unplaced} of {snapshot.Fdb.Length} without interface, VLANs {string.Join(' ', snapshot.Fdb.Select(entry => entry.Vlan).Distinct().Order())}");
        foreach (IGrouping<FactSource, VlanMember> table in snapshot.VlanMembers.GroupBy(member => member.Source))
            text.AppendLine($"{table.Key}: {table.Count(member => member.Tagged.Length == 0)} access ports, {table.Count(member => member.Tagged.Length > 0)} trunks");
        if (snapshot.LldpNeighbors.Length > 0)
            text.AppendLine($"lldp local ports: {string.Join(' ', snapshot.LldpNeighbors.Select(neighbor => neighbor.LocalPort))}");
        return text.AppendLine().ToString();
    }

    private static string Counts(DeviceSnapshot snapshot) => string.Join(", ", new (string Name, int Count)[]
    {
        ("interfaces", snapshot.Interfaces.Length), ("stack", snapshot.InterfaceStack.Length), ("addresses", snapshot.Addresses.Length),
        ("routes", snapshot.Routes.Length), ("arp", snapshot.Arp.Length), ("bridge ports", snapshot.BridgePorts.Length),
        ("fdb", snapshot.Fdb.Length),
        ("stp ports", snapshot.StpPorts.Length), ("vlans", snapshot.Vlans.Length), ("members", snapshot.VlanMembers.Length),
        ("lldp", snapshot.LldpNeighbors.Length), ("cdp", snapshot.CdpNeighbors.Length), ("access points", snapshot.AccessPoints.Length),
        ("stations", snapshot.WirelessStations.Length), ("flows", snapshot.TopFlows.Length), ("lag members", snapshot.BundleMembers.Length),
        ("gateway groups", snapshot.GatewayGroups.Length),
        ("vrfs", snapshot.Vrfs.Length), ("vrf interfaces", snapshot.VrfInterfaces.Length), ("vrf routes", snapshot.VrfRoutes.Length),
        ("tunnels", snapshot.Tunnels.Length),
        ("bindings", snapshot.DhcpBindings.Length), ("modules", snapshot.Modules.Length), ("ospf neighbors", snapshot.OspfNeighbors.Length),
        ("link states", snapshot.OspfLinkStates.Length),
    }.Where(fact => fact.Count > 0).Select(fact => $"{fact.Count} {fact.Name}"));
}
