namespace Towpath.Network;

/// <summary>
/// How one device is reached: where, with what, how patiently. A value: the inventory makes it, collection speaks the protocols behind it.
/// </summary>
/// <param name="Address">What the device is known by.</param>
public sealed record DeviceAccess(Ipv4Address Address, DeviceCredential Credential)
{
    /// <summary>Where packets for the device are sent; the address itself unless an address map says otherwise.</summary>
    public Ipv4Address SentTo { get; init; } = Address;

    /// <summary>The UDP port its SNMP agent listens on.</summary>
    public int SnmpPort { get; init; } = 161;

    /// <summary>Why no packet may be sent there, in words for the operator; null where one may. Nothing is sent then.</summary>
    public string? Barred { get; init; }

    /// <summary>Repetitions after the first request, 0..10.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The longest wait for one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Counts until the device has answered; null: that of whoever sends.</summary>
    public SearchPace? Pace { get; init; }

    /// <summary>What operators know the device by, in reasons.</summary>
    public string Name => SentTo == Address ? $"{Address}:{SnmpPort}" : $"{Address} (at {SentTo}:{SnmpPort})";
}
