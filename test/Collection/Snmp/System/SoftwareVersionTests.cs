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
    [InlineData("Linux 2.6.33 #1 Fri Jan 26 16:39:18 CST 2018 armv5tejl", "Linux", "2.6.33")] // a host without a name
    [InlineData("Linux 2nd-floor 4.14.98 #1 SMP", "Linux", "4.14.98")] // and one whose name begins with a digit
    [InlineData("Linux release:2.6.32-573.18.1.el6.x86_64 machine:x86_64", "Linux", "2.6.32-573.18.1.el6.x86_64")]
    [InlineData("Linux #1 SMP", "Linux", null)]
    [InlineData("S5720-56C-PWR-EI-AC Huawei Versatile Routing Platform Software VRP (R) software,Version 5.170 (S5720 V200R010C00SPC600)",
        "VRP", "V200R010C00SPC600")] // the product's name within the brackets is none
    [InlineData("Hardware: Intel64 Family 6 - Software: Windows Version 10.0", "Windows", "10.0")]
    [InlineData("APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.9.6)", "APC AOS", "v6.9.6")]
    [InlineData("Alcatel-Lucent OS6250-P24 6.6.1.791.R01 Service Release, December 29, 2010.", "AOS", "6.6.1.791.R01")]
    [InlineData("VMware ESXi 7.0.3 build-20328353 VMware, Inc. x86_64", "VMware ESXi", "7.0.3 (build20328353)")]
    [InlineData("RouterOS RB760iGS", "RouterOS", null)]
    [InlineData("Something entirely else", null, null)]
    [InlineData("", null, null)]
    public void SysDescr_tells_system_and_version(string sysDescr, string? type, string? version) =>
        Assert.Equal((type, version), SoftwareVersion.Of(sysDescr));

    [Theory]
    [InlineData("FortiGate-60F v7.4.3,build2573,240201 (GA.F)", "v7.4.3 (build2573)")]
    [InlineData("v7.4.3,build2573,240201 (GA.F)", "v7.4.3 (build2573)")]
    [InlineData("FortiSwitch-124E v6.4.6,build470", "v6.4.6")]
    [InlineData("15.0(2)SE, RELEASE SOFTWARE (fc1)", "15.0(2)SE")]
    [InlineData("Version 5.170 V200R010C00SPC600", "V200R010C00SPC600")]
    [InlineData("Dublin 17.12.04", "17.12.04")]
    [InlineData("DSM 6.2-25556", "6.2-25556")]
    [InlineData("5.20.99 Release 2222P08", "5.20.99 Release 2222P08")]
    [InlineData("KB.16.11.0020", "KB.16.11.0020")]
    [InlineData("#1", null)]
    [InlineData("machine:x86_64", null)]
    [InlineData("unknown", null)]
    [InlineData("", null)]
    public void A_version_has_a_digit_and_no_name_before_it(string told, string? version) =>
        Assert.Equal(version, SoftwareVersion.In(told));

    [Theory]
    [InlineData("1.3.6.1.4.1.2636.1.1.1.2.25", "Junos")]
    [InlineData("1.3.6.1.4.1.30065.1.3011", "EOS")]
    [InlineData("1.3.6.1.4.1.9.1.1208", null)] // Cisco has many
    [InlineData("", null)]
    public void An_enterprise_with_one_system_tells_it_where_sysDescr_does_not(string sysObjectId, string? type) =>
        Assert.Equal(type, SoftwareVersion.TypeOf(sysObjectId));
}
