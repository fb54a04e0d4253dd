using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// CPU and memory: CISCO-PROCESS-MIB and CISCO-MEMORY-POOL-MIB, HOST-RESOURCES-MIB (RFC 2790), and a wireless controller's own scalars
/// (AIRESPACE-SWITCHING-MIB). They move with time around what the description says, the same way in every run.
/// </summary>
internal static class LoadMib
{
    private static readonly ObjectIdentifier s_cpmCpuTotalEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.109.1.1.1.1");
    private static readonly ObjectIdentifier s_ciscoMemoryPoolEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.48.1.1.1");
    private static readonly ObjectIdentifier s_hrMemorySize = ObjectIdentifier.Parse("1.3.6.1.2.1.25.2.2.0");
    private static readonly ObjectIdentifier s_hrStorageEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.25.2.3.1");
    private static readonly ObjectIdentifier s_hrStorageRam = ObjectIdentifier.Parse("1.3.6.1.2.1.25.2.1.2");
    private static readonly ObjectIdentifier s_hrDeviceEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.25.3.2.1");
    private static readonly ObjectIdentifier s_hrDeviceProcessor = ObjectIdentifier.Parse("1.3.6.1.2.1.25.3.1.3");
    private static readonly ObjectIdentifier s_hrProcessorEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.25.3.3.1");
    private static readonly ObjectIdentifier s_agentResources = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.5");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        var load = new Load(facts.Hardware, facts.Device.Mac.Bits);
        if (facts.Device.Mibs.Load.Contains("ciscoProcess")) AddCisco(mib, load);
        if (facts.Device.Mibs.Load.Contains("hostResources")) AddHostResources(mib, load);
        if (facts.Device.Kind == DeviceKind.Wlc)
        {
            mib.Scalar(s_agentResources.Append(1, 0), uptime => SnmpValue.Int(load.Percent(uptime, 60)));
            mib.Scalar(s_agentResources.Append(2, 0), SnmpValue.Int((int)(load.Total / 1024)));
            mib.Scalar(s_agentResources.Append(3, 0), uptime => SnmpValue.Int((int)((load.Total - load.Used(uptime)) / 1024)));
        }
    }

    private static void AddCisco(MibBuilder mib, Load load)
    {
        MibRow cpu = mib.Row(s_cpmCpuTotalEntry, 1).Set(2, EntityMib.ProcessorIndex);
        (uint Deprecated, uint Revised, int Seconds)[] columns = [(3, 6, 5), (4, 7, 60), (5, 8, 300)];
        foreach ((uint deprecated, uint revised, int seconds) in columns)
        {
            cpu.Set(deprecated, uptime => SnmpValue.Gauge32((uint)load.Percent(uptime, seconds)));
            cpu.Set(revised, uptime => SnmpValue.Gauge32((uint)load.Percent(uptime, seconds)));
        }
        cpu.Set(12, uptime => SnmpValue.Gauge32((uint)(load.Used(uptime) / 1024)));
        cpu.Set(13, uptime => SnmpValue.Gauge32((uint)((load.Total - load.Used(uptime)) / 1024)));

        mib.Row(s_ciscoMemoryPoolEntry, 1)
            .Set(2, "Processor")
            .Set(3, 0)
            .Set(4, 1)
            .Set(5, uptime => SnmpValue.Gauge32((uint)load.Used(uptime)))
            .Set(6, uptime => SnmpValue.Gauge32((uint)(load.Total - load.Used(uptime))))
            .Set(7, uptime => SnmpValue.Gauge32((uint)((load.Total - load.Used(uptime)) * 9 / 10)));
    }

    private static void AddHostResources(MibBuilder mib, Load load)
    {
        mib.Row(s_hrDeviceEntry, 1).Set(1, 1).Set(2, s_hrDeviceProcessor).Set(3, "CPU").Set(4, new ObjectIdentifier(0, 0)).Set(5, 2);
        mib.Row(s_hrProcessorEntry, 1).Set(1, new ObjectIdentifier(0, 0)).Set(2, uptime => SnmpValue.Int(load.Percent(uptime, 60)));
        mib.Scalar(s_hrMemorySize, SnmpValue.Int((int)(load.Total / 1024)));
        mib.Row(s_hrStorageEntry, 1)
            .Set(1, 1)
            .Set(2, s_hrStorageRam)
            .Set(3, "RAM")
            .Set(4, 1024)
            .Set(5, (int)(load.Total / 1024))
            .Set(6, uptime => SnmpValue.Int((int)(load.Used(uptime) / 1024)));
    }

    /// <summary>Waves of different lengths: close to the stated load over minutes, restless over seconds.</summary>
    private sealed class Load(HardwareDescription hardware, ulong seed)
    {
        /// <summary>Octets. Pools count in 32 bits, so no device shows 4 GiB or more.</summary>
        public long Total { get; } = Math.Min((long)hardware.MemoryMiB << 20, uint.MaxValue);

        public long Used(TimeSpan uptime) => (long)(Total * (0.42 + 0.04 * Wave(uptime.TotalSeconds, 1800)));

        public int Percent(TimeSpan uptime, int overSeconds)
        {
            double now = Math.Floor(uptime.TotalSeconds / overSeconds * 5) * overSeconds / 5;
            double restless = overSeconds switch { 5 => 0.5, 60 => 0.25, _ => 0.1 };
            double load = hardware.CpuPercent * (1 + restless * Wave(now, 47) + restless / 2 * Wave(now, 13) + 0.1 * Wave(now, 3600));
            return (int)Math.Clamp(Math.Round(load), hardware.CpuPercent > 0 ? 1 : 0, 100);
        }

        private double Wave(double seconds, double period) => Math.Sin(2 * Math.PI * (seconds / period + seed % 97 / 97.0));
    }
}
