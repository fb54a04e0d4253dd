using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// Asks a device how it is right now. Remembers octet counters of earlier readings for rates, so use one for all; safe for many devices at
/// once.
/// </summary>
public sealed class StatisticsReader(SnmpAccess snmp, TimeProvider time)
{
    private static readonly CollectionLimits s_limits = new() { Column = new WalkBudget(2_000, 1 << 20, TimeSpan.FromSeconds(20)),
        Device = TimeSpan.FromSeconds(40) };

    private readonly SlowTables _slow = new(time);
    private readonly OctetRates _rates = new(time);

    /// <summary>The load alone; null when the device does not tell it.</summary>
    internal static Task<CpuStatistics?> ReadLoadAsync(ISnmpSession session, TimeProvider time, CancellationToken cancellationToken) =>
        CpuLoad.ReadAsync(new CollectionRun(session, time, s_limits, new SlowTables(time)), cancellationToken);

    public async Task<DeviceStatistics> ReadDeviceAsync(DeviceAccess access, CancellationToken cancellationToken)
    {
        var run = new CollectionRun(snmp.Open(access), time, s_limits, _slow);
        CpuStatistics? cpu = await CpuLoad.ReadAsync(run, cancellationToken);
        MemoryStatistics? memory = await MemoryUse.ReadAsync(run, cancellationToken);
        string? missing = (cpu, memory) switch
        {
            (null, null) => "neither CPU nor memory",
            (null, _) => "no CPU load",
            (_, null) => "no memory use",
            _ => null,
        };
        if (missing is null) return new DeviceStatistics(cpu, memory, null);
        if (run.Lost?.Reason is { } lost) return new DeviceStatistics(cpu, memory, lost);
        string why = run.Draft.Of(TableReading.Layout)
            .FirstOrDefault(reading => reading.Outcome is not (ReadingOutcome.NotServed or ReadingOutcome.Answered))?.Reason
            ?? "It serves none of CISCO-PROCESS-MIB, CISCO-MEMORY-POOL-MIB, HOST-RESOURCES-MIB for that, or its SNMP view hides them.";
        return new DeviceStatistics(cpu, memory, $"{access.Name} tells {missing}. {why}");
    }

    /// <summary>
    /// One GET an interface, one after the other: a device has one request in flight. The answers are in the order asked.
    /// </summary>
    public async Task<IReadOnlyList<InterfaceReading>> ReadInterfacesAsync(DeviceAccess access, IReadOnlyList<IfIndex> interfaces,
        CancellationToken cancellationToken)
    {
        ISnmpSession session = snmp.Open(access);
        var readings = new List<InterfaceReading>(interfaces.Count);
        string? silent = null;
        foreach (IfIndex index in interfaces)
        {
            if (silent is not null)
            {
                readings.Add(new InterfaceReading(index, null, silent)); // a device that did not answer once is not asked for the others
                continue;
            }
            SnmpResponse answer = await session.GetAsync(InterfaceCounters.ObjectsOf(index), cancellationToken);
            if (answer.Status == SnmpStatus.Ok)
            {
                readings.Add(Read(session, index, new InterfaceCounters(answer, index)));
                continue;
            }
            string reason = answer.Reason ?? $"{session.Target.Name}: {answer.Status}.";
            readings.Add(new InterfaceReading(index, null, reason));
            if (answer.Status is not (SnmpStatus.AgentError or SnmpStatus.NotAuthorized)) silent = reason; // those concern one interface
        }
        return readings;
    }

    private InterfaceReading Read(ISnmpSession session, IfIndex index, InterfaceCounters counters)
    {
        if (!counters.Exists)
            return new InterfaceReading(index, null,
                $"{session.Target.Name} has no interface with ifIndex {index} any more; collect the device again.");
        (long? inputRate, long? outputRate) = _rates.Since(session.Target.EndPoint, index, counters);
        inputRate = counters.InputBitsPerSecond ?? inputRate;
        outputRate = counters.OutputBitsPerSecond ?? outputRate;
        var statistics = new InterfaceStatistics
        {
            AdminUp = counters.AdminUp,
            OperUp = counters.OperUp,
            InputPackets = counters.InputPackets,
            OutputPackets = counters.OutputPackets,
            InputRateBps = inputRate,
            OutputRateBps = outputRate,
            InputUtilization = Utilization.Percent(inputRate, counters.Speed),
            OutputUtilization = Utilization.Percent(outputRate, counters.Speed),
            InputDiscards = counters.InputDiscards,
            OutputDrops = counters.OutputDiscards,
            InputErrors = counters.InputErrors,
            OutputErrors = counters.OutputErrors,
            InputQueueDrops = counters.InputQueueDrops,
            RefreshedAt = time.GetUtcNow(),
        };
        return new InterfaceReading(index, statistics, null);
    }
}
