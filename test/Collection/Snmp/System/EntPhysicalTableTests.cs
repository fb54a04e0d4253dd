using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class EntPhysicalTableTests
{
    private const int Chassis = 3, PowerSupply = 6, Module = 9;

    [Fact]
    public async Task The_chassis_tells_the_devices_version()
    {
        Assert.Equal("v7.4.3 (build2573)", await VersionOf("", (Chassis, "FortiGate-60F v7.4.3,build2573,240201 (GA.F)")));
    }

    [Fact]
    public async Task A_parts_revision_is_no_version_where_sysDescr_tells_one()
    {
        Assert.Equal("6.1.0", await VersionOf("Linux edge-1 6.1.0 #1 SMP x86_64", (Module, "0.12")));
    }

    [Fact]
    public async Task The_modules_word_counts_where_nothing_else_does()
    {
        Assert.Equal("17.12.04", await VersionOf("somebody's own words", (Module, "Dublin 17.12.04"), (Module, "Dublin 17.12.04")));
    }

    [Fact]
    public async Task Modules_that_differ_tell_no_version_of_the_device()
    {
        Assert.Null(await VersionOf("somebody's own words", (Module, "0.12"), (Module, "17.12.04")));
    }

    [Fact]
    public async Task A_power_supplys_revision_is_no_version()
    {
        Assert.Null(await VersionOf("somebody's own words", (PowerSupply, "1.3")));
    }

    private static async Task<string?> VersionOf(string sysDescr, params (int Class, string Revision)[] rows) =>
        (await Collect.From(new RecordedSession([.. Row.System(descr: sysDescr), .. rows.SelectMany((row, at) => (VarBind[])
        [
            Row.Int($"1.3.6.1.2.1.47.1.1.1.1.5.{at + 1}", row.Class),
            Row.Text($"1.3.6.1.2.1.47.1.1.1.1.10.{at + 1}", row.Revision),
        ])]))).Identity.SoftwareVersion;
}
