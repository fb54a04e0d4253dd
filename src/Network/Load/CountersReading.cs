using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>The counters of a device's interfaces at one time (IF-MIB, RFC 2863). They move all the time, so they are no facts.</summary>
/// <param name="At">When they were read, by our clock.</param>
/// <param name="UpTimeTicks">sysUpTime at that time, in hundredths of a second; null when the device hides it.</param>
public sealed record CountersReading(DateTimeOffset At, uint? UpTimeTicks, ImmutableArray<InterfaceCounts> Interfaces);

/// <summary>The counters of one interface. What the device does not tell is null, never 0.</summary>
/// <param name="Name">As the snapshot has it: numbers of interfaces change at a restart.</param>
public sealed record InterfaceCounts(string Name)
{
    /// <summary>ifHCInOctets, or ifInOctets.</summary>
    public long? InOctets { get; init; }

    /// <summary>As <see cref="InOctets"/>.</summary>
    public long? OutOctets { get; init; }

    /// <summary>The octets are those of 64 bits, which do not wrap.</summary>
    public bool Has64Bits { get; init; }

    /// <summary>ifInErrors.</summary>
    public long? InErrors { get; init; }

    /// <summary>ifOutErrors.</summary>
    public long? OutErrors { get; init; }

    /// <summary>ifInDiscards.</summary>
    public long? InDiscards { get; init; }

    /// <summary>ifOutDiscards.</summary>
    public long? OutDiscards { get; init; }

    /// <summary>ifCounterDiscontinuityTime: sysUpTime when a counter last began anew for another reason than a restart.</summary>
    public long? DiscontinuityTicks { get; init; }

    /// <summary>
    /// ifLastChange: sysUpTime when the interface came into its state. 0 is that of the restart, or of an agent that does not know.
    /// </summary>
    public long? LastChangeTicks { get; init; }

    /// <summary>Bits a second; 0 when it is not known.</summary>
    public long Speed { get; init; }

    /// <summary>When it was last read that the interface was down; null where it was up.</summary>
    public DateTimeOffset? SeenDownAt { get; init; }
}
