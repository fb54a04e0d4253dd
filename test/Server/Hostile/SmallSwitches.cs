using System.Globalization;
using Towpath.Network;
using Towpath.Simulator;

namespace Towpath.Server.Tests;

/// <summary>Simulated switches that are small, so that a discovery of some takes no time.</summary>
internal static class SmallSwitches
{
    /// <summary>Three in a row: 10.77.0.1 to 10.77.0.3.</summary>
    public static SimulatedNetwork Healthy() => Network(
        [Switch("north", "10.77.0.1", 1), Switch("middle", "10.77.0.2", 2), Switch("south", "10.77.0.3", 3)],
        """["north:GigabitEthernet0/1", "middle:GigabitEthernet0/1"], ["middle:GigabitEthernet0/2", "south:GigabitEthernet0/1"]""");

    /// <summary>One alone at <paramref name="address"/>, whose last two octets also make its name, MAC address and serial number.</summary>
    public static SimulatedDevice At(Ipv4Address address)
    {
        int number = (int)(address.Bits & 0xffff);
        return Network([Switch($"case-{number}", address.ToString(), number)], "").Devices[0];
    }

    /// <summary>Two that are cabled to each other; the first numbers its interfaces from <paramref name="firstIndex"/> on.</summary>
    public static SimulatedNetwork Pair(int firstIndex) => Network(
        [Switch("left", "10.77.2.1", 513, firstIndex), Switch("right", "10.77.2.2", 514)],
        """["left:GigabitEthernet0/2", "right:GigabitEthernet0/3"]""");

    private static SimulatedNetwork Network(string[] switches, string cables) =>
        new(NetworkDescription.Parse($$"""{ "name": "small", "devices": [ {{string.Join(", ", switches)}} ], "links": [ {{cables}} ] }"""), TimeProvider.System);

    private static string Switch(string name, string address, int number, int firstIndex = 1) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "name": "{{name}}", "kind": "switch", "mac": "02:00:{{number >> 8:x2}}:{{number & 255:x2}}:00:00", "managementAddress": "{{address}}",
          "model": "WS-C3850-48P", "serial": "FOC{{number:d8}}",
          "vlans": [ { "id": 20, "name": "STAFF" } ],
          "interfaces": [
            { "name": "GigabitEthernet0/[1-4]", "trunk": [1, 20], "ifIndex": {{firstIndex}} },
            { "name": "Vlan20", "svi": 20, "addresses": ["{{address}}/16"] }
          ]
        }
        """);
}
