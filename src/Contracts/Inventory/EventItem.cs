namespace Towpath.Contracts;

/// <summary>Something that happened in the network: an item of <c>/event</c>. Towpath's own. Times are epoch milliseconds.</summary>
public sealed record EventItem
{
    /// <summary>A number; later events have higher ones.</summary>
    public required string Id { get; init; }

    /// <summary>When it was noticed.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The time of the last collection that did not show it: it happened between the two. Absent where nothing says so.</summary>
    public long? Since { get; init; }

    /// <summary>
    /// DEVICE_ADDED, DEVICE_REMOVED, DEVICE_UNREACHABLE, DEVICE_REACHABLE, SUBNET_SILENT, DEVICE_RESTARTED, ADDRESS_CHANGED,
    /// HARDWARE_REPLACED, SOFTWARE_CHANGED, ROLE_CHANGED, CONFLICT_APPEARED, CONFLICT_ENDED, ROW_ADDED, ROW_REMOVED, ROW_CHANGED,
    /// TABLE_CHANGED, TABLE_UNREAD, TABLE_READ_AGAIN, HOST_APPEARED, HOST_MOVED, HOST_GONE, HOSTS_CHANGED or PATH_CHANGED.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Absent where it is about no device.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The device's name then.</summary>
    public string? DeviceName { get; init; }

    /// <summary>For instance routes, interfaces, lldpNeighbors; absent where it is about no table.</summary>
    public string? Table { get; init; }

    /// <summary>The columns that tell the row, or the host, from others.</summary>
    public IReadOnlyDictionary<string, string>? Row { get; init; }

    /// <summary>Its other columns as they were; absent: it was not there.</summary>
    public IReadOnlyDictionary<string, string>? Before { get; init; }

    /// <summary>Its other columns as they are now; absent: it is there no more.</summary>
    public IReadOnlyDictionary<string, string>? After { get; init; }

    /// <summary>Why, or how much, in words.</summary>
    public string? Reason { get; init; }
}
