using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// One device that is asked for some of its rows again: whether it is still the same one, then row by row, one request at a time. Not for
/// two callers at once.
/// </summary>
public sealed class LiveDevice
{
    private readonly RowSession? _session;
    private readonly DeviceSnapshot _collected;
    private readonly TimeProvider _time;
    private string? _whyNot; // it is not asked for more

    /// <param name="session">Null: it is not asked.</param>
    internal LiveDevice(RowSession? session, DeviceSnapshot known, TimeProvider time)
    {
        (_session, _collected, Snapshot, _time) = (session, known, known, time);
        if (session is null)
            _whyNot = "it is not in the inventory any more, or its credential was deleted or may not be sent to its address";
    }

    /// <summary>What it told when it was collected, with the rows that were read again as they are now.</summary>
    public DeviceSnapshot Snapshot { get; private set; }

    /// <summary>All rows that were asked for.</summary>
    public ImmutableDictionary<RowKey, AskedRow> Asked { get; private set; } = ImmutableDictionary<RowKey, AskedRow>.Empty;

    /// <summary>It has answered, and is the device that was collected.</summary>
    public bool IsRecognized => Asked.GetValueOrDefault(RowKey.Device).ReadAt is not null;

    /// <summary>Why no question was answered, in words; null when one was, and when none was asked.</summary>
    public string? Silence => _session is { WasAsked: true, HasAnswered: false } ? Asked.GetValueOrDefault(RowKey.Device).NotRead : null;

    /// <summary>
    /// Asks for rows that were not asked for before. Never fails: what is not told has its reason in <see cref="Asked"/>.
    /// </summary>
    /// <param name="late">The reason of what is not told when <paramref name="patience"/> ends.</param>
    public async Task ReadAsync(IEnumerable<RowKey> rows, string late, CancellationToken patience)
    {
        RowKey[] fresh = [.. rows.Append(RowKey.Device).Where(row => !row.IsNone && !Asked.ContainsKey(row)).Distinct()
            .OrderBy(row => row.Kind)];
        try
        {
            foreach (RowKey row in fresh)
            {
                patience.ThrowIfCancellationRequested();
                await ReadAsync(row, patience);
            }
        }
#pragma warning disable CA1031 // whatever a device does is its answer
        catch (Exception problem)
#pragma warning restore CA1031
        {
            _whyNot = problem is OperationCanceledException && patience.IsCancellationRequested ? late : problem.Message;
            foreach (RowKey row in fresh.Where(row => !Asked.ContainsKey(row))) Note(row, RowAnswer.Not(_whyNot));
        }
    }

    private async Task ReadAsync(RowKey row, CancellationToken cancellationToken)
    {
        RowAnswer answer = row.Kind switch
        {
            _ when _whyNot is not null || _session is null => RowAnswer.Not(_whyNot),
            RowKind.Device => await RecognizeAsync(_session, cancellationToken),
            RowKind.State => await InterfaceState.AskAsync(_session, Snapshot, row, cancellationToken),
            RowKind.Route => await RouteRows.AskAsync(_session, Snapshot, row, cancellationToken),
            RowKind.Arp => await ArpRows.AskAsync(_session, Snapshot, row, cancellationToken),
            RowKind.Fdb => await FdbRows.AskAsync(_session, Snapshot, row, cancellationToken),
            RowKind.Neighbor => await NeighborRows.AskAsync(_session, Snapshot, row, cancellationToken),
            _ => throw new InvalidOperationException($"{row.Kind} is a new kind of row; say here how it is asked for."),
        };
        Note(row, answer);
    }

    /// <summary>
    /// Another device at its address, or one whose interfaces may be numbered anew, tells nothing of the one that is known.
    /// </summary>
    private async Task<RowAnswer> RecognizeAsync(RowSession session, CancellationToken cancellationToken)
    {
        DeviceIdentity known = _collected.Identity;
        TimeSpan since = 0.999 * (_time.GetUtcNow() - _collected.CollectedAt); // its clock may be slow
        if (await session.AskWhoAsync(cancellationToken) is not { } told) _whyNot = session.WhyNot;
        else if (told.SysName != known.SysName || told.SysObjectId != known.SysObjectId)
            _whyNot = $"another device, {(told.SysName.Length > 0 ? told.SysName : "without a name")}, answers at its address";
        else if (UpTime.HasRestarted(Ticks(_collected.SysUpTime), told.UptimeTicks, since))
            _whyNot = "it has restarted since it was collected: collect it again";
        return _whyNot is null ? new RowAnswer(Snapshot, null) : RowAnswer.Not(_whyNot);
    }

    private void Note(RowKey row, RowAnswer answer)
    {
        // Who is announced changes least, and is asked last: where only that is late, the port's state was told just now.
        bool isUnanswered = row.Kind != RowKind.Neighbor && _session is { } session && (_whyNot is not null || session.IsUnanswered);
        Asked = Asked.SetItem(row, answer.Told is { } told ? new AskedRow(_time.GetUtcNow(), null, !ReferenceEquals(told, Snapshot), false)
            : new AskedRow(null, answer.WhyNot, false, isUnanswered));
        Snapshot = answer.Told ?? Snapshot;
    }

    /// <summary>Null when sysUpTime was not told.</summary>
    private static uint? Ticks(TimeSpan uptime) => uptime == TimeSpan.Zero ? null : unchecked((uint)(long)(uptime.TotalMilliseconds / 10));
}
