using System.Text;
using Towpath.Network;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

[Trait("Needs", "patience")]
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
        foreach (string path in Directory.GetFiles(Shared.File("samples", "snmp-networks"), "*.gz", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            string network = Path.GetFileName(Path.GetDirectoryName(path)!), file = Path.GetFileName(path);
            if (file.Contains(".json", StringComparison.Ordinal) || file.Contains(".vlan.", StringComparison.Ordinal)) continue;
            RecordedSession device = Recordings.Walk(network, file[..^3]);
            bool identified = device.CountBelow("1.3.6.1.2.1.1") > 0; // some walks were cut to their bridge tables
            summary.Append(Summary.Of($"{network}/{file}",
                await Collect.From(identified ? device : new RecordedSession([.. Row.System(), .. device.Rows]))));
        }
        Golden.Match("collection/recorded-networks.txt", summary.ToString());
    }

    [SharedFact]
    public async Task The_three_route_tables_of_one_device_agree()
    {
        DeviceSnapshot snapshot = await Collect.From(Recordings.Snmprec("cumulus_bgp"));
        ILookup<FactSource, Route> routes = snapshot.Routes.ToLookup(route => route.Source);
        Assert.All([Route.InetCidrRouteTable, Route.IpCidrRouteTable, Route.IpRouteTable],
            table => Assert.True(routes[table].Count() > 100, $"{table}"));

        // ipRouteTable keeps one next hop a prefix, and none of the tables tells all: what two of them tell of a prefix is the same.
        Assert.Equal(Prefixes(Route.IpCidrRouteTable), Prefixes(Route.IpRouteTable));
        Assert.Subset(Hops(Route.InetCidrRouteTable), Hops(Route.IpCidrRouteTable));
        Assert.Subset(Hops(Route.InetCidrRouteTable), Hops(Route.IpRouteTable));

        HashSet<Prefix> Prefixes(FactSource source) => [.. routes[source].Select(route => route.Prefix)];
        HashSet<(Prefix, Ipv4Address, IfIndex)> Hops(FactSource source) =>
            [.. routes[source].Select(route => (route.Prefix, route.NextHop, route.Egress))];
    }
}
