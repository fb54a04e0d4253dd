using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// Asks devices every five minutes whether they are there: one job finds all that are due, by the times in their rows. What an answer says
/// has changed is read before its time.
/// </summary>
internal sealed class PulseJob(
    IScheduleStore store, Devices devices, IDeviceReader reader, IWriter writer, TimeProvider time,
    ILogger<PulseJob> logger) : ISerialJob
{
    public const string JobKind = "device-pulse";

    /// <summary>How often it looks.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(2);

    /// <summary>At one look; who is left over is the longest due at the next.</summary>
    public const int MostAtOnce = 256;

    /// <summary>Hides the timeouts of silent devices. Ten thousand devices in five minutes are 33 a second.</summary>
    private const int InFlight = 64;

    /// <summary>Of a device that was given more: three misses are three questions already.</summary>
    private const int MostRetries = 1;

    private static readonly TimeSpan s_longestTimeout = TimeSpan.FromSeconds(10);

    public string Kind => JobKind;

    public JobWork Work => JobWork.Schedule;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        ImmutableArray<ScheduledDevice> due = await store.PulseDueAsync(time.GetUtcNow(), MostAtOnce, cancellationToken);
        var subnets = new Lazy<ILookup<Prefix, NetworkDevice>>(() => devices.All.ToLookup(SubnetOutage.SubnetOf));
        var limits = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, limits, async (device, token) =>
        {
            try
            {
                await AskAsync(device, subnets, token);
            }
#pragma warning disable CA1031 // it is this device's turn, and logged; the others' go on
            catch (Exception exception) when (!token.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.TurnFailed(exception, device.Id);
                var again = new SavePulse(device.Id, time.GetUtcNow() + Intervals.Pulse, device.Pulse, ReadBy: null);
                await SaveAsync(again with { SilentIn = device.SilentIn }, [], token);
            }
        });
    }

    private async Task AskAsync(ScheduledDevice device, Lazy<ILookup<Prefix, NetworkDevice>> subnets, CancellationToken cancellationToken)
    {
        if (devices.Find(device.Id) is not { } record) return; // removed, and its row with it
        Pulse pulse = await devices.AccessAsync(device.Id, cancellationToken) is { } access
            ? await reader.PulseAsync(Brief(access), cancellationToken)
            : new Pulse(null, $"No credential for {record.ManagementAddress} any more: it was deleted, or its ranges leave this address "
                + "out.", default);
        PulseOutcome outcome = PulseRules.Follow(device.Pulse, pulse, record.UnreachableReason is null, time.GetUtcNow());
        if (outcome.Verdict is { } isBack) await MarkAsync(record, isBack, pulse.Reason ?? "", cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        Prefix? silentIn = pulse.Signs is null && devices.Facts(device.Id) is { } known ? SubnetOutage.SubnetOf(known) : null;
        var saved = new SavePulse(device.Id, now + outcome.Next, outcome.Notes, outcome.Forward) { SilentIn = silentIn };
        // Where nobody was silent and nobody is, there is nothing to conclude.
        ConcludeSubnet[] conclusions = [.. new[] { device.SilentIn, silentIn }.OfType<Prefix>().Distinct()
            .Select(subnet => new ConcludeSubnet(subnet, subnets.Value[subnet].Count(), now))];
        ImmutableArray<bool> took = await SaveAsync(saved, conclusions, cancellationToken);
        foreach ((ConcludeSubnet told, _) in conclusions.Zip(took.Skip(1)).Where(one => one.Second))
            logger.SubnetSilent(told.Subnet, SubnetOutage.Share, told.Devices);
    }

    private async Task MarkAsync(DeviceRecord asked, bool isBack, string reason, CancellationToken cancellationToken)
    {
        bool isNews = await WriteAsync(asked.Id, () => isBack
            ? devices.MarkReachableAsync(asked.Id, cancellationToken)
            : devices.MarkUnreachableAsync(asked, reason, cancellationToken), cancellationToken);
        if (!isNews) return; // somebody has read it meanwhile, or removed it
        if (isBack) logger.Found(asked.ManagementAddress);
        else logger.Lost(asked.ManagementAddress, reason);
    }

    private Task<ImmutableArray<bool>> SaveAsync(SavePulse turn, ConcludeSubnet[] conclusions, CancellationToken cancellationToken) =>
        WriteAsync(turn.Id, () => writer.CommitAsync([turn, .. conclusions], cancellationToken), cancellationToken);

    private Task<T> WriteAsync<T>(DeviceId device, Func<Task<T>> write, CancellationToken cancellationToken) => StorageOutage.RideOutAsync(
        write, time, problem => logger.TurnPostponed(device, problem.Message), cancellationToken);

    private static DeviceAccess Brief(DeviceAccess access) => access with
    {
        Retries = Math.Min(access.Retries, MostRetries),
        Timeout = access.Timeout < s_longestTimeout ? access.Timeout : s_longestTimeout,
    };
}
