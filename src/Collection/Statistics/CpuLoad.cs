using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// CPU load in percent. cpmCPUTotalTable (CISCO-PROCESS-MIB): 5 s .6, 1 min .7, 5 min .8 and their older forms .3, .4, .5; the first row is
/// the active supervisor's. Else the mean of hrProcessorLoad (HOST-RESOURCES-MIB, RFC 2790), an average of one minute. Else
/// agentCurrentCPUUtilization (AIRESPACE-SWITCHING-MIB), a momentary value.
/// </summary>
internal static class CpuLoad
{
    private const uint FiveSeconds = 6, OneMinute = 7, FiveMinutes = 8, OldFiveSeconds = 3, OldOneMinute = 4, OldFiveMinutes = 5;
    private static readonly TableSpec s_cisco = new(FactSource.Named("CpmCpuTotalTable"), "1.3.6.1.4.1.9.9.109.1.1.1.1",
        FiveMinutes, OldFiveMinutes, FiveSeconds, OneMinute, OldFiveSeconds, OldOneMinute);

    private const uint Load = 2;
    private static readonly TableSpec s_host = new(FactSource.Named("HrProcessorTable"), "1.3.6.1.2.1.25.3.3.1", Load);

    private static readonly ObjectIdentifier s_airespace = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.5.1.0");

    /// <summary>Null when the device tells none of them; the run's readings say why.</summary>
    public static async Task<CpuStatistics?> ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        CpuStatistics? load = null;
        await run.ReadAsync(s_cisco, row =>
        {
            double? five = Percent(row, FiveSeconds) ?? Percent(row, OldFiveSeconds), minute = Percent(row, OneMinute)
                ?? Percent(row, OldOneMinute),
                fiveMinutes = Percent(row, FiveMinutes) ?? Percent(row, OldFiveMinutes);
            if (five is null && minute is null && fiveMinutes is null) return row.Unreadable("has no load");
            load ??= new CpuStatistics(five, minute, fiveMinutes, run.Now);
            return RowOutcome.Fact;
        }, cancellationToken);
        if (load is not null) return load;

        var processors = new List<double>();
        await run.ReadAsync(s_host, row =>
        {
            if (Percent(row, Load) is not { } percent) return row.Unreadable("has no load");
            processors.Add(percent);
            return RowOutcome.Fact;
        }, cancellationToken);
        if (processors.Count > 0) return new CpuStatistics(null, Math.Round(processors.Average(), 2), null, run.Now);

        return await run.AskAsync(s_airespace, cancellationToken) is <= 100 and var now
            ? new CpuStatistics(now, null, null, run.Now)
            : null;
    }

    private static double? Percent(TableRow row, uint column) => row.Small(column, 100);
}
