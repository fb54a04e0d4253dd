using System.Text.Json;
using System.Text.Json.Nodes;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server.Tests;

/// <summary>What <c>/interface</c> shows of facts that the campus does not have.</summary>
public sealed class InterfaceItemTests : IAsyncLifetime
{
    private readonly TestServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_port_shows_its_duplex_and_MTU_and_empty_texts_where_they_are_not_known()
    {
        DeviceId id = (await _server.Service<Devices>().SaveAsync([Switch()], default))[0];
        await _server.Service<Devices>().UpToDateAsync(default);
        JsonArray ports = (await _server.GetAsync($"/dna/intent/api/v1/interface/network-device/{id}")).Response.AsArray();
        Assert.Equal(
            [("FullDuplex", "9000"), ("HalfDuplex", "1500"), ("", "1500"), ("", "0")],
            ports.Select(port => (port!["duplex"]!.GetValue<string>(), port["mtu"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Every_field_of_an_interface_is_a_text_though_its_device_tells_next_to_nothing()
    {
        DeviceId id = (await _server.Service<Devices>().SaveAsync([Switch()], default))[0];
        await _server.Service<Devices>().UpToDateAsync(default);
        JsonNode port = (await _server.GetAsync($"/dna/intent/api/v1/interface/network-device/{id}")).Response[3]!;
        Assert.Equal(typeof(InterfaceItem).GetProperties().Length, port.AsObject().Count);
        Assert.Empty(port["addresses"]!.AsArray());
        Assert.All(port.AsObject().Where(field => field.Key != "addresses"),
            field => Assert.True(field.Value?.GetValueKind() == JsonValueKind.String, $"{field.Key}: {field.Value}"));
        Assert.Equal(("0", "0", "", "", ""),
            (Text("vlanId"), Text("nativeVlanId"), Text("voiceVlan"), Text("portMode"), Text("ipv4Address")));

        string Text(string name) => port[name]!.GetValue<string>();
    }

    private static CollectedDevice Switch() => new(
        Ipv4Address.Parse("192.0.2.1"),
        new DeviceSnapshot
        {
            Identity = DeviceIdentity.Nobody with { SysName = "switch" },
            CollectedAt = DateTimeOffset.UnixEpoch,
            Interfaces = [Port(1, 9000), Port(2, 1500), Port(3, 1500), Port(4, 0)],
            EthernetPorts = [new(new IfIndex(1), Duplex.Full), new(new IfIndex(2), Duplex.Half), new(new IfIndex(3), Duplex.Unknown)],
        },
        new AccessSettings(new DeviceCredential.SnmpV2c("public"), null, 3, TimeSpan.FromSeconds(60)));

    private static Interface Port(int index, int mtu) =>
        new()
        {
            Index = new IfIndex(index),
            Name = $"port{index}",
            ShortName = $"port{index}",
            Type = 6,
            AdminUp = true,
            OperUp = true,
            SpeedBitsPerSecond = 1_000_000_000,
            Mtu = mtu,
        };
}
