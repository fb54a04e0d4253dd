using System.Collections.Immutable;
using Towpath.Collection;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>
/// Traces a flow, asks the devices on its path again for just the rows that it rests on, and traces it again through what they told. What
/// was told counts for this answer only: a snapshot is what a device told at one time, and a few newer rows would make it none.
/// </summary>
/// <param name="accessTo">How a device is reached now; null where nobody knows.</param>
#pragma warning disable CA1001 // a semaphore that nobody waits for with a thread holds nothing to dispose
internal sealed class LiveCheck(Func<DeviceId, CancellationToken, Task<DeviceAccess?>> accessTo, LiveReader reader, TimeProvider time)
#pragma warning restore CA1001
{
    /// <summary>
    /// The first asks along the path that was known, the second along the one that came of it; who is announced there is asked last, since
    /// it is what changes least.
    /// </summary>
    private const int MostRounds = 2;

    /// <summary>For all devices and rounds together.</summary>
    public static TimeSpan Time { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Of rows under a path that only came of the last round: there is no end to asking while a network changes.</summary>
    private const string Changing = "the path has changed again while its devices were asked";

    private static readonly CancellationToken s_over = new(canceled: true);
    private static readonly string s_late = $"no answer within {Time.TotalSeconds:0} s";

    /// <summary>Indexes of a large network take seconds of a processor; one check after the other makes its own.</summary>
    private readonly SemaphoreSlim _indexing = new(1);

    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    public async Task<Trace> RunAsync(NetworkSnapshot network, Flow flow, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Time, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var asked = new Dictionary<DeviceId, LiveDevice>();
        Trace trace = new PathTracer(network).Run(flow);
        for (int round = 1; round <= MostRounds + 1; round++)
        {
            ILookup<DeviceId, RowKey> rows = PathRows.Of(trace, network).Concat(Onward(network))
                .Where(one => network.Device(one.Device) is { } device && !device.Asked.ContainsKey(one.Row))
                .Where(one => one.Row.Kind != RowKind.Neighbor || round == MostRounds && !patience.IsCancellationRequested)
                .ToLookup(one => one.Device, one => one.Row);
            if (rows.Count == 0) break;
            foreach (DeviceId device in rows.Select(group => group.Key).Where(device => !asked.ContainsKey(device)))
                asked.Add(device, reader.Open(await accessTo(device, cancellationToken), network.Device(device)!.Snapshot));
            (string late, CancellationToken until) = round <= MostRounds ? (s_late, both.Token) : (Changing, s_over);
            await Task.WhenAll(rows.Select(group => asked[group.Key].ReadAsync(group, late, until)));
            cancellationToken.ThrowIfCancellationRequested();
            network = await OverAsync(network, asked, cancellationToken);
            trace = new PathTracer(network).Run(flow);
        }
        return trace;
    }

    /// <summary>Where a switch has learned an address anew, the next one behind that port is asked, too.</summary>
    private static IEnumerable<(DeviceId Device, RowKey Row)> Onward(NetworkSnapshot network)
    {
        foreach (NetworkDevice device in network.Devices)
        {
            foreach ((RowKey row, AskedRow asked) in device.Asked)
            {
                if (row.Kind != RowKind.Fdb || !asked.HasChanged || device.Tables.Fdb.Find(row.Vlan, row.Mac) is not { } port) continue;
                foreach (LinkEnd link in network.LinksAt(new Port(device.Id, port)))
                    if (PathRows.LearnedAt(link.Far.Device, row, network) is { } onward) yield return (link.Far.Device, onward);
            }
        }
    }

    /// <summary>The network with the rows that were told. Its indexes are made anew only where one of them has changed.</summary>
    private async Task<NetworkSnapshot> OverAsync(
        NetworkSnapshot network, Dictionary<DeviceId, LiveDevice> asked, CancellationToken cancellationToken)
    {
        NetworkDevice[] told = [.. asked.Select(one => Over(network.Device(one.Key)!, one.Value))];
        if (told.All(device => ReferenceEquals(device.Snapshot, network.Device(device.Id)!.Snapshot))) return network.With(told);
        ImmutableDictionary<DeviceId, NetworkDevice> newer = told.ToImmutableDictionary(device => device.Id);
        await _indexing.WaitAsync(cancellationToken);
        try
        {
            // Not on a thread of the pool, which the requests need.
            return await Task.Factory.StartNew(
                () => NetworkSnapshot.Build(network.Devices.Select(device => newer.GetValueOrDefault(device.Id, device))),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _indexing.Release();
        }
    }

    /// <summary>One that has not answered anything is as much in doubt as one that is known to be silent.</summary>
    private static NetworkDevice Over(NetworkDevice known, LiveDevice told) => known.AskedAgain(told.Snapshot, told.Asked) with
    {
        UnreachableReason = told.IsRecognized ? null
            : known.UnreachableReason ?? (told.Silence is { } why ? $"Asked again for this trace: {why}" : null),
    };
}
