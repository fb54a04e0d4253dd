using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class MakersObjectsTests
{
    private const string BoxDescr = "1.3.6.1.4.1.2636.3.1.2.0", BoxSerial = "1.3.6.1.4.1.2636.3.1.3.0";

    [Fact]
    public async Task A_Juniper_box_tells_model_and_serial_number_by_its_own_objects()
    {
        DeviceIdentity box = await IdentityOf("2636.1.1.1.2.31",
            Row.Text(BoxDescr, "Juniper EX4200-48T Switch"), Row.Text(BoxSerial, "BP0208123456"));

        Assert.Equal(("EX4200-48T", "BP0208123456", "Junos"), (box.Model, box.SerialNumber, box.SoftwareType));
    }

    [Fact]
    public async Task A_member_of_a_cluster_stands_before_its_box()
    {
        Assert.Equal("SRX240H", (await IdentityOf("2636.1.1.1.2.39", Row.Text(BoxDescr, "node0 Juniper SRX240H Internet Router"))).Model);
    }

    [Fact]
    public async Task RouterOS_and_FortiOS_tell_their_version_by_their_own_objects()
    {
        DeviceIdentity router = await IdentityOf("14988.1", Row.Text("1.3.6.1.4.1.14988.1.1.4.4.0", "7.1.1"),
            Row.Text("1.3.6.1.4.1.14988.1.1.7.3.0", "E1F10E90A6E9"));
        DeviceIdentity firewall = await IdentityOf("12356.101.1.644",
            Row.Text("1.3.6.1.4.1.12356.101.4.1.1.0", "v7.2.10,build1706,240918 (GA.M)"));

        Assert.Equal(("7.1.1", "E1F10E90A6E9"), (router.SoftwareVersion, router.SerialNumber));
        Assert.Equal("v7.2.10 (build1706)", firewall.SoftwareVersion);
    }

    [Fact]
    public async Task The_chassis_of_ENTITY_MIB_is_believed_first()
    {
        DeviceIdentity box = await IdentityOf("2636.1.1.1.2.31", Row.Text(BoxDescr, "Juniper EX4200-48T Switch"),
            Row.Text(BoxSerial, "BP0208123456"), Row.Int("1.3.6.1.2.1.47.1.1.1.1.5.1", 3),
            Row.Text("1.3.6.1.2.1.47.1.1.1.1.11.1", "BP0208999999"));

        Assert.Equal(("EX4200-48T", "BP0208999999"), (box.Model, box.SerialNumber));
    }

    [Fact]
    public async Task Devices_of_other_makers_are_not_asked()
    {
        RecordedSession arista = SessionOf("30065.1.3011", Row.Text(BoxDescr, "Juniper EX4200-48T Switch"));

        Assert.Null((await Collect.From(arista)).Identity.Model);
        Assert.DoesNotContain(arista.Asked, oid => oid.StartsWith("1.3.6.1.4.1.2636.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, IpForwarding.Forwarding)]
    [InlineData(2, IpForwarding.NotForwarding)]
    [InlineData(0, IpForwarding.NotTold)]
    [InlineData(3, IpForwarding.NotTold)]
    [InlineData(-1, IpForwarding.NotTold)]
    [InlineData(null, IpForwarding.NotTold)]
    public async Task The_device_says_whether_it_forwards(int? told, IpForwarding forwarding)
    {
        DeviceIdentity device = await IdentityOf("99999.1", told is { } number ? [Row.Int("1.3.6.1.2.1.4.1.0", number)] : []);

        Assert.Equal(forwarding, device.IpForwarding);
    }

    private static async Task<DeviceIdentity> IdentityOf(string product, params VarBind[] rows) =>
        (await Collect.From(SessionOf(product, rows))).Identity;

    private static RecordedSession SessionOf(string product, params VarBind[] rows) =>
        new([.. Row.System(descr: "an operator's own words"), Row.Oid("1.3.6.1.2.1.1.2.0", $"1.3.6.1.4.1.{product}"), .. rows]);
}
