using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>The longest match of an address in a VRF is asked again: its rows have the VRF's name before them.</summary>
public sealed class VrfRouteRowsTests
{
    private static readonly Ipv4Address s_destination = Ipv4Address.Parse("10.2.1.22");

    [Fact]
    public async Task A_route_of_a_VRF_is_replaced_in_its_VRF_alone()
    {
        LiveDevice asked = await AskVrfAsync("red", [("red", "10.2.0.0/16 192.0.2.1"), ("blue", "10.2.0.0/16 192.0.2.5")],
            [("red", "10.2.0.0/16 192.0.2.1"), ("red", "10.2.1.0/24 192.0.2.2"), ("blue", "10.2.1.0/24 192.0.2.6")]);
        Assert.Equal(["blue 10.2.0.0/16 192.0.2.5", "red 10.2.0.0/16 192.0.2.1", "red 10.2.1.0/24 192.0.2.2"], OfVrfs(asked));
        Assert.True(asked.Asked.Values.Single(row => row != asked.Asked[RowKey.Device]).HasChanged);
    }

    [Fact]
    public async Task A_route_of_a_VRF_that_is_gone_leaves_the_shorter_one_or_none()
    {
        LiveDevice asked = await AskVrfAsync("red", [("red", "0.0.0.0/0 192.0.2.9"), ("red", "10.2.1.0/24 192.0.2.2")],
            [("red", "0.0.0.0/0 192.0.2.9")]);
        Assert.Equal(["red 0.0.0.0/0 192.0.2.9"], OfVrfs(asked));
        asked = await AskVrfAsync("red", [("red", "10.2.1.0/24 192.0.2.2")], [("red", "198.51.100.0/24 192.0.2.9")]);
        Assert.Empty(OfVrfs(asked));
    }

    /// <summary>Its name was octets that are no text, so the index is not the name.</summary>
    [Fact]
    public async Task A_VRF_that_the_agent_does_not_name_so_loses_no_route()
    {
        LiveDevice asked =
            await AskVrfAsync("red", [("red", "10.2.1.0/24 192.0.2.2")], [("blue", "10.2.1.0/24 192.0.2.3")], vrfs: ["blue"]);
        Assert.Equal(["red 10.2.1.0/24 192.0.2.2"], OfVrfs(asked));
        Assert.Contains("in a way of its own", asked.Asked.Values.Single(row => row.NotRead is not null).NotRead, StringComparison.Ordinal);
    }

    private static string[] OfVrfs(LiveDevice asked) =>
        [.. asked.Snapshot.VrfRoutes.Select(row => $"{row.Vrf} {row.Route.Prefix} {row.Route.NextHop}").Order(StringComparer.Ordinal)];

    private static async Task<LiveDevice> AskVrfAsync(
        string vrf, (string Vrf, string Route)[] before, (string Vrf, string Route)[] now, string[]? vrfs = null)
    {
        RecordedSession session = OfVrfs(now, vrfs ?? ["red", "blue"]);
        LiveDevice device = new LiveReader(Collect.Snmp(session), new FakeTimeProvider())
            .Open(Collect.Access, await Collect.From(OfVrfs(before, ["red", "blue"])));
        RowKey row = RowKey.Route(s_destination, VrfRoute.MplsL3VpnVrfRteTable, new VrfName(vrf));
        await device.ReadAsync([row], "late", CancellationToken.None);
        Assert.InRange(session.Asked.Count, 1, LiveReader.MostVariables);
        return device;
    }

    private static RecordedSession OfVrfs((string Vrf, string Route)[] routes, string[] vrfs) => new(
    [
        .. Row.System(), .. Row.Interfaces("eth0"),
        .. vrfs.Select(vrf => Row.Text($"1.3.6.1.2.1.10.166.11.1.2.2.1.4.{Index(vrf)}", "65000:1")),
        .. routes.SelectMany(row => VrfRow(Index(row.Vrf), row.Route)),
    ]);

    private static string Index(string vrf) => $"{vrf.Length}.{string.Join('.', vrf.Select(letter => (int)letter))}";

    private static VarBind[] VrfRow(string vrf, string route)
    {
        (string prefix, string hop) = (route.Split(' ')[0], route.Split(' ')[1]);
        string index = $"{vrf}.1.4.{prefix.Replace('/', '.')}.2.0.0.1.4.{hop}";
        const string Entry = "1.3.6.1.2.1.10.166.11.1.4.1.1";
        return [.. new[] { (7, 1), (8, 4), (9, 13), (12, 1) }.Select(cell => Row.Int($"{Entry}.{cell.Item1}.{index}", cell.Item2))];
    }
}
