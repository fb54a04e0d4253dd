using System.Collections.Frozen;

namespace Towpath.Inventory;

/// <summary>What happened. The words of <see cref="EventKindWords"/> are stored and served, the numbers are not.</summary>
public enum EventKind : byte
{
    /// <summary>A device, collected for the first time.</summary>
    DeviceAdded,

    /// <summary>Somebody has deleted the device.</summary>
    DeviceRemoved,

    DeviceUnreachable,

    DeviceReachable,

    /// <summary>Many devices of one subnet fell silent together; see <see cref="SubnetOutage"/>. It is about no device.</summary>
    SubnetSilent,

    /// <summary>Its sysUpTime began anew.</summary>
    DeviceRestarted,

    /// <summary>It is managed at another address.</summary>
    AddressChanged,

    /// <summary>The same management address, name and sysObjectID with another serial number: replaced, or failed over.</summary>
    HardwareReplaced,

    SoftwareChanged,

    RoleChanged,

    /// <summary>It tells the same as another device of what should tell them apart.</summary>
    ConflictAppeared,

    ConflictEnded,

    RowAdded,

    RowRemoved,

    RowChanged,

    /// <summary>More rows of one table changed than are told one by one.</summary>
    TableChanged,

    /// <summary>A table could not be read whole, so that a row which is missing may be there.</summary>
    TableUnread,

    /// <summary>It could again. What changed in between is not known.</summary>
    TableReadAgain,

    HostAppeared,

    /// <summary>It is at another port or access point.</summary>
    HostMoved,

    /// <summary>No table has it for a day.</summary>
    HostGone,

    /// <summary>More hosts came, moved or went at once than are told one by one.</summary>
    HostsChanged,

    /// <summary>A trace that is repeated goes another way, or ends otherwise. It is about no device.</summary>
    PathChanged,
}

/// <summary>The words of the API for kinds of events: <c>DEVICE_ADDED</c>.</summary>
public static class EventKindWords
{
    private static readonly FrozenDictionary<string, EventKind> s_kinds =
        Enum.GetValues<EventKind>().ToFrozenDictionary(Of, StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order of the enum.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<EventKind>().Select(Of)];

    public static string Of(EventKind kind) => string.Concat($"{kind}".Select((letter, at) =>
        at > 0 && char.IsAsciiLetterUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    /// <summary>Compared case-blind.</summary>
    public static bool TryParse(string word, out EventKind kind) => s_kinds.TryGetValue(word, out kind);
}
