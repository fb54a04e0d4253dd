using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

internal static class Filtered
{
    public const string Left = "192.0.2.10", Right = "203.0.113.20";

    /// <summary><code>  h -Gi0-r1-Gi1---Gi1-r2-Gi0- h</code></summary>
    public static NetworkBuilder Line()
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.0.0.1").Address("Gi0", "192.0.2.1/24").Address("Gi1", "198.51.100.1/30")
            .Arp("Gi0", Left, Mac(1));
        DeviceBuilder r2 = network.Device("r2", "10.0.0.2").Address("Gi0", "203.0.113.1/24").Address("Gi1", "198.51.100.2/30")
            .Arp("Gi0", Right, Mac(2));
        network.Cable("r1:Gi1", "r2:Gi1");
        r1.Route("203.0.113.0/24", "198.51.100.2", "Gi1").Arp("Gi1", "198.51.100.2", r2.MacOf("Gi1"));
        r2.Route("192.0.2.0/24", "198.51.100.1", "Gi1").Arp("Gi1", "198.51.100.1", r1.MacOf("Gi1"));
        return network;
    }

    /// <summary>
    /// <code>
    ///           +-Gi1---Gi1-r2-Gi2---Gi2-+
    ///   h -Gi0-r1                        r4-Gi0- h
    ///           +-Gi3---Gi1-r3-Gi2---Gi3-+     the list shows the way by r3: its address is the higher one
    /// </code>
    /// </summary>
    public static NetworkBuilder Diamond()
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.0.0.1").Address("Gi0", "192.0.2.1/24").Address("Gi1", "198.51.100.1/30")
            .Address("Gi3", "198.51.100.5/30")
            .Arp("Gi0", Left, Mac(1));
        DeviceBuilder r2 = network.Device("r2", "10.0.0.2").Address("Gi1", "198.51.100.2/30").Address("Gi2", "198.51.100.9/30");
        DeviceBuilder r3 = network.Device("r3", "10.0.0.3").Address("Gi1", "198.51.100.6/30").Address("Gi2", "198.51.100.13/30");
        DeviceBuilder r4 = network.Device("r4", "10.0.0.4").Address("Gi2", "198.51.100.10/30").Address("Gi3", "198.51.100.14/30")
            .Address("Gi0", "203.0.113.1/24")
            .Arp("Gi0", Right, Mac(2));
        network.Cable("r1:Gi1", "r2:Gi1");
        network.Cable("r1:Gi3", "r3:Gi1");
        network.Cable("r2:Gi2", "r4:Gi2");
        network.Cable("r3:Gi2", "r4:Gi3");
        r1.Route("203.0.113.0/24", "198.51.100.2", "Gi1").Route("203.0.113.0/24", "198.51.100.6", "Gi3")
            .Arp("Gi1", "198.51.100.2", r2.MacOf("Gi1")).Arp("Gi3", "198.51.100.6", r3.MacOf("Gi1"));
        r2.Route("203.0.113.0/24", "198.51.100.10", "Gi2").Arp("Gi2", "198.51.100.10", r4.MacOf("Gi2"));
        r3.Route("203.0.113.0/24", "198.51.100.14", "Gi2").Arp("Gi2", "198.51.100.14", r4.MacOf("Gi3"));
        return network;
    }

    public static Trace Trace(
        this NetworkBuilder network, string source, string destination, int protocol, int sourcePort, int destinationPort) =>
        network.Build().Trace(
            new Flow(Ipv4Address.Parse(source), Ipv4Address.Parse(destination), protocol, sourcePort, destinationPort));

    /// <summary>
    /// Delivered, perhaps (delivered, and a doubt), or where and by what it is dropped:
    /// <c>r1 in Gi0, rule 10 of FILTER: deny ip any any</c>.
    /// </summary>
    public static string Verdict(this Trace trace) => trace.Ending switch
    {
        Ending.Delivered => trace.Edges.Any(edge => edge.Confidence == RestsOn.InDoubt.Value) ? "perhaps" : "delivered",
        Ending.Denied denied =>
            $"{trace.Nodes.First(node => node.Device == denied.At).Name} {Side(denied.Direction)} {denied.InterfaceName}, {denied.Rule}",
        Ending ending => ending.GetType().Name,
    };

    /// <summary>
    /// The gates that the packet passes: each side of each interface of each device that drops it when this rule stands there, alone
    /// before a permit of all; with <c>perhaps</c> before it where that becomes a doubt. At every other side the answer stays what it was.
    /// </summary>
    public static string[] Gates(
        Func<NetworkBuilder> make, string source, string destination, string rule = "deny ip any any", int protocol = 0)
    {
        Trace open = make().Trace(source, destination, protocol, 0, 0);
        Assert.IsType<Ending.Delivered>(open.Ending);
        var gates = new List<string>();
        foreach (NetworkDevice device in make().Build().Devices)
        {
            foreach (string port in device.Snapshot.Interfaces.Select(i => i.Name))
            {
                gates.AddRange(Gate(device.Name, port, FilterDirection.In));
                gates.AddRange(Gate(device.Name, port, FilterDirection.Out));
            }
        }
        return [.. gates.Order(StringComparer.Ordinal)];

        IEnumerable<string> Gate(string device, string port, FilterDirection direction)
        {
            NetworkBuilder network = make();
            network[device].Rule(port, direction, rule).Rule(port, direction, "permit ip any any");
            Trace trace = network.Trace(source, destination, protocol, 0, 0);
            string place = $"{device} {Side(direction)} {port}";
            if (trace.Ending is Ending.Denied denied)
            {
                NetworkDevice at = network[device].Build();
                FilterRule first = at.Snapshot.FilterRules[0];
                IfIndex index = network[device].Port(port);
                var match = new FilterMatch(index, direction, first.List, Permits: false, first);
                Assert.Equal(new Ending.Denied(at.Id, index, port, direction, first.ToString()) { Match = match }, denied);
                return [place];
            }
            if (trace.Ending is Ending.Delivered && trace.ToText() == open.ToText()) return [];
            return [$"{(trace.Ending is Ending.Delivered ? "perhaps" : trace.Ending)} {place}"];
        }
    }

    private static string Side(FilterDirection direction) => direction == FilterDirection.In ? "in" : "out";
}
