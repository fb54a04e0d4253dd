using System.Collections.Immutable;
using System.Globalization;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>Reads one entry of <c>devices</c>.</summary>
internal static class DeviceReader
{
    public static DeviceDescription Read(JsonCursor cursor)
    {
        DeviceKind kind = cursor.Choice("kind", required: true, "switch", "l3switch", "router", "wlc") switch
        {
            "switch" => DeviceKind.Switch,
            "l3switch" => DeviceKind.L3Switch,
            "router" => DeviceKind.Router,
            _ => DeviceKind.Wlc,
        };
        bool hidden = cursor.Flag("hidden", false);
        bool bridges = kind is DeviceKind.Switch or DeviceKind.L3Switch;
        MacAddress mac = cursor.Value<MacAddress>("mac", "MAC address such as 00:1b:21:0a:0b:0c");
        var device = new DeviceDescription
        {
            Path = cursor.Path,
            Name = cursor.Text("name"),
            Kind = kind,
            Hidden = hidden,
            Mac = mac,
            ManagementAddress = cursor.Value<Ipv4Address>("managementAddress", "address such as 10.1.12.1",
                hidden ? default(Ipv4Address) : null),
            Interfaces = InterfaceReader.Read(cursor, mac),
            Vlans = ReadVlans(cursor, bridges),
            StpPriority = ReadStpPriority(cursor),
            Gateway = cursor.Value<Ipv4Address>("gateway", "address such as 10.1.12.254", default(Ipv4Address)),
            Routes = [.. cursor.Objects("routes").Select(ReadRoute)],
            Ospf = cursor.Object("ospf") is { } ospf ? ReadOspf(ospf) : null,
            HashSeed = (uint)cursor.Long("hashSeed", 0, uint.MaxValue, 0),
            TopTalkers = cursor.Number("topTalkers", 0, 200, 0),
            Cdp = cursor.Flag("cdp", true) && !hidden,
            Lldp = cursor.Flag("lldp", true) && !hidden,
            Wlans = [.. cursor.Objects("wlans").Select(ReadWlan)],
            Hardware = ReadHardware(cursor),
            Mibs = ReadMibs(cursor.Object("mibs"), kind),
        };
        cursor.End();
        return device;
    }

    private static ImmutableArray<Vlan> ReadVlans(JsonCursor cursor, bool bridges)
    {
        var vlans = new SortedDictionary<int, string> { [1] = "default" };
        foreach (JsonCursor vlan in cursor.Objects("vlans"))
        {
            int id = vlan.Number("id", 1, 4094);
            string name = vlan.Text("name", string.Create(CultureInfo.InvariantCulture, $"VLAN{id:d4}"));
            if (id != 1 && !vlans.TryAdd(id, name)) vlan.Problem("id", $"VLAN {id} is already there");
            vlan.End();
        }
        if (!bridges && vlans.Count > 1) cursor.Problem("vlans", "only a switch or l3switch has VLANs");
        return bridges ? [.. vlans.Select(vlan => new Vlan(new VlanId((ushort)vlan.Key), vlan.Value))] : [];
    }

    private static int ReadStpPriority(JsonCursor cursor)
    {
        int priority = cursor.Number("stpPriority", 0, 61440, 32768);
        if (priority % 4096 != 0) cursor.Problem("stpPriority", $"{priority} is no multiple of 4096");
        return priority;
    }

    private static StaticRouteDescription ReadRoute(JsonCursor cursor)
    {
        bool toNull = cursor.Flag("null", false);
        var route = new StaticRouteDescription(
            cursor.Path,
            cursor.Value<Prefix>("to", "prefix such as 10.9.0.0/16"),
            cursor.Values<Ipv4Address>("via", "address such as 10.1.3.2"),
            cursor.Number("distance", 1, 254, 1));
        if (toNull == route.Via.Length > 0) cursor.Problem("via", "give either next hops or \"null\": true");
        cursor.End();
        return route;
    }

    private static OspfDescription ReadOspf(JsonCursor cursor)
    {
        JsonCursor? redistribute = cursor.Object("redistribute");
        var ospf = new OspfDescription(
            cursor.Path,
            cursor.Value<Ipv4Address>("routerId", "address such as 10.255.1.5"),
            cursor.Texts("passive"),
            cursor.Texts("exclude"),
            redistribute?.Has("static") == true ? redistribute.Number("static", 0, 16777214) : null,
            redistribute?.Has("connected") == true ? redistribute.Number("connected", 0, 16777214) : null);
        redistribute?.End();
        cursor.End();
        return ospf;
    }

    private static WlanDescription ReadWlan(JsonCursor cursor)
    {
        var wlan = new WlanDescription(cursor.Path, cursor.Number("id", 1, 512), cursor.Text("ssid"), cursor.Text("interface"));
        cursor.End();
        return wlan;
    }

    private static HardwareDescription ReadHardware(JsonCursor cursor)
    {
        JsonCursor? software = cursor.Object("software");
        string vendor = cursor.Text("vendor", "Cisco");
        string model = cursor.Text("model", "");
        string type = software?.Text("type", "") ?? "";
        string version = software?.Text("version", "") ?? "";
        software?.End();
        string objectId = cursor.Text("objectId", "1.3.6.1.4.1.9.1.1");
        if (!ObjectIdentifier.TryParse(objectId, null, out ObjectIdentifier? oid) || oid.Length < 2 || oid.SubIdentifiers[0] > 2)
        {
            cursor.Problem("objectId", $"'{objectId}' is no object identifier; write numbers such as 1.3.6.1.4.1.9.1.1");
            oid = new ObjectIdentifier(0, 0);
        }
        return new HardwareDescription
        {
            Vendor = vendor,
            Model = model,
            Serial = cursor.Text("serial", ""),
            SoftwareType = type,
            SoftwareVersion = version,
            Description = cursor.Text("description", $"{vendor} {type} Software, {model}, Version {version}"),
            ObjectId = oid,
            Contact = cursor.Text("contact", ""),
            Location = cursor.Text("location", ""),
            UptimeHours = cursor.Number("uptimeHours", 0, 1_000_000, 1000),
            CpuPercent = cursor.Number("cpuPercent", 0, 100, 10),
            MemoryMiB = cursor.Number("memoryMiB", 1, 1 << 20, 1024),
        };
    }

    private static MibChoice ReadMibs(JsonCursor? cursor, DeviceKind kind)
    {
        var choice = new MibChoice(
            Read("routes", kind == DeviceKind.Wlc ? [] : ["ipCidrRoute"], "inetCidrRoute", "ipCidrRoute", "ipRoute"),
            Read("addresses", ["ipAddr"], "ipAddress", "ipAddr"),
            Read("arp", ["ipNetToMedia"], "ipNetToPhysical", "ipNetToMedia"),
            Read("bridge", kind is DeviceKind.Switch or DeviceKind.L3Switch ? ["vlanContexts"] : [], "vlanContexts", "qBridge"),
            Read("load", ["ciscoProcess"], "ciscoProcess", "hostResources"));
        cursor?.End();
        return choice;

        ImmutableArray<string> Read(string key, ImmutableArray<string> fallback, params string[] words)
        {
            if (cursor?.Has(key) != true) return fallback;
            ImmutableArray<string> chosen = cursor.Texts(key);
            foreach (string word in chosen.Where(word => !words.Contains(word)))
                cursor.Problem(key, $"'{word}' is none of {string.Join(", ", words)}");
            return chosen;
        }
    }
}
