using System.Text.Json;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>Reads the file's values one by one; whether they fit together is <see cref="DescriptionRules"/>' matter.</summary>
internal static class DescriptionReader
{
    private const string AnAddress = "address such as 10.1.12.1";
    private const string ASubnetAddress = "address with prefix length such as 10.1.12.1/24";
    private const string AMac = "MAC address such as 00:1b:21:0a:0b:0c";

    public static NetworkDescription? Read(JsonElement root, List<string> problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"The file is no object but {root.ValueKind}.");
            return null;
        }
        var file = new JsonCursor(root, "", problems);
        var network = new NetworkDescription(
            file.Text("name"),
            file.Text("managementStation", ""),
            [.. file.Objects("devices", required: true).Select(DeviceReader.Read)],
            [.. file.Objects("accessPoints").Select(ReadAccessPoint)],
            [.. file.Objects("hosts").Select(ReadHost)],
            [.. file.Items("links", required: false).Select(link => ReadCable(link.Value, link.Path, problems)).OfType<CableDescription>()],
            [.. file.Objects("flows").Select(ReadConversation)]);
        file.End();
        return network;
    }

    private static AccessPointDescription ReadAccessPoint(JsonCursor cursor)
    {
        var accessPoint = new AccessPointDescription
        {
            Path = cursor.Path,
            Name = cursor.Text("name"),
            Address = cursor.Value<SubnetAddress>("address", ASubnetAddress),
            Gateway = cursor.Value<Ipv4Address>("gateway", AnAddress),
            Controller = cursor.Text("controller"),
            EthernetMac = cursor.Value<MacAddress>("ethernetMac", AMac),
            RadioMac = cursor.Value<MacAddress>("radioMac", AMac),
            Model = cursor.Text("model", ""),
            Serial = cursor.Text("serial", ""),
            Software = cursor.Text("software", ""),
            Location = cursor.Text("location", ""),
        };
        cursor.End();
        return accessPoint;
    }

    private static HostDescription ReadHost(JsonCursor cursor)
    {
        bool wireless = cursor.Has("accessPoint");
        var host = new HostDescription(
            cursor.Path,
            cursor.Text("name"),
            cursor.Value<MacAddress>("mac", AMac),
            cursor.Value<SubnetAddress>("address", ASubnetAddress),
            cursor.Value<Ipv4Address>("gateway", AnAddress),
            cursor.Text("accessPoint", ""),
            cursor.Number("wlan", 1, 512, wireless ? null : 0),
            cursor.Text("user", ""));
        cursor.End();
        return host;
    }

    private static CableDescription? ReadCable(JsonElement value, string path, List<string> problems)
    {
        string[] ends = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(end => end.ValueKind == JsonValueKind.String ? end.GetString()! : end.GetRawText())]
            : [];
        if (ends.Length == 2 && ReadEnd(ends[0]) is { } a && ReadEnd(ends[1]) is { } b) return new CableDescription(path, a, b);
        problems.Add($"{path}: {value.GetRawText()} is no cable; write [\"DEVICE:INTERFACE\", \"DEVICE:INTERFACE\"]");
        return null;
    }

    private static CableEnd? ReadEnd(string text) =>
        text.Split(':', 2) is [{ Length: > 0 } node, { Length: > 0 } port] ? new CableEnd(node, port) : null;

    private static ConversationDescription ReadConversation(JsonCursor cursor)
    {
        string protocol = cursor.Choice("protocol", required: true, "tcp", "udp", "icmp");
        bool ports = protocol != "icmp";
        long octets = cursor.Long("octetsPerSecond", 1, 1_000_000_000_000, 10_000);
        var conversation = new ConversationDescription(
            cursor.Path,
            cursor.Text("from"),
            cursor.Text("to"),
            protocol switch { "tcp" => 6, "udp" => 17, _ => 1 },
            ports ? (ushort)cursor.Number("sourcePort", 0, 65535) : (ushort)0,
            ports ? (ushort)cursor.Number("destinationPort", 0, 65535) : (ushort)0,
            octets,
            cursor.Long("replyOctetsPerSecond", 0, 1_000_000_000_000, octets / 10));
        cursor.End();
        return conversation;
    }
}
