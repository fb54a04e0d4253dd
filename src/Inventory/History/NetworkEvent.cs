using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Something that happened in the network, as far as collections show it.</summary>
/// <param name="At">When it was noticed.</param>
/// <param name="Device">The device or access point that it is about; null where it is about none.</param>
/// <param name="DeviceName">Its name then: it may be known no more.</param>
public sealed record NetworkEvent(DateTimeOffset At, EventKind Kind, DeviceId? Device, string DeviceName)
{
    /// <summary>Grows with each event that is stored; 0 before that.</summary>
    public long Number { get; init; }

    /// <summary>The last collection that did not show it, so that it happened after that; null where nothing says so.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The name of the <see cref="FactLayout"/>; null where it is about no table.</summary>
    public string? Table { get; init; }

    /// <summary>What tells the row, or the host, from others.</summary>
    public ImmutableArray<RowCell> Row { get; init; } = [];

    /// <summary>As it was; null: it was not there.</summary>
    public ImmutableArray<RowCell>? Before { get; init; }

    /// <summary>As it is now; null: it is there no more.</summary>
    public ImmutableArray<RowCell>? After { get; init; }

    /// <summary>Why, or how much, in words; null where the rest says it.</summary>
    public string? Reason { get; init; }
}

/// <summary>Stores events that belong to no other write.</summary>
public sealed record AddEvents(ImmutableArray<NetworkEvent> Events) : Write;

/// <summary>Deletes some of the events that are not kept. Takes effect while there were any.</summary>
/// <param name="Before">Older ones are not kept.</param>
/// <param name="Kept">Of newer ones that many, the newest.</param>
/// <param name="Most">So many at once: whoever waits for the writer waits for this.</param>
public sealed record PruneEvents(DateTimeOffset Before, int Kept, int Most) : Write;

/// <summary>The filters of the list of events; null means any.</summary>
public sealed record EventFilter
{
    public DeviceId? Device { get; init; }
    public EventKind? Kind { get; init; }

    /// <summary>The name of a layout, with its case.</summary>
    public string? Table { get; init; }

    /// <summary>Only those with a higher <see cref="NetworkEvent.Number"/>.</summary>
    public long? After { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Rows to leave out at the front, from 0.</summary>
    public int Skip { get; init; }

    public int Take { get; init; } = 500;

    public EventOrder SortBy { get; init; }

    public bool Descending { get; init; }
}

/// <summary>What a list of events is sorted by. Number is the order in which they were noticed.</summary>
public enum EventOrder { Number, Kind, DeviceName, Table }
