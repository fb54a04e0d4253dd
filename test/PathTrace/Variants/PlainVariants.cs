using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>Tidy networks: every table is there and agrees with the others.</summary>
internal static class PlainVariants
{
    private const string Kind = "tidy networks";
    private const int Leaves = 4, Routers = 5;

    public static IEnumerable<Variant> All => [.. OfCampus(), .. OfLeafSpine(), .. OfChain()];

    /// <summary>h11 (VLAN 10, 20) on acc1, h12 on acc2, both on dist, which routes; h9 behind core.</summary>
    public static NetworkBuilder Campus()
    {
        var network = new NetworkBuilder();
        DeviceBuilder dist = network.Device("dist", "10.1.10.1").Address("Vlan10", "10.1.10.1/24").Address("Vlan20", "10.1.20.1/24")
            .Address("Up", "10.0.0.1/30").Route("10.9.0.0/24", "10.0.0.2", "Up");
        DeviceBuilder core = network.Device("core", "10.9.0.1").Address("Down", "10.0.0.2/30").Address("Lan", "10.9.0.1/24")
            .Route("10.1.0.0/16", "10.0.0.1", "Down").Arp("Down", "10.0.0.1", dist.MacOf("Up")).Arp("Lan", "10.9.0.9", Mac(9));
        dist.Arp("Up", "10.0.0.2", core.MacOf("Down"));
        network.Cable("dist:Up", "core:Down");
        foreach (int number in new[] { 1, 2 })
        {
            DeviceBuilder access = network.Device($"acc{number}", $"10.1.10.{number + 1}").Trunk("Up", 10, 20);
            dist.Trunk($"Gi{number}", 10, 20);
            network.Cable($"acc{number}:Up", $"dist:Gi{number}");
            foreach (int vlan in new[] { 10, 20 })
            {
                MacAddress host = Mac(vlan + number);
                access.Access($"Gi{vlan}", vlan).Fdb(vlan, host, $"Gi{vlan}").Fdb(vlan, dist.MacOf($"Vlan{vlan}"), "Up")
                    .Fdb(vlan, Mac(vlan + 3 - number), "Up");
                dist.Arp($"Vlan{vlan}", $"10.1.{vlan}.1{number}", host).Fdb(vlan, host, $"Gi{number}");
            }
        }
        return network;
    }

    private static IEnumerable<Variant> OfCampus()
    {
        (string Address, int Switch)[] hosts = [("10.1.10.11", 1), ("10.1.20.11", 1), ("10.1.10.12", 2), ("10.1.20.12", 2)];
        foreach ((string from, int near) in hosts)
        {
            foreach ((string to, int far) in hosts)
                if (from != to) yield return new Variant(Kind, "a campus", Campus, from, to, $"h acc{near} dist acc{far} h");
            yield return new Variant(Kind, "a campus", Campus, from, "10.9.0.9", $"h acc{near} dist core h");
            yield return new Variant(Kind, "a campus", Campus, "10.9.0.9", from, $"h core dist acc{near} h");
        }
    }

    /// <summary>Each leaf has a VLAN of its own and both spines.</summary>
    private static NetworkBuilder LeafSpine()
    {
        var network = new NetworkBuilder();
        DeviceBuilder[] spines = [.. new[] { 1, 2 }.Select(spine => network.Device($"spine{spine}", $"10.255.1.{spine}"))];
        for (int leaf = 1; leaf <= Leaves; leaf++)
        {
            DeviceBuilder device = network.Device($"leaf{leaf}", $"10.20.{leaf}.1").Access("Eth1", 10)
                .Address("Vlan10", $"10.20.{leaf}.1/24").Arp("Vlan10", $"10.20.{leaf}.5", Mac(leaf)).Fdb(10, Mac(leaf), "Eth1");
            for (int spine = 1; spine <= 2; spine++)
            {
                DeviceBuilder up = spines[spine - 1].Address($"Eth{leaf}", $"10.30.{spine}{leaf}.1/30");
                device.Address($"Up{spine}", $"10.30.{spine}{leaf}.2/30")
                    .Arp($"Up{spine}", $"10.30.{spine}{leaf}.1", up.MacOf($"Eth{leaf}"));
                up.Route($"10.20.{leaf}.0/24", $"10.30.{spine}{leaf}.2", $"Eth{leaf}", RouteProtocol.Bgp)
                    .Arp($"Eth{leaf}", $"10.30.{spine}{leaf}.2", device.MacOf($"Up{spine}"));
                network.Cable($"leaf{leaf}:Up{spine}", $"spine{spine}:Eth{leaf}");
                foreach (int far in Enumerable.Range(1, Leaves).Where(far => far != leaf))
                    device.Route($"10.20.{far}.0/24", $"10.30.{spine}{leaf}.1", $"Up{spine}", RouteProtocol.Bgp);
            }
        }
        return network;
    }

    private static IEnumerable<Variant> OfLeafSpine() =>
        from near in Enumerable.Range(1, Leaves)
        from far in Enumerable.Range(1, Leaves)
        where near != far
        select new Variant(Kind, "leaves and spines", LeafSpine, $"10.20.{near}.5", $"10.20.{far}.5",
            $"h leaf{near} spine1 leaf{far} h", $"h leaf{near} spine2 leaf{far} h");

    /// <summary>r1 to r5 in a row, each with a host on a port of its own.</summary>
    private static NetworkBuilder Chain()
    {
        var network = new NetworkBuilder();
        for (int i = 1; i <= Routers; i++)
            network.Device($"r{i}", $"10.40.{i}.1").Address("Lan", $"10.40.{i}.1/24").Arp("Lan", $"10.40.{i}.5", Mac(i));
        for (int i = 1; i < Routers; i++)
        {
            (DeviceBuilder left, DeviceBuilder right) = (network[$"r{i}"].Address("Right", $"10.50.{i}.1/30"),
                network[$"r{i + 1}"].Address("Left", $"10.50.{i}.2/30"));
            left.Arp("Right", $"10.50.{i}.2", right.MacOf("Left"));
            right.Arp("Left", $"10.50.{i}.1", left.MacOf("Right"));
            for (int far = 1; far <= Routers; far++)
            {
                if (far > i) left.Route($"10.40.{far}.0/24", $"10.50.{i}.2", "Right", RouteProtocol.Isis);
                else right.Route($"10.40.{far}.0/24", $"10.50.{i}.1", "Left", RouteProtocol.Isis);
            }
            network.Cable($"r{i}:Right", $"r{i + 1}:Left");
        }
        return network;
    }

    private static IEnumerable<Variant> OfChain() =>
        from near in Enumerable.Range(1, Routers)
        from far in Enumerable.Range(1, Routers)
        where near != far
        let passed = Enumerable.Range(Math.Min(near, far), Math.Abs(near - far) + 1).Select(i => $"r{i}")
        select new Variant(Kind, "routers in a row", Chain, $"10.40.{near}.5", $"10.40.{far}.5",
            $"h {string.Join(' ', near < far ? passed : passed.Reverse())} h");
}
