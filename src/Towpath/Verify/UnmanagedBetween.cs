using Towpath.Network;

namespace Towpath.Commands;

/// <summary>
/// A device that nobody manages, and that the managed devices on both sides of it announce: it is there, so a reference that only knows the
/// managed ones is no witness against it.
/// </summary>
internal static class UnmanagedBetween
{
    /// <summary>True when what is announced on the near port is announced by the far device, too.</summary>
    public static bool Is(NetworkSnapshot network, Port near, DeviceId far) => network.UnmanagedAt(near)
        .Any(seen => network.UnmanagedNeighbors.Any(other => other.At.Device == far && far != near.Device && IsOne(seen, other)));

    /// <summary>True when both ports announce the same one.</summary>
    public static bool Is(NetworkSnapshot network, Port near, Port far) => network.UnmanagedAt(near)
        .Any(seen => network.UnmanagedAt(far).Any(other => IsOne(seen, other)));

    private static bool IsOne(UnmanagedNeighbor one, UnmanagedNeighbor other) =>
        one.Mac != default && one.Mac == other.Mac || DeviceNames.Same(one.Name, other.Name);
}
