using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.Network.Tests;

/// <summary>A forwarding database of several tables and contexts: BRIDGE-MIB tells no VLAN, Q-BRIDGE-MIB one.</summary>
public sealed class FdbTests
{
    private static readonly MacAddress s_mac = Mac(5);

    [Theory]
    [InlineData("10:5:1", 10, 1)]
    [InlineData("10:5:1", 20, null)] // another VLAN's
    [InlineData("0:5:1", 20, 1)] // in whatever VLAN
    [InlineData("0:5:1 20:5:2", 20, 2)]
    [InlineData("0:5:1 20:5:2", 10, 1)]
    [InlineData("10:4:1 10:6:2", 10, null)]
    [InlineData("10:5:1 20:5:1", 0, 1)] // whatever the VLAN is, it is this port
    [InlineData("10:5:1 20:5:2", 0, null)]
    [InlineData("10:5:1 10:5:2", 10, 2)] // the later row
    [InlineData("10:5:2 10:5:1", 10, 1)]
    [InlineData("10:5:self", 10, null)]
    [InlineData("10:5:self 10:5:1", 10, 1)] // a learned port says more than that it is the bridge's own
    [InlineData("10:5:1 10:5:self", 10, 1)]
    [InlineData("10:5:invalid", 10, null)]
    [InlineData("10:5:1 10:5:invalid", 10, 1)]
    [InlineData("10:5:0", 10, null)] // no port is told
    [InlineData("", 10, null)]
    public void A_frame_leaves_by_the_port_of_the_row_of_its_VLAN_else_of_the_row_without_one(string rows, int vlan, int? port) =>
        Assert.Equal(port, Of(rows).Find(new VlanId((ushort)vlan), s_mac)?.Value);

    [Theory]
    [InlineData("10:5:1", 10, null)]
    [InlineData("10:5:1 10:5:2", 10, 1)] // the earlier row
    [InlineData("10:5:1 10:5:2", 20, null)]
    [InlineData("10:5:1 10:5:1", 10, null)]
    [InlineData("10:5:1 10:5:self", 10, null)]
    [InlineData("0:5:1 0:5:2", 20, 1)]
    [InlineData("0:5:2 20:5:1", 20, 2)] // a row that tells no VLAN may mean this one
    [InlineData("0:5:2 20:5:1 30:5:2", 20, null)] // unless it means the other one
    [InlineData("0:5:1 20:5:1", 20, null)]
    [InlineData("0:5:self 20:5:1", 20, null)]
    [InlineData("10:5:1 20:5:2", 0, 2)]
    [InlineData("10:5:1 20:5:1", 0, null)]
    [InlineData("0:5:1 0:5:2", 0, 1)]
    public void Another_port_contradicts_it_in_the_same_VLAN_or_in_a_row_that_no_VLAN_explains(string rows, int vlan, int? port) =>
        Assert.Equal(port, Of(rows).FindOther(new VlanId((ushort)vlan), s_mac)?.Value);

    [Theory]
    [InlineData("10:5:self", 10, true)]
    [InlineData("10:5:self", 20, false)]
    [InlineData("0:5:self", 20, true)]
    [InlineData("10:5:1", 10, false)]
    [InlineData("10:5:self 10:5:1", 10, false)]
    [InlineData("10:6:self", 10, false)]
    public void The_bridges_own_addresses_are_those_of_which_nothing_else_is_told(string rows, int vlan, bool own) =>
        Assert.Equal(own, Of(rows).IsSelf(new VlanId((ushort)vlan), s_mac));

    [Fact]
    public void Rows_of_one_address_are_in_order_of_VLANs_without_those_of_its_neighbors()
    {
        Fdb fdb = Of("4094:4:1 30:5:3 10:5:1 0:5:2 0:6:1 20:5:self 30:5:3");
        Assert.Equal("0:2 10:1 20:0 30:3", string.Join(' ', fdb.RowsOf(s_mac).Select(row => $"{row.Vlan}:{row.Interface}")));
        Assert.Equal(6, fdb.Count);
        Assert.Empty(fdb.RowsOf(Mac(7)));
        Assert.Equal(FdbEntry.Dot1qTpFdbTable, fdb.Source);
        Assert.True(Of("").Source.IsNone);
    }

    /// <param name="rows">VLAN, last octet of the MAC address, and port, each.</param>
    private static Fdb Of(string rows) => Fdb.Build([.. rows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(row =>
    {
        string[] parts = row.Split(':');
        FdbStatus status = parts[2] switch { "self" => FdbStatus.Self, "invalid" => FdbStatus.Invalid, _ => FdbStatus.Learned };
        IfIndex port = int.TryParse(parts[2], out int index) ? new IfIndex(index) : new IfIndex(9);
        return new FdbEntry(new VlanId(ushort.Parse(parts[0], null)), Mac(int.Parse(parts[1], null)), port, status,
            FdbEntry.Dot1qTpFdbTable);
    })]);
}
