namespace Towpath.Network;

/// <summary>An interface of a device. Default: none.</summary>
public readonly record struct Port(DeviceId Device, IfIndex Interface) : IComparable<Port>
{
    /// <inheritdoc/>
    public int CompareTo(Port other) => Device == other.Device ? Interface.CompareTo(other.Interface) : Device.CompareTo(other.Device);

    /// <inheritdoc/>
    public override string ToString() => $"{Device}/{Interface}";
}
