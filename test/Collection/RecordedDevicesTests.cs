using System.Text;
using Towpath.Network;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

public sealed class RecordedDevicesTests
{
    [SharedFact]
    public async Task Every_recorded_device_is_collected_and_its_facts_counted()
    {
        var summary = new StringBuilder();
        foreach (string path in Directory.GetFiles(Shared.File("samples", "snmprec"), "*.snmprec.gz").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path).Replace(".snmprec.gz", "", StringComparison.Ordinal);
            summary.Append(Summary.Of(name, await Collect.From(Recordings.Snmprec(name))));
        }
        Golden.Match("collection/recorded-devices.txt", summary.ToString());
    }

    [SharedFact]
    public async Task Every_device_of_the_recorded_networks_is_collected_and_its_facts_counted()
    {
        var summary = new StringBuilder();
        foreach (string path in Directory.GetFiles(Shared.File("samples", "snmp-networks"), "*.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string network = Path.GetFileName(Path.GetDirectoryName(path)!), file = Path.GetFileName(path);
            if (file.Contains(".json", StringComparison.Ordinal) || file.Contains(".vlan.", StringComparison.Ordinal)) continue;
            RecordedSession device = Recordings.Walk(network, file[..^3]);
            bool identified = device.CountBelow("1.3.6.1.2.1.1") > 0; // some walks were cut to their bridge tables
            summary.Append(Summary.Of($"{network}/{file}", await Collect.From(identified ? device : new RecordedSession([.. Row.System(), .. device.Rows]))));
        }
        Golden.Match("collection/recorded-networks.txt", summary.ToString());
    }

    [SharedFact]
    public Task A_Cisco_IOS_switch_has_as_many_facts_as_rows() => FactsEqualRows("ios_2960x");

    [SharedFact]
    public Task A_Cisco_NX_OS_switch_has_as_many_facts_as_rows() => FactsEqualRows("nxos_n3k-3064pq");

    [SharedFact]
    public Task An_Arista_switch_has_as_many_facts_as_rows() => FactsEqualRows("arista_eos");

    [SharedFact]
    public Task An_Arista_router_has_as_many_facts_as_rows() => FactsEqualRows("arista_eos_7280r");

    [SharedFact]
    public Task A_Junos_switch_has_as_many_facts_as_rows() => FactsEqualRows("junos_qfx5100");

    [SharedFact]
    public Task A_Junos_router_has_as_many_facts_as_rows() => FactsEqualRows("junos_vmx");

    [SharedFact]
    public Task A_Cumulus_switch_has_as_many_facts_as_rows() => FactsEqualRows("cumulus_bgp");

    [SharedFact]
    public Task A_ProCurve_switch_has_as_many_facts_as_rows() => FactsEqualRows("procurve");

    [SharedFact]
    public Task A_Comware_switch_has_as_many_facts_as_rows() => FactsEqualRows("comware_a5500");

    [SharedFact]
    public Task A_Cisco_Small_Business_switch_has_as_many_facts_as_rows() => FactsEqualRows("ciscosb_sg350x-24p");

    [SharedFact]
    public async Task The_three_route_tables_of_one_device_agree()
    {
        DeviceSnapshot snapshot = await Collect.From(Recordings.Snmprec("cumulus_bgp"));
        ILookup<MibTable, Route> routes = snapshot.Routes.ToLookup(route => route.Table);
        Assert.All([MibTable.InetCidrRouteTable, MibTable.IpCidrRouteTable, MibTable.IpRouteTable], table => Assert.True(routes[table].Count() > 100, $"{table}"));

        // ipRouteTable keeps one next hop a prefix, and none of the tables tells all: what two of them tell of a prefix is the same.
        Assert.Equal(Prefixes(MibTable.IpCidrRouteTable), Prefixes(MibTable.IpRouteTable));
        Assert.Subset(Hops(MibTable.InetCidrRouteTable), Hops(MibTable.IpCidrRouteTable));
        Assert.Subset(Hops(MibTable.InetCidrRouteTable), Hops(MibTable.IpRouteTable));

        HashSet<Prefix> Prefixes(MibTable table) => [.. routes[table].Select(route => route.Prefix)];
        HashSet<(Prefix, Ipv4Address, IfIndex)> Hops(MibTable table) => [.. routes[table].Select(route => (route.Prefix, route.NextHop, route.Egress))];
    }

    /// <summary>The rows are counted here by their index alone, with what the collector promises to leave out left out.</summary>
    private static async Task FactsEqualRows(string name)
    {
        RecordedSession device = Recordings.Snmprec(name);
        DeviceSnapshot snapshot = await Collect.From(device);

        Assert.Equal(Indexes("1.3.6.1.2.1.2.2.1.2").Count, snapshot.Interfaces.Length);
        Assert.Equal(Indexes("1.3.6.1.2.1.31.1.2.1.3").Count(index => !index.Split('.').Contains("0")), snapshot.InterfaceStack.Length);
        HashSet<string> own = [.. Indexes("1.3.6.1.2.1.4.20.1.2").Where(index => index != "0.0.0.0")];
        if (own.Count > 0) Assert.Equal(own, snapshot.Addresses.Select(address => address.Address.ToString()).ToHashSet());

        Assert.Equal(Indexes("1.3.6.1.2.1.4.24.7.1.7").Count(index => index.StartsWith("1.4.", StringComparison.Ordinal)), Routes(MibTable.InetCidrRouteTable));
        Assert.Equal(Indexes("1.3.6.1.2.1.4.24.4.1.5").Count, Routes(MibTable.IpCidrRouteTable));
        Assert.Equal(Indexes("1.3.6.1.2.1.4.21.1.2").Count, Routes(MibTable.IpRouteTable));
        Assert.Equal(Neighbors("1.3.6.1.2.1.4.22.1.2", 1), snapshot.Arp.Count(entry => entry.Table == MibTable.IpNetToMediaTable));

        Assert.Equal(Indexes("1.3.6.1.2.1.17.1.4.1.2").Count, snapshot.BridgePorts.Length);
        Assert.Equal(Indexes("1.3.6.1.2.1.17.4.3.1.2").Count, snapshot.Fdb.Count(entry => entry.Table == MibTable.Dot1dTpFdbTable));
        Assert.Equal(Indexes("1.3.6.1.2.1.17.7.1.2.2.1.2").Count, snapshot.Fdb.Count(entry => entry.Table == MibTable.Dot1qTpFdbTable));
        Assert.Equal(Indexes("1.3.6.1.2.1.17.2.15.1.3").Count, snapshot.StpPorts.Length);
        Assert.Equal(Indexes("1.0.8802.1.1.2.1.4.1.1.5").Count, snapshot.LldpNeighbors.Length);
        Assert.Equal(Indexes("1.3.6.1.4.1.9.9.23.1.2.1.1.6").Count, snapshot.CdpNeighbors.Length);
        Assert.Equal(Indexes("1.3.6.1.4.1.9.9.68.1.2.2.1.2").Count, snapshot.VlanMembers.Count(member => member.Table == MibTable.VmMembershipTable));

        int Routes(MibTable table) => snapshot.Routes.Count(route => route.Table == table);

        int Neighbors(string column, int addressAt) => device.Rows.Count(row =>
            row.Oid.ToString().StartsWith(column + ".", StringComparison.Ordinal) && row.Value.Octets.Length == 6 && row.Value.Octets.Any(octet => octet != 0)
            && !own.Contains(string.Join('.', row.Oid.ToString()[(column.Length + 1)..].Split('.')[addressAt..]))
            && !IsInvalid(row.Oid.ToString()[(column.Length + 1)..]));

        bool IsInvalid(string index) => device.Rows.Any(row => row.Oid.ToString() == $"1.3.6.1.2.1.4.22.1.4.{index}" && row.Value.Integer == 2);

        List<string> Indexes(string column) =>
            [.. device.Rows.Select(row => row.Oid.ToString()).Where(oid => oid.StartsWith(column + ".", StringComparison.Ordinal)).Select(oid => oid[(column.Length + 1)..])];
    }
}
