using System.Text.Json.Nodes;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Every table over all devices of the campus, asked in every way.</summary>
[Collection(CampusInventory.Name)]
public sealed class TableTests(CampusServer server)
{
    private const string Tables = $"{CampusServer.Catalyst}/table";

    private NetworkSnapshot Network => server.Service<CurrentNetwork>().Snapshot;

    [Fact]
    public async Task Every_kind_of_fact_is_a_table_and_no_column_is_called_as_a_key_of_the_query()
    {
        JsonNode[] tables = [.. (await server.GetAsync(Tables)).Response.AsArray().Select(table => table!)];
        Assert.Equal(tables.Select(Name).Order(StringComparer.Ordinal), tables.Select(Name));
        Assert.Empty(FactLayout.All.Select(layout => layout.Name).Except(tables.Select(Name)));
        Assert.Empty(new[] { "hosts", "links", "neighbors" }.Except(tables.Select(Name)));
        Assert.All(tables, table => Assert.Empty(TableQuestion.OwnKeys
            .Intersect(table["columns"]!.AsArray().Select(column => column!.GetValue<string>()), StringComparer.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_table_has_the_rows_of_all_devices_and_is_counted_and_paged()
    {
        foreach (FactLayout layout in FactLayout.All)
        {
            int rows = Network.Devices.Sum(device => layout.RowsIn(device.Snapshot).Cast<object>().Count());
            Assert.Equal(rows, (await server.GetAsync($"{Tables}/{layout.Name}/count")).Response.GetValue<int>());
            Assert.Equal(Math.Min(rows, 500), (await RowsAsync(layout.Name)).Length);
        }
        JsonNode[] all = await RowsAsync("arp"), page = await RowsAsync("arp?offset=3&limit=2");
        Assert.Equal(all.Skip(2).Take(2).Select(row => row.ToJsonString()), page.Select(row => row.ToJsonString()));
    }

    [Fact]
    public async Task The_longest_match_on_every_device_is_the_rows_by_which_it_forwards()
    {
        var destination = Ipv4Address.Parse("10.2.1.22");
        JsonNode[] rows = await RowsAsync($"routes?longestMatch={destination}");

        Assert.NotEmpty(rows);
        foreach (NetworkDevice device in Network.Devices)
        {
            string[] told = [.. rows.Where(row => row["deviceId"]!.GetValue<string>() == device.Id.ToString())
                .Select(row => $"{Cell(row, "network")}/{Cell(row, "prefixLength")}").Distinct()];
            string[] matched = device.Tables.Fib.LongestMatch(destination) is { } match ? [match.Prefix.ToString()] : [];
            Assert.Equal(matched, told);
        }
    }

    [Fact]
    public async Task Values_of_one_column_are_alternatives_and_columns_add_up()
    {
        JsonNode[] ospf = await RowsAsync("routes?protocol=ospf&device=CAMPUS-Dist1"),
            both = await RowsAsync("routes?protocol=Ospf&protocol=local&device=CAMPUS-Dist1");
        Assert.NotEmpty(ospf);
        Assert.All(ospf, row => Assert.Equal(("Ospf", "CAMPUS-Dist1"), (Cell(row, "protocol"), row["deviceName"]!.GetValue<string>())));
        Assert.True(both.Length > ospf.Length);
        Assert.Equal(["Local", "Ospf"], both.Select(row => Cell(row, "protocol")).Distinct().Order());

        JsonNode[] inside = await RowsAsync("arp?address=10.1.0.0/16");
        Assert.NotEmpty(inside);
        Assert.All(inside, row => Assert.StartsWith("10.1.", Cell(row, "address"), StringComparison.Ordinal));
        Assert.Equal(Network.Devices.Sum(device => device.Snapshot.Arp.Count(entry => Prefix.Parse("10.1.0.0/16").Contains(entry.Address))),
            (await server.GetAsync($"{Tables}/arp/count?address=10.1.0.0/16")).Response.GetValue<int>());
    }

    [Fact]
    public async Task Interfaces_tell_what_their_counters_told_in_the_last_interval()
    {
        NetworkDevice device = Network.Devices.Single(device => device.Name == "CAMPUS-Access1");
        Interface[] ports = [.. device.Snapshot.Interfaces.Where(port => port.SpeedBitsPerSecond > 0).Take(2)];
        DateTimeOffset noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
        DeviceLoad load = DeviceLoad.After(
            DeviceLoad.After(null, new CountersReading(noon.AddDays(-40), 1_000, [.. ports.Select(port => Counted(port, 5))])),
            new CountersReading(noon, 345_601_000, [Counted(ports[0], 5, errors: 3), Counted(ports[1], long.MaxValue)]));
        Assert.Equal([true], (await server.Service<IWriter>().CommitAsync(
            [new SaveLoad(device.Id, [.. DeviceLoadCodec.Encode(load)])], default)).AsEnumerable());

        JsonNode lost = Assert.Single(await RowsAsync("interfaces?lost=1-9999&device=CAMPUS-Access1"));
        Assert.Equal((ports[0].Name, "3", "0", "0"), (Cell(lost, "name"), Cell(lost, "errorsIn"), Cell(lost, "rateIn"),
            Cell(lost, "utilizationIn")));
        Assert.Equal(("2026-03-25T12:00:00Z", "2026-05-04T12:00:00Z"), (Cell(lost, "countedFrom"), Cell(lost, "countedTo")));
        Assert.Equal(ports[1].Name, Cell(Assert.Single(await RowsAsync("interfaces?utilizationIn=80-100&device=CAMPUS-Access1")), "name"));
        JsonNode unused = Assert.Single(await RowsAsync("interfaces?unusedDays=30-99999&device=CAMPUS-Access1"));
        Assert.Equal((ports[0].Name, "40", "not since 2026-03-25T12:00:00Z"),
            (Cell(unused, "name"), Cell(unused, "unusedDays"), Cell(unused, "lastUsed")));
        Assert.Equal(2, (await server.GetAsync($"{Tables}/interfaces/count?countedTo=.*&device=CAMPUS-Access1")).Response.GetValue<int>());
        Assert.Equal(ports[1].Name, Cell((await RowsAsync("interfaces?sortBy=rateIn&order=desc"))[0], "name"));
        long at = server.Service<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        JsonNode before = Assert.Single(await RowsAsync($"interfaces?device=CAMPUS-Access1&name={ports[0].Name}&at={at}"));
        Assert.Null(before["row"]!["countedTo"]); // of an earlier time nothing is kept

        static InterfaceCounts Counted(Interface port, long octets, long errors = 0) => new(port.Name)
        {
            Has64Bits = true, InOctets = octets, OutOctets = 0, InErrors = errors, Speed = port.SpeedBitsPerSecond,
        };
    }

    [Fact]
    public async Task Rows_are_in_order_by_value()
    {
        Ipv4Address[] ascending = [.. (await RowsAsync("arp?sortBy=address")).Select(row => Ipv4Address.Parse(Cell(row, "address")))];
        Assert.Equal(ascending.Order(), ascending);
        string[] devices = [.. (await RowsAsync("arp?sortBy=device&order=desc")).Select(row => row["deviceName"]!.GetValue<string>())];
        Assert.Equal(devices.OrderDescending(StringComparer.OrdinalIgnoreCase), devices);
    }

    [Fact]
    public async Task Links_are_seen_from_both_ends_and_hosts_hang_where_their_list_says()
    {
        JsonNode[] links = await RowsAsync("links");
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(links, other => other["deviceName"]!.GetValue<string>() == Cell(link, "farDevice")
            && Cell(other, "farDevice") == link["deviceName"]!.GetValue<string>()
            && Cell(other, "interface") == Cell(link, "farInterface")));
        Assert.Equal(Network.Hosts.Select(host => host.Address.ToString()).Order(),
            (await RowsAsync("hosts")).Select(row => Cell(row, "address")).Order());
        Assert.Equal(Network.Devices.Sum(device => device.Snapshot.LldpNeighbors.Length + device.Snapshot.CdpNeighbors.Length),
            (await server.GetAsync($"{Tables}/neighbors/count")).Response.GetValue<int>());
    }

    [Fact]
    public async Task A_file_of_values_is_whole_and_has_the_same_rows()
    {
        Answer file = await server.GetAsync($"{Tables}/interfaces?format=csv");
        Assert.Equal(("text/csv", "interfaces.csv"),
            (file.Message.Content.Headers.ContentType!.MediaType, file.Message.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        string[] lines = file.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("device,managementIpAddress,collectedAt,index,name,shortName,alias,type,mac,up,speed,mtu,rateIn,rateOut,"
            + "utilizationIn,utilizationOut,errorsIn,errorsOut,discardsIn,discardsOut,lost,countedFrom,countedTo,lastUsed,unusedDays",
            lines[0]);
        Assert.Equal(Network.Devices.Sum(device => device.Snapshot.Interfaces.Length), lines.Length - 1);
        Assert.Equal(3, (await server.GetAsync($"{Tables}/interfaces?format=csv&limit=2")).Text.Split("\r\n").Length - 1);
    }

    [Fact]
    public async Task What_is_not_known_is_refused_with_what_is()
    {
        foreach (string family in new[] { "/api/v1", CampusServer.Catalyst })
        {
            Answer refused = await server.GetAsync(
                $"{family}/table/arp?longestMatch=10.1.1.1&sortBy=moon&order=up&at=noon&format=xml");
            ErrorTests.AssertIsError(refused, 400);
            foreach (string part in
                (string[])["longestMatch is asked of routes", "sortBy must be", "order must be", "at must be", "format must be"])
                Assert.Contains(part, refused.Text, StringComparison.Ordinal);
            Answer nothing = await server.GetAsync($"{family}/table/moons");
            ErrorTests.AssertIsError(nothing, 404);
            Assert.Contains("routes", nothing.Text, StringComparison.Ordinal);
            Assert.Contains("colour", string.Join(' ', (await server.GetAsync($"{family}/table/arp?colour=red")).Message.Headers
                .GetValues("Warning")), StringComparison.Ordinal);
        }
    }

    private async Task<JsonNode[]> RowsAsync(string question)
    {
        Answer answer = await server.GetAsync($"{Tables}/{question}");
        Assert.True(answer.Status == 200, answer.Text);
        return [.. answer.Response.AsArray().Select(row => row!)];
    }

    private static string Name(JsonNode table) => table["name"]!.GetValue<string>();

    private static string Cell(JsonNode row, string column) => row["row"]![column]?.GetValue<string>() ?? "";
}
