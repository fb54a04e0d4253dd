using System.Net;
using System.Text.Json;

namespace Towpath.Accuracy;

/// <summary>
/// What the comparison may know of a topology file: names, addresses, who is managed. Never how anything is cabled or routed.
/// </summary>
internal sealed class LabTopology
{
    private readonly Dictionary<string, JsonElement> _nodes;
    private readonly Dictionary<string, string> _hostsByAddress = [];

    private LabTopology(JsonElement file, bool withController)
    {
        Name = file.GetProperty("name").GetString()!;
        Seeds = [.. file.GetProperty("discovery").EnumerateArray().Select(address => address.GetString()!)];
        _nodes = file.GetProperty("nodes").EnumerateObject().ToDictionary(node => node.Name, node => node.Value);
        AnyFailure = file.TryGetProperty("failures", out _);
        Hosts = [.. _nodes.Keys.Where(name => IsHost(name) && (withController || Kind(name) != "controller"))];
        foreach (string host in Hosts) _hostsByAddress[AddressOf(host)] = host;
    }

    public string Name { get; }

    /// <summary>One address in each part of the network that LLDP crosses.</summary>
    public IReadOnlyList<string> Seeds { get; }

    /// <summary>Something fails after the network was read.</summary>
    public bool AnyFailure { get; }

    /// <summary>Some agent does not show all of its tables.</summary>
    public bool AnyHidden => _nodes.Keys.Any(Hides);

    /// <summary>Telephones are hosts. The controller's host is one of them where the lab can see its packets.</summary>
    public IReadOnlyList<string> Hosts { get; }

    /// <summary>The host that Towpath runs in.</summary>
    public string Controller => _nodes.Keys.First(name => Kind(name) == "controller");

    /// <summary>Devices that answer SNMP.</summary>
    public IEnumerable<string> Managed => _nodes.Keys.Where(HasAgent);

    /// <summary>What access lists drop, as protocol and destination port.</summary>
    public IEnumerable<(string Protocol, int Port)> Denied => _nodes.Values
        .Where(node => node.TryGetProperty("acls", out _))
        .SelectMany(node => node.GetProperty("acls").EnumerateObject())
        .SelectMany(acl => acl.Value.EnumerateArray())
        .Where(rule => Text(rule, "action") == "deny" && rule.TryGetProperty("dport", out _))
        .Select(rule => (Text(rule, "proto") ?? "udp", rule.GetProperty("dport").GetInt32()))
        .Distinct();

    /// <summary>Addresses that a device translates to others.</summary>
    public IEnumerable<string> Translated => _nodes.Values
        .Where(node => node.TryGetProperty("nat", out _))
        .SelectMany(node => node.GetProperty("nat").EnumerateArray())
        .Select(rule => rule.GetProperty("to").GetString()!);

    /// <param name="withController">False where the controller's host is outside of the guest kernel, so that its own packets are not
    /// seen.</param>
    public static LabTopology Read(string path, bool withController)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(path));
        return new LabTopology(file.RootElement.Clone(), withController);
    }

    public bool IsHost(string name) => Kind(name) is "host" or "controller" or "phone";

    /// <summary>A host that bridges for the station behind it: for that one it is a switch that nobody manages.</summary>
    public bool IsTelephone(string name) => _nodes.ContainsKey(name) && Kind(name) == "phone";

    /// <summary>Its agent does not show all of its tables.</summary>
    public bool Hides(string name) => _nodes.TryGetValue(name, out JsonElement node) && node.TryGetProperty("hides", out _);

    /// <summary>Has neither an agent nor a controller that speaks for it.</summary>
    public bool IsUnmanaged(string name) => !IsHost(name) && ManagedWord(name) == "false";

    /// <summary>Has no agent; its facts are in its wireless controller.</summary>
    public bool IsAccessPoint(string name) => _nodes.ContainsKey(name) && ManagedWord(name) == "by-wlc";

    /// <summary>Its gateway has no agent, so that no table tells which address of a network is its MAC address's.</summary>
    public bool IsResolvedByNobody(string host) => Text(_nodes[host], "gateway") is { } gateway
        && _nodes.Any(node => IsUnmanaged(node.Key) && Addresses(node.Value).Contains(gateway));

    /// <summary>They share a gateway.</summary>
    public bool ShareSubnet(string host, string other) => Text(_nodes[host], "gateway") == Text(_nodes[other], "gateway");

    /// <summary>A device that answers SNMP itself. False for what is no device at all.</summary>
    public bool HasAgent(string name) => _nodes.ContainsKey(name) && !IsHost(name) && ManagedWord(name) == "true";

    /// <summary>Null for an address that is no host's.</summary>
    public string? HostAt(string? address) => address is null ? null : _hostsByAddress.GetValueOrDefault(address);

    /// <summary>The management address, else the first IPv4 address.</summary>
    public string AddressOf(string name) => Text(_nodes[name], "mgmt") ?? Addresses(_nodes[name]).First();

    /// <summary>Ranges that hold the managed devices' addresses, one for each /24: what an operator would write down.</summary>
    public string Ranges()
    {
        var ranges = Managed.Select(name => IPAddress.Parse(AddressOf(name)).GetAddressBytes())
            .GroupBy(octets => $"{octets[0]}.{octets[1]}.{octets[2]}", octets => octets[3])
            .Select(net => $"{net.Key}.{net.Min()}-{net.Key}.{net.Max()}");
        return string.Join(",", ranges);
    }

    private string Kind(string name) => Text(_nodes[name], "kind") ?? "router";

    private string ManagedWord(string name) => !_nodes[name].TryGetProperty("managed", out JsonElement managed) ? "true"
        : managed.ValueKind == JsonValueKind.String ? managed.GetString()!
        : managed.GetBoolean() ? "true" : "false";

    private static IEnumerable<string> Addresses(JsonElement node)
    {
        foreach (JsonProperty port in node.GetProperty("interfaces").EnumerateObject())
        {
            if (!port.Value.TryGetProperty("ip", out JsonElement ip)) continue;
            string[] all = ip.ValueKind == JsonValueKind.String
                ? [ip.GetString()!] : [.. ip.EnumerateArray().Select(one => one.GetString()!)];
            foreach (string address in all.Where(one => !one.Contains(':', StringComparison.Ordinal))) yield return address.Split('/')[0];
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
