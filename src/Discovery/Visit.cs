using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Discovery;

/// <summary>What came of one address so far.</summary>
/// <param name="StartedAt">When it was asked.</param>
/// <param name="Reason">Why it was not collected, in words the operator can act on; null when it was.</param>
internal sealed record Visit(Ipv4Address Address, DateTimeOffset StartedAt, JobOutcome Outcome, string? Reason)
{
    /// <summary>With what the address was asked.</summary>
    public Asking Asking { get; init; } = Asking.Nothing;

    /// <summary>The one that was answered.</summary>
    public TakenCredential? Credential { get; init; }

    /// <summary>An agent that has answered and is yet to be collected.</summary>
    public Contact? Contact { get; init; }

    public CollectedDevice? Device { get; init; }

    /// <summary>The device's id, once it is stored.</summary>
    public DeviceId? Saved { get; init; }

    /// <summary>Nothing at all has come from there.</summary>
    public bool IsSilent { get; init; }

    /// <summary>A known device that this address no longer leads to.</summary>
    public LostDevice? Lost { get; init; }
}

/// <param name="Took">How long the agent took to answer the first time.</param>
internal sealed record Contact(ISnmpSession Session, AccessSettings Access, TimeSpan Took);

internal sealed record LostDevice(DeviceId Device, string Reason);
