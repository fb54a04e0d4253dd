namespace Towpath.Network;

/// <summary>
/// What is kept of an interface's counters: their last values, what was counted in the interval before, and when it was last in use. Null
/// is what cannot be told: of the first reading, after a restart or another discontinuity, and where the device does not tell it.
/// </summary>
/// <param name="Last">As they were read last.</param>
/// <param name="Since">When its counters were read for the first time: we do not know what was before.</param>
public sealed record InterfaceLoad(InterfaceCounts Last, DateTimeOffset Since)
{
    /// <summary>Bits a second, on average over the interval.</summary>
    public long? RateIn { get; init; }

    /// <summary>As <see cref="RateIn"/>.</summary>
    public long? RateOut { get; init; }

    /// <summary>Packets in the interval, as the three below.</summary>
    public long? ErrorsIn { get; init; }

    public long? ErrorsOut { get; init; }

    public long? DiscardsIn { get; init; }

    public long? DiscardsOut { get; init; }

    /// <summary>
    /// When it last took in packets or changed its state, as far as we saw or the device tells; null when neither happened since
    /// <see cref="Since"/>.
    /// </summary>
    public DateTimeOffset? LastUsed { get; init; }

    public string Name => Last.Name;

    /// <summary>Errors and discards of both directions in the interval; null when none of them is known.</summary>
    public long? Lost => (ErrorsIn ?? ErrorsOut ?? DiscardsIn ?? DiscardsOut) is null
        ? null : (ErrorsIn ?? 0) + (ErrorsOut ?? 0) + (DiscardsIn ?? 0) + (DiscardsOut ?? 0);

    /// <summary>From this time on it was not in use.</summary>
    public DateTimeOffset UnusedSince => LastUsed ?? Since;
}
