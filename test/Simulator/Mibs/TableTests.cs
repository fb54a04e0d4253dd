using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator.Tests;

/// <summary>What the agents of the demo campus serve fits together, read back as a manager reads it: from rows alone.</summary>
public sealed class TableTests
{
    private static readonly FakeTimeProvider s_time = new();
    private static readonly RunningNetwork s_network = new(DemoCampus.Load());
    private static readonly SimulatedNetwork s_campus = new(DemoCampus.Load(), s_time);

    [Fact]
    public void Ten_devices_have_agents_and_the_wide_area_network_has_none()
    {
        Assert.Equal(
            ["Branch-Access1", "Branch-Router2", "CAMPUS-Access1", "CAMPUS-Core1", "CAMPUS-Core2", "CAMPUS-Dist1", "CAMPUS-Dist2",
                "CAMPUS-Router1", "CAMPUS-Router2", "Campus-WLC-5508"],
            s_campus.Devices.Select(d => d.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_view_is_in_order_and_every_instance_is_found_by_its_name()
    {
        foreach (SimulatedDevice device in s_campus.Devices)
        {
            foreach (string context in Contexts(device))
            {
                IMibView view = device.View(context)!;
                ObjectIdentifier before = new(0, 0);
                while (view.TryGetNext(before.SubIdentifiers, out VarBind row))
                {
                    Assert.True(before.CompareTo(row.Oid) < 0, $"{device.Name} {context}: {row.Oid} after {before}");
                    Assert.True(view.TryGet(row.Oid.SubIdentifiers, out SnmpValue value), $"{device.Name} {context}: {row.Oid}");
                    Assert.Equal(row.Value.Type, value.Type);
                    before = row.Oid;
                }
            }
        }
    }

    [Fact]
    public void Every_cable_between_agents_is_announced_at_both_ends_by_each_protocol_that_both_speak()
    {
        foreach (CableDescription cable in s_network.Description.Cables)
        {
            if (s_network[cable.A.Node].Device is not { Hidden: false } a || s_network[cable.B.Node].Device is not { Hidden: false } b)
                continue;
            Check(a, cable.A.Interface, b, cable.B.Interface);
            Check(b, cable.B.Interface, a, cable.A.Interface);
        }

        static void Check(DeviceDescription own, string ownPort, DeviceDescription other, string otherPort)
        {
            Assert.Equal(own.Lldp && other.Lldp,
                Lldp(own.Name).Contains((own.Find(ownPort)!.ShortName, other.Name, other.Find(otherPort)!.ShortName)));
            Assert.Equal(own.Cdp && other.Cdp, Cdp(own.Name).Contains((ownPort, other.Name, otherPort)));
        }
    }

    [Fact]
    public void The_access_point_announces_itself_to_its_switch_and_nothing_is_heard_from_the_hidden_network()
    {
        Assert.Contains(("Gi1/0/26", "AP7081.059f.19ca", "Gi0"), Lldp("CAMPUS-Access1"));
        Assert.Contains(("GigabitEthernet1/0/26", "AP7081.059f.19ca", "GigabitEthernet0"), Cdp("CAMPUS-Access1"));
        Assert.DoesNotContain(s_campus.Devices, d => Lldp(d.Name).Any(n => n.Name == "WAN") || Cdp(d.Name).Any(n => n.Device == "WAN"));
        Assert.Single(Lldp("Branch-Router2"));
    }

    [Fact]
    public void Every_learned_address_is_on_a_base_port_that_forwards()
    {
        int learned = 0;
        foreach (SimulatedDevice device in s_campus.Devices)
        {
            foreach (string context in Contexts(device))
            {
                IMibView view = device.View(context)!;
                ImmutableDictionary<uint, long> ports = Column(view, "1.3.6.1.2.1.17.1.4.1.2")
                    .ToImmutableDictionary(r => r.Index[0], r => r.Value.Integer);
                ImmutableDictionary<uint, long> states = Column(view, "1.3.6.1.2.1.17.2.15.1.3")
                    .ToImmutableDictionary(r => r.Index[0], r => r.Value.Integer);
                foreach ((uint[] _, SnmpValue port) in Column(view, "1.3.6.1.2.1.17.4.3.1.2"))
                {
                    Assert.True(ports.ContainsKey((uint)port.Integer), $"{device.Name} {context}: port {port.Integer}");
                    Assert.Equal(5, states[(uint)port.Integer]);
                    learned++;
                }
            }
        }
        Assert.True(learned > 20, $"{learned}");
    }

    [Fact]
    public void Bridge_ports_are_no_interface_indexes()
    {
        (uint[] Index, SnmpValue Value)[] ports = [.. Column(View("Branch-Access1", "vlan-20"), "1.3.6.1.2.1.17.1.4.1.2")];
        Assert.Equal([(2, 10101), (13, 10112), (48, 10147)], ports.Select(p => ((int)p.Index[0], (int)p.Value.Integer)));
    }

    [Fact]
    public void The_access_switchs_second_uplink_is_blocking_in_each_VLANs_context()
    {
        foreach (int vlan in new[] { 1, 12, 14, 20, 30 })
        {
            (uint[] Index, SnmpValue Value)[] states = [.. Column(View("CAMPUS-Access1", $"vlan-{vlan}"), "1.3.6.1.2.1.17.2.15.1.3")];
            Assert.Equal(3u, Assert.Single(states, s => s.Value.Integer == 2).Index[0]);
        }
    }

    [Fact]
    public void All_generations_of_a_devices_route_table_say_the_same()
    {
        foreach (string name in new[] { "CAMPUS-Dist1", "CAMPUS-Router1", "CAMPUS-Router2" })
            Assert.Equal(InetRoutes(name).Order(), CidrRoutes(name).Order());
        foreach (string name in new[] { "CAMPUS-Core1", "CAMPUS-Core2", "Branch-Router2" })
        {
            HashSet<string> all = [.. CidrRoutes(name)];
            string[] old = [.. OldRoutes(name)];
            Assert.NotEmpty(old);
            Assert.All(old, route => Assert.Contains(route, all));
        }
    }

    [Fact]
    public void Every_next_hop_is_somebodys_address_and_equal_cost_sets_are_complete()
    {
        HashSet<string> owned = [.. s_network.Description.Devices.SelectMany(d => d.Interfaces).SelectMany(i => i.Addresses)
            .Select(a => a.Address.ToString())];
        foreach (string name in new[] { "CAMPUS-Dist1", "CAMPUS-Core1", "CAMPUS-Core2", "CAMPUS-Router1", "CAMPUS-Router2",
            "Branch-Router2" })
            Assert.All(CidrRoutes(name), route => Assert.Contains(route.Split(" via ")[1].Split(' ')[0], owned.Append("0.0.0.0")));
        Assert.Equal(["10.2.1.0/24 via 10.1.10.1 ospf", "10.2.1.0/24 via 10.1.9.1 ospf"],
            CidrRoutes("CAMPUS-Dist1").Where(r => r.StartsWith("10.2.1.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(["10.2.1.0/24 via 10.1.4.2 ospf", "10.2.1.0/24 via 10.1.6.2 ospf"],
            CidrRoutes("CAMPUS-Core2").Where(r => r.StartsWith("10.2.1.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(["10.2.1.0/24 via 10.3.2.2 ospf"],
            CidrRoutes("CAMPUS-Router2").Where(r => r.StartsWith("10.2.1.", StringComparison.Ordinal)));
        Assert.Equal(["10.2.1.0/24 via 0.0.0.0 local"],
            CidrRoutes("Branch-Router2").Where(r => r.StartsWith("10.2.1.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Forwarding_by_the_agents_tables_is_forwarding_by_the_description()
    {
        var forwarder = new Forwarder(s_network);
        foreach ((Node from, Node to) in s_network.Nodes.Where(n => n.Host is not null)
            .SelectMany(from => s_network.Nodes.Where(n => n.Host is not null && n != from).Select(to => (from, to))))
        {
            Ipv4Address destination = to.Host!.Address.Address;
            Journey journey = forwarder.Send(from, new FiveTuple(from.Host!.Address.Address, destination, 6, 1, 2));
            foreach (RoutedHop hop in journey.Hops.Where(h => !h.Node.Device!.Hidden && h.Node.Device.Mibs.Routes.Contains("ipCidrRoute")))
            {
                string via = hop.NextHop.ToString();
                string[] matching = [.. CidrRoutes(hop.Node.Name).Where(r => Prefix.Parse(r.Split(' ')[0]).Contains(destination))];
                int longest = matching.Max(r => Prefix.Parse(r.Split(' ')[0]).Length);
                Assert.Contains(matching,
                    r => Prefix.Parse(r.Split(' ')[0]).Length == longest
                    && r.Split(" via ")[1].StartsWith($"{via} ", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_controller_names_stations_by_base_radio_and_the_switch_learned_the_Ethernet_address()
    {
        IMibView controller = View("Campus-WLC-5508");
        (uint[] Index, SnmpValue Value) radio = Assert.Single(Column(controller, "1.3.6.1.4.1.14179.2.2.1.1.33"));
        MacAddress radioMac = MacAddress.FromOctets([.. radio.Index.Select(i => (byte)i)]);
        MacAddress ethernetMac = MacAddress.FromOctets(radio.Value.Octets.AsSpan());
        Assert.NotEqual(radioMac, ethernetMac);

        Assert.Equal(2, Column(controller, "1.3.6.1.4.1.14179.2.1.4.1.4")
            .Count(r => MacAddress.FromOctets(r.Value.Octets.AsSpan()) == radioMac));
        Assert.Contains(Column(controller, "1.3.6.1.4.1.14179.2.1.4.1.2"), r => r.Value.Number == Ipv4Address.Parse("10.1.15.117").Bits);
        Assert.Contains(Column(View("CAMPUS-Access1", "vlan-14"), "1.3.6.1.2.1.17.4.3.1.2"),
            r => r.Index.SequenceEqual(MibIndex.Of(ethernetMac)) && r.Value.Integer == 27);
        Assert.Equal([14, 600], Column(controller, "1.3.6.1.4.1.14179.1.2.13.1.2").Select(r => r.Value.Integer).Order());
    }

    [Fact]
    public void Flow_records_name_the_branches_that_the_flow_really_took()
    {
        Assert.Equal([("TenGigabitEthernet1/5", "GigabitEthernet1/3")], Records("CAMPUS-Core2", "10.1.15.117", "10.2.1.22"));
        Assert.Equal([("GigabitEthernet0/0/1", "GigabitEthernet0/0/3")], Records("CAMPUS-Router2", "10.1.15.117", "10.2.1.22"));
        Assert.Equal([("GigabitEthernet0/1", "GigabitEthernet0/2")], Records("Branch-Router2", "10.1.15.117", "10.2.1.22"));
        foreach (string elsewhere in new[] { "CAMPUS-Core1", "CAMPUS-Router1" })
            Assert.Empty(Records(elsewhere, "10.1.15.117", "10.2.1.22"));
    }

    [Fact]
    public void A_pair_that_does_not_talk_has_no_flow_record_anywhere()
    {
        foreach (SimulatedDevice device in s_campus.Devices) Assert.Empty(Records(device.Name, "10.1.15.118", "10.2.1.22"));
    }

    [Fact]
    public void Without_its_flow_the_records_of_a_pair_are_gone_and_nothing_else_changes()
    {
        string json = File.ReadAllText(Path.Combine(Testing.Repository.Root, "src", "Simulator", "Campus", "campus.json"));
        int from = json.IndexOf("{ \"from\": \"laptop-1\", \"to\": \"branch-pc-1\"", StringComparison.Ordinal);
        string edited = json.Remove(from, json.IndexOf('\n', from) - from);
        var without = new SimulatedNetwork(NetworkDescription.Parse(edited), s_time);
        Assert.Empty(Records(without, "CAMPUS-Core2", "10.1.15.117", "10.2.1.22"));
        Assert.Equal(
            Column(View("CAMPUS-Core2"), "1.3.6.1.2.1.4.24.4.1.5").Select(r => string.Join('.', r.Index)),
            Column(without.Devices.First(d => d.Name == "CAMPUS-Core2").View("")!, "1.3.6.1.2.1.4.24.4.1.5")
                .Select(r => string.Join('.', r.Index)));
    }

    [Fact]
    public void Counters_sysUpTime_and_load_move_with_time_and_only_forward()
    {
        var time = new FakeTimeProvider();
        IMibView view = new SimulatedNetwork(DemoCampus.Load(), time).Devices.First(d => d.Name == "CAMPUS-Core2").View("")!;
        string[] counters = ["1.3.6.1.2.1.31.1.1.1.6", "1.3.6.1.2.1.31.1.1.1.10", "1.3.6.1.2.1.31.1.1.1.7"];
        long[] before = [.. counters.SelectMany(c => Column(view, c)).Select(r => r.Value.Integer)];
        ulong uptime = Column(view, "1.3.6.1.2.1.1.3").Single().Value.Number;

        time.Advance(TimeSpan.FromSeconds(60));

        long[] after = [.. counters.SelectMany(c => Column(view, c)).Select(r => r.Value.Integer)];
        Assert.All(before.Zip(after), pair => Assert.True(pair.Second >= pair.First));
        Assert.Equal(uptime + 6000, Column(view, "1.3.6.1.2.1.1.3").Single().Value.Number);
        // The biggest flow enters by TenGigabitEthernet1/5: 180,000 octets a second, and others besides.
        int busy = s_network["CAMPUS-Core2"].Device!.Find("TenGigabitEthernet1/5")!.Index - 1;
        Assert.True(after[busy] - before[busy] >= 60 * 180_000L, $"{after[busy] - before[busy]}");

        var loads = new HashSet<ulong>();
        for (int i = 0; i < 60; i++, time.Advance(TimeSpan.FromSeconds(5)))
        {
            ulong load = Column(view, "1.3.6.1.4.1.9.9.109.1.1.1.1.6").Single().Value.Number;
            Assert.InRange(load, 1ul, 100ul);
            loads.Add(load);
        }
        Assert.True(loads.Count > 3, string.Join(' ', loads));
    }

    [Fact]
    public void Every_host_is_in_its_gateways_ARP_table_with_its_own_address()
    {
        foreach (HostDescription host in s_network.Description.Hosts)
        {
            string gateway = s_network.Nodes.First(n => n.Owns(host.Gateway)).Name;
            Assert.Contains(Column(View(gateway), "1.3.6.1.2.1.4.22.1.2"), r =>
                r.Index.AsSpan(1).SequenceEqual(MibIndex.Of(host.Address.Address))
                    && MacAddress.FromOctets(r.Value.Octets.AsSpan()) == host.Mac);
        }
    }

    private static IEnumerable<string> Contexts(SimulatedDevice device) =>
        Enumerable.Range(1, 4094).Select(vlan => string.Create(CultureInfo.InvariantCulture, $"vlan-{vlan}")).Prepend("")
            .Where(context => device.View(context) is not null);

    private static IMibView View(string device, string context = "") => s_campus.Devices.First(d => d.Name == device).View(context)!;

    private static IEnumerable<(uint[] Index, SnmpValue Value)> Column(IMibView view, string column)
    {
        ObjectIdentifier root = ObjectIdentifier.Parse(column);
        for (ObjectIdentifier at = root; view.TryGetNext(at.SubIdentifiers, out VarBind row)
            && root.IsPrefixOf(row.Oid.SubIdentifiers); at = row.Oid)
            yield return (row.Oid.SubIdentifiers[root.Length..].ToArray(), row.Value);
    }

    private static string Text(SnmpValue value) => System.Text.Encoding.UTF8.GetString(value.Octets.AsSpan());

    /// <summary>Own port by lldpLocPortTable, name and port of the neighbor.</summary>
    private static HashSet<(string Own, string Name, string Port)> Lldp(string device)
    {
        IMibView view = View(device);
        Dictionary<uint, string> own = Column(view, "1.0.8802.1.1.2.1.3.7.1.3").ToDictionary(r => r.Index[0], r => Text(r.Value));
        return [.. Column(view, "1.0.8802.1.1.2.1.4.1.1.9")
            .Zip(Column(view, "1.0.8802.1.1.2.1.4.1.1.7"), (name, port) => (own[name.Index[1]], Text(name.Value), Text(port.Value)))];
    }

    private static HashSet<(string Own, string Device, string Port)> Cdp(string device)
    {
        IMibView view = View(device);
        Dictionary<uint, string> names = Column(view, "1.3.6.1.2.1.2.2.1.2").ToDictionary(r => r.Index[0], r => Text(r.Value));
        return [.. Column(view, "1.3.6.1.4.1.9.9.23.1.2.1.1.6")
            .Zip(Column(view, "1.3.6.1.4.1.9.9.23.1.2.1.1.7"), (name, port) => (names[name.Index[0]], Text(name.Value), Text(port.Value)))];
    }

    private static IEnumerable<string> InetRoutes(string device) => Column(View(device), "1.3.6.1.2.1.4.24.7.1.9")
        .Select(r => $"{Address(r.Index[2..6])}/{r.Index[6]} via {Address(r.Index[12..16])} {Protocol(r.Value.Integer)}");

    private static IEnumerable<string> CidrRoutes(string device) => Column(View(device), "1.3.6.1.2.1.4.24.4.1.7")
        .Select(r => $"{Address(r.Index[..4])}/{Length(r.Index[4..8])} via {Address(r.Index[9..13])} {Protocol(r.Value.Integer)}");

    private static IEnumerable<string> OldRoutes(string device)
    {
        IMibView view = View(device);
        return Column(view, "1.3.6.1.2.1.4.21.1.11").Zip(Column(view, "1.3.6.1.2.1.4.21.1.7"),
            Column(view, "1.3.6.1.2.1.4.21.1.9")).Zip(Column(view, "1.3.6.1.2.1.4.21.1.8"), (r, type) =>
            $"{Address(r.First.Index)}/{Length(Octets(r.First.Value))} via {(type.Value.Integer == 3 ? "0.0.0.0" : new Ipv4Address((uint)r.Second.Value.Number).ToString())} {Protocol(r.Third.Value.Integer)}");
    }

    private static uint[] Octets(SnmpValue address) => [.. address.Octets.Select(o => (uint)o)];

    private static Ipv4Address Address(uint[] index) => new(index[0] << 24 | index[1] << 16 | index[2] << 8 | index[3]);

    private static int Length(uint[] mask) => System.Numerics.BitOperations.PopCount(Address(mask).Bits);

    private static string Protocol(long number) => number switch { 2 => "local", 3 => "static", 13 => "ospf", _ => $"{number}" };

    private static (string Input, string Output)[] Records(string device, string source, string destination) =>
        Records(s_campus, device, source, destination);

    private static (string Input, string Output)[] Records(SimulatedNetwork network, string device, string source, string destination)
    {
        IMibView view = network.Devices.First(d => d.Name == device).View("")!;
        Dictionary<long, string> names = Column(view, "1.3.6.1.2.1.2.2.1.2").ToDictionary(r => (long)r.Index[0], r => Text(r.Value));
        return [.. Column(view, "1.3.6.1.4.1.9.9.387.1.7.8.1.3")
            .Where(r => Ipv4Address.FromOctets(r.Value.Octets.AsSpan()).ToString() == source
                && Ipv4Address.FromOctets(Cell(6, r.Index).Octets.AsSpan()).ToString() == destination)
            .Select(r => (names[Cell(14, r.Index).Integer], names[Cell(15, r.Index).Integer]))];

        SnmpValue Cell(uint column, uint[] index)
        {
            Assert.True(view.TryGet(ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.387.1.7.8.1").Append([column, .. index]).SubIdentifiers,
                out SnmpValue value));
            return value;
        }
    }
}
