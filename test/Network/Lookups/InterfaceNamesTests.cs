namespace Towpath.Network.Tests;

/// <summary>
/// What neighbors call an interface by. A device of few interfaces is searched at first, and indexed when it is asked often.
/// </summary>
public sealed class InterfaceNamesTests
{
    private const int MoreThanAreSearched = 20;

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public void No_name_is_none(int ports)
    {
        InterfaceNames names = Device(ports).Build().Tables.Names;
        foreach (string nothing in new[] { "", " ", "/", "/eth2", "a//eth2", "eth", "eth2000" }) Assert.Null(names.Find(nothing));
        Assert.NotNull(names.Find("eth2"));
    }

    [Fact]
    public void A_search_finds_what_the_index_finds()
    {
        DeviceBuilder device = Device(9)
            .Alias("eth1", "eth2").Alias("eth3", "uplink").Alias("eth4", "UPLINK").Alias("eth5", "Gi1/0/2");
        foreach (string name in new[] { "GigabitEthernet1/0/2", "gi1/0/3", "GigabitEthernet1/0/3" }) device.Port(name);
        string[] asked = ["eth1", "ETH2", "uplink", "Gi1/0/2", "gi1/0/3", "GigabitEthernet1/0/3", "bridge/eth1", "eth1/eth2", "eth99"];
        NetworkDevice one = device.Build();
        foreach (string name in asked)
        {
            IfIndex? searched = new NetworkDevice(one.Id, one.ManagementAddress, one.Snapshot).Tables.Names.Find(name);
            IfIndex? indexed = null;
            for (int time = 0; time < MoreThanAreSearched; time++) indexed = one.Tables.Names.Find(name);
            Assert.Equal(indexed, searched);
        }
    }

    private static DeviceBuilder Device(int ports)
    {
        DeviceBuilder device = new NetworkBuilder().Device("one", "192.0.2.1");
        for (int port = 1; port <= ports; port++) device.Port($"eth{port}");
        return device;
    }
}
