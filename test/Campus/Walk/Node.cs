using System.Text.Json.Nodes;

namespace Towpath.Campus.Tests;

/// <summary>A device, access point or host.</summary>
internal sealed class Node(string name, NodeKind kind, JsonNode json)
{
    public string Name { get; } = name;

    public NodeKind Kind { get; } = kind;

    public JsonNode Json { get; } = json;

    public List<Port> Ports { get; } = [];

    public bool Hidden => (bool?)Json["hidden"] ?? false;

    public bool Bridges => Kind is NodeKind.Switch or NodeKind.L3Switch;

    public bool Routes => Kind is NodeKind.L3Switch or NodeKind.Router;

    public bool IsWireless => Kind == NodeKind.Host && Json["accessPoint"] is not null;

    /// <summary>(priority, MAC) in one number.</summary>
    public (int Priority, ulong Mac) BridgeId =>
        ((int?)Json["stpPriority"] ?? 32768, Convert.ToUInt64(((string)Json["mac"]!).Replace(":", "", StringComparison.Ordinal), 16));

    public uint Gateway => Json["gateway"] is { } gateway ? Plan.Address((string)gateway!).Address : 0;

    /// <summary>Hosts and access points have one address.</summary>
    public (uint Address, int Length) Own => Plan.Address((string)Json["address"]!);

    public static Node OfStation(JsonNode json, NodeKind kind, string port)
    {
        var node = new Node((string)json["name"]!, kind, json);
        node.Ports.Add(new Port(node, port) { Number = 1 });
        return node;
    }

    public static Node OfDevice(JsonNode json)
    {
        NodeKind kind = (string)json["kind"]! switch
        {
            "switch" => NodeKind.Switch,
            "l3switch" => NodeKind.L3Switch,
            "router" => NodeKind.Router,
            "wlc" => NodeKind.Controller,
            string other => throw new FormatException(other),
        };
        var node = new Node((string)json["name"]!, kind, json);
        foreach (JsonNode? entry in Plan.Array(json, "interfaces"))
        {
            foreach (string name in Names((string)entry!["name"]!))
            {
                Port? known = node.Ports.FirstOrDefault(port => port.Name == name);
                if (known is null) node.Ports.Add(known = new Port(node, name));
                known.Apply(entry);
            }
        }
        int number = 0;
        foreach (Port port in node.Ports.Where(port => port.IsPhysical)) port.Number = ++number;
        return node;
    }

    private static IEnumerable<string> Names(string name)
    {
        int open = name.IndexOf('[', StringComparison.Ordinal);
        if (open < 0) return [name];
        int close = name.IndexOf(']', StringComparison.Ordinal);
        int[] ends = [.. name[(open + 1)..close].Split('-').Select(int.Parse)];
        return Enumerable.Range(ends[0], ends[1] - ends[0] + 1).Select(number => name[..open] + number + name[(close + 1)..]);
    }
}

/// <summary>An interface, physical or not.</summary>
internal sealed class Port(Node node, string name)
{
    public Node Node { get; } = node;

    public string Name { get; } = name;

    /// <summary>Bridge port number; 0 of a virtual one.</summary>
    public int Number { get; set; }

    public bool Shutdown { get; private set; }

    public int? Access { get; private set; }

    public int[]? Trunk { get; private set; }

    public int Native { get; private set; } = 1;

    public int? Svi { get; private set; }

    public List<(uint Address, int Length)> Addresses { get; private set; } = [];

    public int OspfCost { get; private set; }

    public int StpCost { get; private set; }

    public bool IsLoopback => Name.StartsWith("Loopback", StringComparison.Ordinal);

    public bool IsPhysical => Svi is null && !IsLoopback;

    /// <summary>A physical port that carries IP itself: no VLANs.</summary>
    public bool IsRouted => IsPhysical && Access is null && Trunk is null;

    /// <summary>The VLAN of untagged frames; null where there is none, 0 where VLANs do not exist.</summary>
    public int? Untagged => IsRouted ? 0 : Access ?? (Trunk!.Contains(Native) ? Native : null);

    public IEnumerable<int> Tagged => (Trunk ?? []).Where(vlan => vlan != Native);

    public bool Carries(int vlan) => Access == vlan || Trunk?.Contains(vlan) == true;

    public void Apply(JsonNode json)
    {
        Shutdown = (bool?)json["shutdown"] ?? Shutdown;
        if (json["access"] is { } access) (Access, Trunk, Svi) = ((int)access, null, null);
        if (json["trunk"] is JsonArray trunk) (Access, Trunk, Svi) = (null, [.. trunk.Select(vlan => (int)vlan!)], null);
        if (json["svi"] is { } svi) (Access, Trunk, Svi) = (null, null, (int)svi);
        Native = (int?)json["native"] ?? Native;
        // An address makes a port a routed one: the range it came from may have been access ports.
        if (json["addresses"] is JsonArray addresses)
        {
            Addresses = [.. addresses.Select(address => Plan.Address((string)address!))];
            if (Svi is null && json["access"] is null && json["trunk"] is null) (Access, Trunk) = (null, null);
        }
        OspfCost = (int?)json["ospfCost"] ?? (OspfCost > 0 ? OspfCost : IsLoopback ? 1 : 10);
        int speed = (int?)json["speed"] ?? _speed
            ?? (Name.StartsWith("TenGigabitEthernet", StringComparison.Ordinal)
            ? 10000 : Name.StartsWith("FastEthernet", StringComparison.Ordinal) ? 100 : 1000);
        _speed = speed;
        _stpCost = (int?)json["stpCost"] ?? _stpCost;
        StpCost = _stpCost ?? speed switch { >= 10000 => 2, >= 1000 => 4, >= 100 => 19, _ => 100 };
    }

    private int? _speed;
    private int? _stpCost;
}
