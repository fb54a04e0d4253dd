namespace Towpath.Network;

/// <summary>
/// The interfaces of a device at one of two times, by their names for people. A port is the same at both times by its number; but where a
/// name has another number than before, the device has numbered its interfaces anew (RFC 2863: it may at a restart), and it is by its name.
/// </summary>
internal sealed class PortNames
{
    private readonly Dictionary<IfIndex, string> _names = [];
    private readonly Dictionary<string, IfIndex> _ports = [];

    private PortNames(DeviceSnapshot snapshot)
    {
        foreach (Interface port in snapshot.Interfaces)
        {
            _names.TryAdd(port.Index, port.Name);
            _ports.TryAdd(port.Name, port.Index);
        }
    }

    /// <summary>Of tables whose columns name no interface by its number.</summary>
    public static PortNames None { get; } = Of(new DeviceSnapshot { Identity = DeviceIdentity.Nobody, CollectedAt = default });

    /// <summary>True: the numbers are as they were, so names that are others are only written otherwise.</summary>
    public bool AreByNumber { get; private set; }

    /// <summary>At one time alone.</summary>
    public static PortNames Of(DeviceSnapshot snapshot) => new(snapshot) { AreByNumber = true };

    public static (PortNames Earlier, PortNames Later) Of(DeviceSnapshot earlier, DeviceSnapshot later)
    {
        PortNames before = new(earlier), after = new(later);
        before.AreByNumber = after.AreByNumber = earlier.Interfaces == later.Interfaces
            || before._ports.All(port => !after._ports.TryGetValue(port.Key, out IfIndex now) || now == port.Value);
        return (before, after);
    }

    /// <summary>Null for no interface; the number of one that the device does not list.</summary>
    public string? Of(IfIndex port) => port.IsNone ? null : _names.GetValueOrDefault(port) ?? port.ToString();

    /// <summary>The same at both times for the same port.</summary>
    public long MarkOf(IfIndex port) => AreByNumber ? port.Value : Of(port)?.GetHashCode(StringComparison.Ordinal) ?? long.MinValue;
}
