using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// Main memory in octets. ciscoMemoryPoolTable (CISCO-MEMORY-POOL-MIB), row 1 (processor): used .5, free .6. Else the processor pool of
/// cempMemPoolTable (CISCO-ENHANCED-MEMPOOL-MIB): type .2, used .7 or .18, free .8 or .20. Else the first RAM of hrStorageTable
/// (HOST-RESOURCES-MIB): type .2, unit .4, size .5, used .6 (on Linux that counts buffers and caches). Else agentTotalMemory and
/// agentFreeMemory (AIRESPACE-SWITCHING-MIB, KByte).
/// </summary>
internal static class MemoryUse
{
    private const uint Used = 5, Free = 6;
    private const uint ProcessorPool = 1;
    private static readonly TableSpec s_cisco = new(FactSource.Named("CiscoMemoryPoolTable"), "1.3.6.1.4.1.9.9.48.1.1.1", Used, Free);

    private const uint PoolType = 2, PoolUsed = 7, PoolFree = 8, PoolUsed64 = 18, PoolFree64 = 20;
    private const int ProcessorMemory = 2;
    private static readonly TableSpec s_enhanced = new(FactSource.Named("CempMemPoolTable"), "1.3.6.1.4.1.9.9.221.1.1.1.1", PoolType,
        PoolUsed, PoolFree, PoolUsed64, PoolFree64);

    private const uint StorageType = 2, Unit = 4, Size = 5, StorageUsed = 6;
    private static readonly uint[] s_ram = [1, 3, 6, 1, 2, 1, 25, 2, 1, 2];
    private static readonly TableSpec s_storage = new(FactSource.Named("HrStorageTable"), "1.3.6.1.2.1.25.2.3.1", StorageType, Unit, Size,
        StorageUsed);

    private static readonly ObjectIdentifier s_airespaceTotal = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.5.2.0");
    private static readonly ObjectIdentifier s_airespaceFree = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.5.3.0");

    /// <summary>Null when the device tells none of them; the run's readings say why.</summary>
    public static async Task<MemoryStatistics?> ReadAsync(CollectionRun run, CancellationToken cancellationToken) =>
        await ReadPoolAsync(run, cancellationToken) ?? await ReadEnhancedPoolAsync(run, cancellationToken)
        ?? await ReadStorageAsync(run, cancellationToken) ?? await ReadAirespaceAsync(run, cancellationToken);

    private static async Task<MemoryStatistics?> ReadPoolAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        MemoryStatistics? memory = null;
        await run.ReadAsync(s_cisco, row =>
        {
            if (row.Index.Length != 1 || row.Index[0] != ProcessorPool) return RowOutcome.Ignored;
            memory = Of(row.Number(Used), row.Number(Free), run.Now);
            return memory is null ? row.Unreadable("has no used and free octets") : RowOutcome.Fact;
        }, cancellationToken);
        return memory;
    }

    private static async Task<MemoryStatistics?> ReadEnhancedPoolAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        MemoryStatistics? memory = null;
        await run.ReadAsync(s_enhanced, row =>
        {
            if (memory is not null || row.Small(PoolType, 255) != ProcessorMemory) return RowOutcome.Ignored;
            memory = Of(row.Number(PoolUsed64) ?? row.Number(PoolUsed), row.Number(PoolFree64) ?? row.Number(PoolFree), run.Now);
            return memory is null ? row.Unreadable("has no used and free octets") : RowOutcome.Fact;
        }, cancellationToken);
        return memory;
    }

    private static async Task<MemoryStatistics?> ReadStorageAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        MemoryStatistics? memory = null;
        await run.ReadAsync(s_storage, row =>
        {
            if (memory is not null || !row.ObjectIdentifierArcs(StorageType).AsSpan().SequenceEqual(s_ram)) return RowOutcome.Ignored;
            if (row.Small(Unit, int.MaxValue) is not { } unit || row.Small(Size, int.MaxValue) is not { } size
                || row.Small(StorageUsed, int.MaxValue) is not { } used)
                return row.Unreadable("has no unit, size and use");
            memory = new MemoryStatistics((long)size * unit, (long)used * unit, run.Now);
            return RowOutcome.Fact;
        }, cancellationToken);
        return memory;
    }

    private static async Task<MemoryStatistics?> ReadAirespaceAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        long? total = await run.AskAsync(s_airespaceTotal, cancellationToken);
        long? free = total is null ? null : await run.AskAsync(s_airespaceFree, cancellationToken);
        return free <= total && total < long.MaxValue / 1024
            ? new MemoryStatistics(total.Value * 1024, (total.Value - free.Value) * 1024, run.Now) : null;
    }

    private static MemoryStatistics? Of(long? used, long? free, DateTimeOffset now) =>
        used is { } u && free is { } f && u <= long.MaxValue - f ? new MemoryStatistics(u + f, u, now) : null;
}
