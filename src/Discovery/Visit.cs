using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>The outcome at one address so far.</summary>
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

    /// <inheritdoc cref="ProbeResult.IsSilent"/>
    public bool IsSilent { get; init; }

    /// <summary>The device managed at the address, as it was known when the address was asked; null when none was.</summary>
    public DeviceRecord? Known { get; init; }

    /// <summary>A known device that this address no longer leads to.</summary>
    public LostDevice? Lost { get; init; }
}

/// <param name="Access">How it was asked.</param>
/// <param name="Settings">How it is to be reached from now on.</param>
/// <param name="Took">How long the agent took to answer the first time; what we waited before we asked does not count.</param>
internal sealed record Contact(DeviceAccess Access, AccessSettings Settings, TimeSpan Took, AgentKind Kind);

internal sealed record LostDevice(DeviceRecord Known, string Reason);
