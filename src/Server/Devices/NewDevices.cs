using System.Collections.Immutable;
using System.Net;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>The devices that the body of <c>POST /network-device</c> asks for.</summary>
/// <param name="Warnings">What was sent and is not used.</param>
internal sealed record NewDevices(ImmutableArray<Ipv4Address> Addresses, AccessSettings Access, ImmutableArray<string> Warnings)
{
    private static readonly string[] s_unused =
    [
        "userName", "password", "enablePassword", "cliTransport", "serialNumber", "extendedDiscoveryInfo", "netconfPort",
        "httpUserName", "httpPassword", "httpPort", "httpSecure", "computeDevice", "merakiOrgId", "updateMgmtIPaddressList",
    ];

    /// <summary>Notes problems in the body; the result counts only if it then validates.</summary>
    /// <param name="properties">What is used where the body names no retries or timeout.</param>
    public static NewDevices Read(RequestBody body, (int Retries, TimeSpan Timeout) properties)
    {
        if (body.Text("type") is { Length: > 0 } type && !type.Equals("NETWORK_DEVICE", StringComparison.OrdinalIgnoreCase))
            body.Refuse($"type must be NETWORK_DEVICE, not '{Texts.Shorten(type)}'.");
        ImmutableArray<Ipv4Address> addresses = ReadAddresses(body);
        DeviceCredential credential = Credential(body);
        int retries = body.Number("snmpRetry", 0, SnmpProperties.MostRetries) ?? properties.Retries;
        int? seconds = body.Number("snmpTimeout", 1, SnmpProperties.LongestTimeout);
        TimeSpan timeout = seconds is { } given ? TimeSpan.FromSeconds(given) : properties.Timeout;
        var access = new AccessSettings(credential, null, retries, timeout) { SnmpPort = body.Number("snmpPort", 1, IPEndPoint.MaxPort) };
        string[] unused = [.. s_unused.Where(body.Ignore)];
        return new NewDevices(addresses, access,
            unused.Length == 0 ? [] : [$"Devices are read over SNMP only; not used: {string.Join(", ", unused)}."]);
    }

    private static ImmutableArray<Ipv4Address> ReadAddresses(RequestBody body)
    {
        ImmutableArray<string> texts = body.Texts("ipAddress");
        if (texts.IsEmpty) body.Refuse("ipAddress is required: an array of addresses.");
        var addresses = ImmutableArray.CreateBuilder<Ipv4Address>();
        foreach (string text in texts)
        {
            if (!Ipv4Address.TryParse(text.Trim(), null, out Ipv4Address address))
                body.Refuse($"'{Texts.Shorten(text)}' in ipAddress is no IPv4 address.");
            else if (address.IsUnspecified || address.IsMulticast || address.Bits == uint.MaxValue)
                body.Refuse($"{address} in ipAddress is no address of one device.");
            else if (!addresses.Contains(address)) addresses.Add(address);
        }
        return addresses.ToImmutable();
    }

    private static DeviceCredential Credential(RequestBody body)
    {
        // A write community reads, too; it is sent only where no other is given.
        string? writeCommunity = body.Text("snmpRWCommunity");
        string? community = body.Text("snmpROCommunity") is { Length: > 0 } reads ? reads : writeCommunity;
        string? user = body.Text("snmpUserName");
        string? version = body.Text("snmpVersion");
        string? mode = body.Text("snmpMode");
        (string? auth, string? authPassword) = (body.Text("snmpAuthProtocol"), body.Text("snmpAuthPassphrase"));
        (string? priv, string? privPassword) = (body.Text("snmpPrivProtocol"), body.Text("snmpPrivPassphrase"));
        switch (SnmpWords.VersionOf(version))
        {
            case 2:
            case 0 when string.IsNullOrEmpty(user):
                if (string.IsNullOrEmpty(community)) body.Refuse("snmpROCommunity is required for SNMP v2.");
                if (SnmpWords.ProblemOf(community) is { } tooLong) body.Refuse(tooLong);
                return new DeviceCredential.SnmpV2c(community ?? "");
            case 0 or 3:
                DeviceCredential.SnmpV3? v3 = SnmpWords.ReadV3(user, mode, auth, authPassword, priv, privPassword,
                    out ImmutableArray<string> problems);
                foreach (string problem in problems) body.Refuse(problem);
                return v3 ?? (DeviceCredential)new DeviceCredential.SnmpV2c("");
            default:
                body.Refuse($"snmpVersion must be v2 or v3, not '{Texts.Shorten(version!)}'.");
                return new DeviceCredential.SnmpV2c("");
        }
    }
}
