using Towpath.Network;

namespace Towpath.Collection;

/// <summary>Asks devices for single rows again. Safe to use for many devices at once.</summary>
public sealed class LiveReader(SnmpAccess snmp, TimeProvider time)
{
    /// <summary>The most variables that one device is asked for, of however many rows.</summary>
    public const int MostVariables = 30;

    /// <param name="access">Null where nobody knows how to reach the device any more: it is not asked.</param>
    /// <param name="known">What the device told when it was collected.</param>
    public LiveDevice Open(DeviceAccess? access, DeviceSnapshot known) =>
        new(access is null ? null : new RowSession(() => snmp.Open(access), MostVariables), known, time);
}
