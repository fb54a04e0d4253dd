using System.Globalization;
using System.Text;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

/// <summary>What the inventory concludes of all recorded devices and networks, and of the cases of single devices.</summary>
[Trait("Needs", "patience")]
public sealed class RecordedKindsTests
{
    private static readonly CompositeFormat s_line = CompositeFormat.Parse("{0} | {1} | {2} | {3} | {4} | {5} {6} | {7}");

    [SharedFact]
    public async Task Every_recorded_device_is_of_a_kind_that_an_engineer_agrees_with()
    {
        var table = new StringBuilder("device | vendor | family | series | model | software | role\n\n");
        foreach (string path in Files("snmprec", "*.snmprec.gz"))
            Show(table, await NetworkOf([(Name(path), Recordings.Snmprec(Name(path)))]));
        foreach (IGrouping<string, string> network in Files("snmp-networks", "*.gz").Where(IsWalk)
            .GroupBy(path => Path.GetDirectoryName(path)!))
        {
            string name = Path.GetFileName(network.Key);
            Show(table.Append('\n'), await NetworkOf(
                [.. network.Select(path => ($"{name}/{Name(path)}", Recordings.Walk(name, Path.GetFileName(path)[..^3])))]));
        }
        table.Append('\n');
        foreach (string path in Directory.GetFiles(Shared.File("cases", "devices"), "*.walk").Order(StringComparer.Ordinal))
            Show(table, await NetworkOf([(Path.GetFileNameWithoutExtension(path), Recordings.WalkAt(path))]));
        Golden.Match("collection/recorded-kinds.txt", table.ToString());
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Shared.File("samples", folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static bool IsWalk(string path) =>
        !path.Contains(".json", StringComparison.Ordinal) && !path.Contains(".vlan.", StringComparison.Ordinal);

    private static string Name(string path) => Path.GetFileName(path).Split(".snmprec", 2)[0].Split(".txt.gz", 2)[0];

    private static async Task<Dictionary<string, NetworkDevice>> NetworkOf(IEnumerable<(string Name, RecordedSession Session)> recorded)
    {
        var devices = new Dictionary<string, NetworkDevice>();
        foreach ((string name, RecordedSession session) in recorded)
        {
            bool identified = session.CountBelow("1.3.6.1.2.1.1") > 0; // some walks were cut to their bridge tables
            if (!identified) continue;
            var id = new DeviceId(new Guid(devices.Count + 1, 0, 0, new byte[8]));
            devices.Add(name, new NetworkDevice(id, new Ipv4Address((uint)devices.Count + 1), await Collect.From(session)));
        }
        return devices;
    }

    private static void Show(StringBuilder table, Dictionary<string, NetworkDevice> devices)
    {
        var network = NetworkSnapshot.Build(devices.Values);
        var roles = DeviceRoles.Of(network, DeviceKind.AllOf(network));
        foreach ((string name, NetworkDevice device) in devices)
        {
            DeviceKind kind = DeviceKind.Of(device);
            DeviceIdentity identity = device.Snapshot.Identity;
            table.AppendFormat(CultureInfo.InvariantCulture, s_line, name, kind.Vendor, DeviceFamilyWords.Of(kind.Family), kind.Series,
                kind.Model, identity.SoftwareType, identity.SoftwareVersion, DeviceRoleWords.Of(roles.GetValueOrDefault(device.Id)))
                .Append('\n');

            bool forwards = identity.IpForwarding == IpForwarding.Forwarding || device.Snapshot.Routes.Length > 0
                || kind.Series is not null;
            Assert.True(kind.Family != DeviceFamily.Router || forwards && !device.Tables.ForwardsForNobody, $"{name} is no router.");
            Assert.True(identity.SoftwareVersion?.Any(char.IsAsciiDigit) != false, $"{name}: {identity.SoftwareVersion} is no version.");
        }
    }
}
