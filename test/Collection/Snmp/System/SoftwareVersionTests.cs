namespace Towpath.Collection.Tests;

public sealed class SoftwareVersionTests
{
    [Theory]
    [InlineData("Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.0(2a)EX5, RELEASE SOFTWARE (fc3)", "IOS",
        "15.0(2a)EX5")]
    [InlineData("Cisco Internetwork Operating System Software IOS (tm) 7200 Software (C7200-JS-M), Version 12.2(15)T, RELEASE SOFTWARE (fc1)", "IOS", "12.2(15)T")]
    [InlineData("Cisco IOS Software [Fuji], Catalyst L3 Switch Software (CAT3K_CAA-UNIVERSALK9-M), Version 16.9.6, RELEASE SOFTWARE (fc2)",
        "IOS-XE", "16.9.6")]
    [InlineData("Cisco IOS Software, ASR1000 Software (PPC_LINUX_IOSD-ADVENTERPRISEK9-M), Version 15.3(3)S1a, RELEASE SOFTWARE (fc1)",
        "IOS-XE", "15.3(3)S1a")]
    [InlineData("Cisco IOS Software, IOS-XE Software, Catalyst L3 Switch Software (CAT3K_CAA-UNIVERSALK9-M), Version 03.06.05E RELEASE SOFTWARE (fc2)", "IOS-XE", "03.06.05E")]
    [InlineData("Cisco IOS XR Software (NCS-5500), Version 7.4.1 Copyright (c) 2013-2021 by Cisco Systems, Inc.", "IOS-XR", "7.4.1")]
    [InlineData("Cisco IOS XR Software (Cisco ASR9K Series), Version 5.3.3[Default] Copyright (c) 2016", "IOS-XR", "5.3.3")]
    [InlineData("Cisco NX-OS(tm) nxos.7.0.3.I7.8.bin, Software (nxos), Version 7.0(3)I7(8), RELEASE SOFTWARE Copyright (c) 2002-2020",
        "NX-OS", "7.0(3)I7(8)")]
    [InlineData("Cisco Adaptive Security Appliance Version 9.12(2)", "ASA", "9.12(2)")]
    [InlineData("Cisco Controller", "AireOS", null)]
    [InlineData("Arista Networks EOS version 4.33.6M running on an Arista Networks DCS-7280CR2-60", "EOS", "4.33.6M")]
    [InlineData("Juniper Networks, Inc. vmx internet router, kernel JUNOS 18.2R1.9, Build date: 2018-06-28", "Junos", "18.2R1.9")]
    [InlineData("Cumulus-linux 5.9.2 (Linux Kernel 6.1.94-1+cl5.9.2u6)", "Cumulus Linux", "5.9.2")]
    [InlineData("Linux edge-1 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 x86_64", "Linux", "6.1.0-18-amd64")]
    [InlineData("RouterOS RB760iGS", "RouterOS", null)]
    [InlineData("Something entirely else", null, null)]
    [InlineData("", null, null)]
    public void SysDescr_tells_system_and_version(string sysDescr, string? type, string? version) =>
        Assert.Equal((type, version), SoftwareVersion.Of(sysDescr));

    [Theory]
    [InlineData("1.3.6.1.4.1.2636.1.1.1.2.25", "Junos")]
    [InlineData("1.3.6.1.4.1.30065.1.3011", "EOS")]
    [InlineData("1.3.6.1.4.1.9.1.1208", null)] // Cisco has many
    [InlineData("", null)]
    public void An_enterprise_with_one_system_tells_it_where_sysDescr_does_not(string sysObjectId, string? type) =>
        Assert.Equal(type, SoftwareVersion.TypeOf(sysObjectId));
}
