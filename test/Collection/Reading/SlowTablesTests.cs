using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

/// <summary>Tables that bring no facts are asked slowly, all together, and say so once.</summary>
public sealed class SlowTablesTests
{
    private static readonly TableSpec s_table = new(FdbEntry.Dot1dTpFdbTable, "1.3.6.1.2.1.17.4.3.1", 2, 3);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void All_together_have_200_requests_a_second()
    {
        var time = new ManualTime();
        var tables = new SlowTables(time);
        ValueTask[] turns = [.. Enumerable.Range(0, 201).Select(_ => tables.TurnAsync(CancellationToken.None))];

        Assert.True(turns[0].IsCompleted);
        Assert.Equal(Enumerable.Range(1, 200).Select(number => TimeSpan.FromMilliseconds(5 * number)), time.Waits);
        Assert.All(turns[1..], turn => Assert.False(turn.IsCompleted));
    }

    [Fact]
    public void A_walk_is_slow_after_300_rows_without_use_until_one_is()
    {
        TableWalk walk = Walk(row => row.Index[0] is 0 or 2_000 ? RowOutcome.Fact : RowOutcome.Ignored);

        Assert.Equal([false, false, false], [Slow(walk, 0, 300), Slow(walk, 300, 150), Slow(walk, 450, 149)]);
        Assert.True(Slow(walk, 599, 2));
        Assert.True(Slow(walk, 601, 1_000));
        Assert.False(Slow(walk, 1_601, 400));
    }

    [Fact]
    public void A_walk_is_slow_after_a_second_without_use_however_few_rows_came()
    {
        TableWalk walk = Walk(_ => RowOutcome.Unreadable);
        Assert.False(Slow(walk, 0, 2));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Slow(walk, 2, 2));
    }

    [Fact]
    public async Task A_device_that_invents_rows_is_told_of_once_and_a_decent_one_never()
    {
        Assert.Equal(1, await ToldAsync(row => [row]));
        Assert.Equal(0, await ToldAsync(row => [0, 0, 94, row >> 16 & 255, row >> 8 & 255, row & 255]));

        async Task<int> ToldAsync(Func<uint, uint[]> index)
        {
            int told = 0;
            var device = new InventingSession(new RecordedSession([.. Row.System(), Row.Int("1.3.6.1.2.1.17.4.3.1.2.0.0.94.0.83.1", 1)]),
                _time, new() { ["1.3.6.1.2.1.17.4.3.1"] = index });
            await new DeviceCollector(Collect.Snmp(device), _time).CollectAsync(Collect.Access, () => told++, CancellationToken.None);
            return told;
        }
    }

    private TableWalk Walk(RowReader read) =>
        new(s_table, read, TableRoom.Of(null, CollectionLimits.Default), TimeSpan.FromSeconds(60), _time);

    /// <summary>After these rows more.</summary>
    private static bool Slow(TableWalk walk, uint from, uint count)
    {
        for (uint row = from; row < from + count; row++)
        {
            for (int column = 0; column < s_table.Columns.Length; column++)
                walk.Add(column, new VarBindView(s_table.Entry.Append(s_table.Columns[column]).Append(row).SubIdentifiers, SnmpType.Integer,
                    1, []));
        }
        Assert.Null(walk.Judge());
        return walk.IsSlow;
    }
}
