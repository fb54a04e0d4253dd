using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The events of one device: what its record and its snapshot say that those before them did not. Pure.</summary>
internal static class DeviceEvents
{
    /// <summary>sysUpTime counts hundredths of a second in 32 bits: after 497 days it begins anew by itself.</summary>
    private static readonly TimeSpan s_wrap = TimeSpan.FromMilliseconds(10.0 * (1L << 32));

    /// <summary>An agent's clock and ours go apart, and an answer takes its time.</summary>
    private static readonly TimeSpan s_slack = TimeSpan.FromMinutes(1);

    /// <summary>A collection was saved.</summary>
    /// <param name="before">Null: a new device. Its facts are null where what is stored of it cannot be read.</param>
    public static ImmutableArray<NetworkEvent> Collected((DeviceRecord Record, NetworkDevice? Facts)? before, DeviceRecord record,
        NetworkDevice device)
    {
        if (before is not { } known) return [Of(EventKind.DeviceAdded, record, device.Name)];
        ImmutableArray<NetworkEvent> changed = Changed(known.Record, record, device.Name);
        if (known.Facts is not { } facts) return changed;
        NetworkEvent here = Of(default, record, device.Name) with { Since = known.Record.CollectedAt };
        return [.. changed, .. Identity(here, facts.Snapshot.Identity, device.Snapshot.Identity),
            .. Restarted(here, known.Record, record), .. RowEvents.Between(here, facts.Snapshot, device.Snapshot)];
    }

    /// <summary>The record says something else than before: whether the device answers, and where.</summary>
    public static ImmutableArray<NetworkEvent> Changed(DeviceRecord before, DeviceRecord after, string name)
    {
        var found = ImmutableArray.CreateBuilder<NetworkEvent>();
        if (before.ManagementAddress != after.ManagementAddress)
        {
            found.Add(With(Of(EventKind.AddressChanged, after, name), "managementAddress", $"{before.ManagementAddress}",
                $"{after.ManagementAddress}"));
        }
        if (after.UnreachableReason is { } reason && before.UnreachableReason is null)
            found.Add(Of(EventKind.DeviceUnreachable, after, name) with { Since = before.CollectedAt, Reason = reason });
        if (after.UnreachableReason is null && before.UnreachableReason is not null)
            found.Add(Of(EventKind.DeviceReachable, after, name));
        return found.DrainToImmutable();
    }

    public static NetworkEvent Removed(DeviceRecord record, string name, DateTimeOffset at) =>
        new(at, EventKind.DeviceRemoved, record.Id, name) { Reason = $"It was managed at {record.ManagementAddress}." };

    /// <summary>The value of one name was another one.</summary>
    public static NetworkEvent With(NetworkEvent change, string name, string before, string after) =>
        change with { Before = [new RowCell(name, before)], After = [new RowCell(name, after)] };

    private static NetworkEvent Of(EventKind kind, DeviceRecord record, string name) => new(record.UpdatedAt, kind, record.Id, name);

    private static IEnumerable<NetworkEvent> Identity(NetworkEvent here, DeviceIdentity before, DeviceIdentity after)
    {
        string? serialBefore = DeviceKeys.Usable(before.SerialNumber), serialAfter = DeviceKeys.Usable(after.SerialNumber);
        if (serialBefore is not null && serialAfter is not null
            && !string.Equals(serialBefore, serialAfter, StringComparison.OrdinalIgnoreCase))
            yield return With(here with { Kind = EventKind.HardwareReplaced }, "serialNumber", serialBefore, serialAfter);
        if (before.SoftwareVersion is { } versionBefore && after.SoftwareVersion is { } versionAfter && versionBefore != versionAfter)
            yield return With(here with { Kind = EventKind.SoftwareChanged }, "softwareVersion", versionBefore, versionAfter);
    }

    /// <summary>
    /// It is up for a shorter time than has passed since, and began later than it said. Neither alone is a restart: our clock may be set,
    /// and the counter wraps.
    /// </summary>
    private static IEnumerable<NetworkEvent> Restarted(NetworkEvent here, DeviceRecord before, DeviceRecord after)
    {
        if (before.SysUpTime == TimeSpan.Zero || after.SysUpTime == TimeSpan.Zero) yield break; // the agent hides it
        TimeSpan passed = after.CollectedAt - before.CollectedAt;
        bool isYounger = after.SysUpTime < passed + s_slack && after.SysUpTime + s_slack < before.SysUpTime + passed;
        TimeSpan wrapped = before.SysUpTime + passed - s_wrap;
        bool hasWrapped = (wrapped - after.SysUpTime).Duration() < s_slack;
        if (!isYounger || hasWrapped) yield break;
        yield return here with
        {
            Kind = EventKind.DeviceRestarted,
            Reason = $"It had been up for {Words(before.SysUpTime)} and is now for {Words(after.SysUpTime)}.",
        };
    }

    private static string Words(TimeSpan upTime) => FormattableString.Invariant($"{(int)upTime.TotalHours} h {upTime.Minutes} min");
}
