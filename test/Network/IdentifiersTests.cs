namespace Towpath.Network.Tests;

public sealed class IdentifiersTests
{
    [Fact]
    public void The_global_table_has_one_name_however_it_is_written()
    {
        Assert.Equal(default, new VrfName(""));
        Assert.Equal(default(VrfName).GetHashCode(), VrfName.Parse("").GetHashCode());
        Assert.True(new VrfName("").IsGlobal);
        Assert.Equal("", $"{default(VrfName)}");
    }

    [Fact]
    public void A_VRF_is_read_as_it_is_printed()
    {
        Assert.True(VrfName.TryParse("Kunden-Süd 7", null, out VrfName vrf));
        Assert.Equal(("Kunden-Süd 7", false), (vrf.ToString(), vrf.IsGlobal));
        Assert.NotEqual(new VrfName("red"), new VrfName("RED")); // devices tell them apart
        Assert.False(VrfName.TryParse(null, null, out _));
    }

    [Fact]
    public void A_chassis_is_the_same_whether_its_subtype_is_told_or_not()
    {
        ChassisId heard = new(4, "00:00:5e:00:53:01"), own = new(0, "00:00:5e:00:53:01");
        Assert.Equal(heard, own);
        Assert.Equal(heard.GetHashCode(), own.GetHashCode());
        Assert.NotEqual(heard, new ChassisId(4, "00:00:5e:00:53:02"));
        Assert.Equal("00:00:5e:00:53:01", $"{heard}");
    }

    [Fact]
    public void No_chassis_and_no_port_have_an_empty_text()
    {
        Assert.Equal(("", ""), (default(ChassisId).Text, default(PortId).ToString()));
        Assert.Equal(default, new ChassisId(0, ""));
    }
}
