using System.Collections.Immutable;
using System.Globalization;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// The hosts that were seen, each with its last place: for 30 days after no table has it any more. The store has what is here; both change
/// by looks at the network, which are made one after the other, by one process at a time. <see cref="Gone"/> may be read meanwhile.
/// </summary>
public sealed class HostHistory(IHistoryStore store, TimeProvider time)
{
    /// <summary>A host that no table has for that long is gone; tables lose a quiet one after minutes.</summary>
    public static TimeSpan GoneAfter { get; } = TimeSpan.FromDays(1);

    /// <summary>And is forgotten when it was not seen for that long.</summary>
    public static TimeSpan KeptFor { get; } = TimeSpan.FromDays(30);

    /// <summary>Of hosts that are gone so many are kept, those that were seen last: a device may invent any number.</summary>
    public const int MostGone = 50_000;

    /// <summary>So many changes at once are told one by one; more are one event that says how many.</summary>
    public const int MostTold = 1000;

    private const int SavedAtOnce = 500;

    private readonly Dictionary<(MacAddress Mac, Ipv4Address Address), HostPlace> _places = [];
    private volatile IReadOnlyList<HostPlace> _gone = [];

    /// <summary>The hosts that no table has now, the last seen first.</summary>
    public IReadOnlyList<HostPlace> Gone => _gone;

    /// <summary>
    /// At a start, after what was stored: a host of the network besides is no news. The process ended before it was told, or the file is
    /// from before.
    /// </summary>
    internal void Know(InventoryView view)
    {
        foreach (NetworkHost host in view.Network.Hosts)
        {
            HostPlace place = HostPlace.Of(InventoryHost.Of(view, host));
            _places.TryAdd(place.Key, place);
        }
        Publish();
    }

    /// <summary>What was stored, and nothing else: another process has looked, or this one was cut short.</summary>
    internal async Task ReadAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<HostPlace> stored = await store.HostsAsync(cancellationToken);
        _places.Clear();
        foreach (HostPlace place in stored) _places[place.Key] = place;
        Publish();
    }

    /// <summary>Those that are gone by the look of another process; the rest is read before this one looks.</summary>
    internal async Task HearAsync(CancellationToken cancellationToken) => Publish(await store.GoneHostsAsync(cancellationToken));

    /// <summary>Compares the hosts of the view with those of the last look.</summary>
    internal async Task LookAsync(InventoryView view, Commit commit)
    {
        DateTimeOffset now = time.GetUtcNow();
        var seen = new HashSet<(MacAddress Mac, Ipv4Address Address)>();
        var changes = new List<(HostPlace Place, NetworkEvent? Event)>();
        foreach (NetworkHost host in view.Network.Hosts)
        {
            HostPlace place = HostPlace.Of(InventoryHost.Of(view, host));
            seen.Add(place.Key);
            if (!_places.TryGetValue(place.Key, out HostPlace? known))
                changes.Add((place, Event(EventKind.HostAppeared, view, null, place, now)));
            else if (known.SeenAgain(place) is var again && again != known)
                Add(known, again);
        }
        changes.AddRange(_places.Values.Where(place => !place.IsGone && !seen.Contains(place.Key))
            .Select(place => (place with { IsGone = true }, (NetworkEvent?)null)).ToList());
        await SaveAsync(changes, now, commit);

        void Add(HostPlace known, HostPlace again)
        {
            EventKind? kind = known.Device is not null && !again.IsAt(known) ? EventKind.HostMoved : null;
            if (known.IsToldGone) kind = EventKind.HostAppeared;
            // Only its age is another: once a day is enough, and it is written when no table has the host any more.
            bool isOfThatDay = again.SeenAt.UtcDateTime.Date == known.SeenAt.UtcDateTime.Date;
            if (kind is null && !known.IsGone && again.IsAt(known) && again.Vlan == known.Vlan && isOfThatDay) _places[known.Key] = again;
            else changes.Add((again, kind is { } told ? Event(told, view, told == EventKind.HostMoved ? known : null, again, now) : null));
        }
    }

    /// <summary>Tells of those that are gone for a day, and forgets those that were for a month.</summary>
    internal async Task AgeAsync(InventoryView view, Commit commit)
    {
        DateTimeOffset now = time.GetUtcNow();
        HostPlace[] old = [.. _gone.Where((place, at) => at >= MostGone || now - place.SeenAt >= KeptFor)];
        foreach (HostPlace[] some in old.Chunk(SavedAtOnce))
        {
            await commit(new ForgetHosts([.. some.Select(place => place.Id)]));
            foreach (HostPlace place in some) _places.Remove(place.Key);
        }
        var told = _gone.Where(place => _places.ContainsKey(place.Key) && !place.IsToldGone && now - place.SeenAt >= GoneAfter)
            .Select(place => (place with { IsToldGone = true }, (NetworkEvent?)Event(EventKind.HostGone, view, place, null, now))).ToList();
        await SaveAsync(told, now, commit);
    }

    private async Task SaveAsync(IReadOnlyList<(HostPlace Place, NetworkEvent? Event)> changes, DateTimeOffset now, Commit commit)
    {
        NetworkEvent[] events = [.. changes.Select(change => change.Event).OfType<NetworkEvent>()];
        bool each = events.Length <= MostTold;
        ImmutableArray<NetworkEvent> summary = each ? [] : [Summary(events, now)];
        foreach ((HostPlace Place, NetworkEvent? Event)[] some in changes.Chunk(SavedAtOnce))
        {
            ImmutableArray<NetworkEvent> told = each ? [.. some.Select(change => change.Event).OfType<NetworkEvent>()] : summary;
            await commit(new SaveHosts([.. some.Select(change => change.Place)], told));
            foreach ((HostPlace place, _) in some) _places[place.Key] = place;
            summary = [];
        }
        Publish();
    }

    private void Publish() => Publish(_places.Values.Where(place => place.IsGone));

    private void Publish(IEnumerable<HostPlace> gone) =>
        _gone = [.. gone.OrderByDescending(place => place.SeenAt).ThenBy(place => place.Address)];

    private static NetworkEvent Event(EventKind kind, InventoryView view, HostPlace? before, HostPlace? after, DateTimeOffset at)
    {
        HostPlace host = (after ?? before)!;
        string name = host.Device is { } device ? view.Find(device)?.Name ?? "" : "";
        return new NetworkEvent(at, kind, host.Device, name)
        {
            Since = kind == EventKind.HostGone ? host.SeenAt : null,
            Row = [new RowCell("address", $"{host.Address}"), new RowCell("mac", $"{host.Mac}")],
            Before = before is null ? null : Cells(before, view),
            After = after is null ? null : Cells(after, view),
        };
    }

    private static ImmutableArray<RowCell> Cells(HostPlace place, InventoryView view)
    {
        if (place.Device is not { } device) return [];
        string name = view.Find(device)?.Name ?? $"{device}";
        return place.Interface.Length == 0
            ? [new RowCell("device", name)] : [new RowCell("device", name), new RowCell("interface", place.Interface)];
    }

    private static NetworkEvent Summary(NetworkEvent[] events, DateTimeOffset at)
    {
        int appeared = events.Count(happened => happened.Kind == EventKind.HostAppeared);
        int moved = events.Count(happened => happened.Kind == EventKind.HostMoved);
        return new NetworkEvent(at, EventKind.HostsChanged, null, "")
        {
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"{appeared} hosts appeared, {moved} moved, {events.Length - appeared - moved} are gone."),
        };
    }
}
