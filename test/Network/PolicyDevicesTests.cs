namespace Towpath.Network.Tests;

public sealed class PolicyDevicesTests
{
    [Theory]
    [InlineData("Cisco Adaptive Security Appliance Version 9.8(2)", "1.3.6.1.4.1.9.1.2114", "Cisco ASA")]
    [InlineData("Cisco PIX Firewall Version 6.3(5)", "1.3.6.1.4.1.9.1.451", "Cisco PIX")]
    [InlineData("Palo Alto Networks PA-220 series firewall", "1.3.6.1.4.1.25461.2.3.38", "Palo Alto Networks firewall")]
    [InlineData("", "1.3.6.1.4.1.12356.101.1.1006", "FortiGate")]
    [InlineData("Juniper Networks, Inc. srx340 internet router, kernel JUNOS 18.4R3", "1.3.6.1.4.1.2636.1.1.1.2.135", "Juniper SRX")]
    [InlineData("Linux gw-1 3.10.0-957.21.3cpx86_64 #1 SMP", "1.3.6.1.4.1.8072.3.2.10", "Check Point gateway")]
    [InlineData("Linux gw-1", "1.3.6.1.4.1.2620.1.6.123.1.49", "Check Point gateway")]
    [InlineData("SonicWALL NSA 2600 (SonicOS Enhanced 6.5)", "", "SonicWall")]
    public void What_filters_or_translates_by_policy_is_known_by_what_it_calls_itself(string description, string objectId, string kind) => Assert.Equal(kind, KindOf(description, objectId));

    [Theory]
    [InlineData("Cisco IOS Software, C2960 Software", "1.3.6.1.4.1.9.1.716")]
    [InlineData("Juniper Networks, Inc. mx240 internet router, kernel JUNOS 18.4R3", "1.3.6.1.4.1.2636.1.1.1.2.29")]
    [InlineData("", "1.3.6.1.4.1.12356.106.1.1")] // a FortiSwitch
    [InlineData("", "1.3.6.1.4.1.25461.2.30")] // another arc that begins with the same digits
    [InlineData("Linux r1 6.1.0-18-amd64", "1.3.6.1.4.1.8072.3.2.10")]
    [InlineData("", "")]
    public void Others_are_not(string description, string objectId) => Assert.Null(KindOf(description, objectId));

    private static string? KindOf(string description, string objectId) => new NetworkBuilder().Device("d", "192.0.2.1").System(description, objectId).Build().Tables.PolicyKind;
}
