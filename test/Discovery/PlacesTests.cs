using Microsoft.Extensions.Time.Testing;

namespace Towpath.Discovery.Tests;

/// <summary>Discoveries share the places fairly, whoever came first.</summary>
public sealed class PlacesTests
{
    private static readonly TimeSpan s_stay = TimeSpan.FromSeconds(3);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void One_alone_has_all_places()
    {
        using Places.Guest guest = new Places(4, _time).Enter(1);
        Assert.Equal(4, Take(guest, 9).Count);
    }

    [Fact]
    public void Who_comes_later_has_its_share_as_soon_as_the_others_have_left_theirs()
    {
        var places = new Places(4, _time);
        using Places.Guest first = places.Enter(1), second = places.Enter(2);
        List<Places.Place> held = Take(first, 4);
        Assert.Null(second.TryTake());

        List<Places.Place> others = [];
        for (int i = 0; i < 6; i++)
        {
            Assert.Null(first.TryTake()); // both have more to do
            Assert.Null(second.TryTake());
            List<Places.Place> richer = held.Count > others.Count ? held : others;
            richer[0].Leave();
            richer.RemoveAt(0);
            held.AddRange(Take(first, 1));
            others.AddRange(Take(second, 1));
        }
        Assert.Equal((2, 2), (held.Count, others.Count));
    }

    [Fact]
    public void A_place_goes_to_who_has_the_fewest_and_then_to_who_has_waited_longest()
    {
        var places = new Places(3, _time);
        using Places.Guest rich = places.Enter(1), poor = places.Enter(2), late = places.Enter(3);
        List<Places.Place> held = Take(rich, 3);
        Assert.Null(rich.TryTake());
        Assert.Null(poor.TryTake());
        Assert.Null(late.TryTake());
        Task richer = rich.Changed, poorer = poor.Changed, later = late.Changed;

        held[0].Leave();
        Assert.Equal((false, true, false), (richer.IsCompleted, poorer.IsCompleted, later.IsCompleted));
        held[1].Leave();
        Assert.Equal((false, true, true), (richer.IsCompleted, poorer.IsCompleted, later.IsCompleted));
        Assert.Null(rich.TryTake()); // they are kept for those they were offered to
        Assert.NotNull(poor.TryTake());
        Assert.NotNull(late.TryTake());
    }

    [Fact]
    public void A_place_is_left_when_its_time_is_over_whatever_its_discovery_does()
    {
        var places = new Places(1, _time);
        using Places.Guest busy = places.Enter(1), other = places.Enter(2);
        Take(busy, 1); // and never asks again
        Assert.Null(other.TryTake());
        Task changed = other.Changed;
        _time.Advance(s_stay - TimeSpan.FromMilliseconds(1));
        Assert.False(changed.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(changed.IsCompleted);
        Assert.NotNull(other.TryTake());
    }

    [Fact]
    public void An_offer_that_nobody_takes_goes_on_to_the_next()
    {
        var places = new Places(1, _time);
        using Places.Guest first = places.Enter(1), busy = places.Enter(2), last = places.Enter(3);
        List<Places.Place> held = Take(first, 1);
        Assert.Null(busy.TryTake());
        Assert.Null(last.TryTake());
        held[0].Leave(); // offered to the busy one
        Task changed = last.Changed;
        Assert.False(changed.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(changed.IsCompleted);
        Assert.NotNull(last.TryTake());
        Assert.Null(busy.TryTake());
    }

    [Fact]
    public void Who_goes_leaves_all_its_places_and_the_others_share_grows()
    {
        var places = new Places(2, _time);
        Places.Guest gone = places.Enter(1);
        using Places.Guest other = places.Enter(2);
        Assert.Equal((50, 1), (other.Share(100), other.Share(1)));
        Take(gone, 2);
        Task changed = other.Changed;
        gone.Dispose();
        Assert.True(changed.IsCompleted);
        Assert.Equal(100, other.Share(100));
        Assert.Equal(2, Take(other, 9).Count);
    }

    [Fact]
    public void Parts_of_one_discovery_have_what_one_discovery_has()
    {
        var places = new Places(4, _time);
        using Places.Guest part = places.Enter(1), sibling = places.Enter(1), other = places.Enter(2);
        Assert.Equal((25, 50), (part.Share(100), other.Share(100)));
        Queue<Places.Place> ofParts = new([.. Take(part, 2), .. Take(sibling, 2)]);
        int others = 0;
        for (int i = 0; i < 6; i++)
        {
            Assert.Null(part.TryTake()); // all have more to do
            Assert.Null(sibling.TryTake());
            Assert.Null(other.TryTake());
            ofParts.Dequeue().Leave();
            foreach (Places.Place place in Take(part, 1).Concat(Take(sibling, 1))) ofParts.Enqueue(place);
            others += Take(other, 1).Count;
        }
        Assert.Equal((2, 2), (ofParts.Count, others));
    }

    [Fact]
    public void The_parts_of_a_discovery_come_to_an_end_one_by_one()
    {
        var places = new Places(4, _time);
        Places.Guest ended = places.Enter(1);
        using Places.Guest part = places.Enter(1), other = places.Enter(2);
        Take(ended, 4);
        ended.Dispose();
        Assert.Equal((50, 50), (part.Share(100), other.Share(100)));
        Assert.Equal(4, Take(part, 9).Count);
    }

    [Fact]
    public async Task Discoveries_whose_devices_are_slow_hold_up_none_that_comes_later()
    {
        var places = new Places(17, _time);
        List<Places.Guest> guests = [];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        List<Task> slow = [];
        for (int i = 0; i < 16; i++)
        {
            guests.Add(places.Enter(i));
            // Endless work whose devices never answer.
            var turns = new Turns<string>(guests[i], new Lane<string>(s_stay, 512, _ => new TaskCompletionSource<string>().Task));
            slow.Add(turns.TakeAsync(99, patience.Token));
        }
        guests.Add(places.Enter(16));
        int begun = 0;
        var begins = new SemaphoreSlim(0);
        var seventeenth = new Turns<string>(guests[16], new Lane<string>(s_stay, 512, _ => Quick()));
        Task<List<string>> taken = seventeenth.TakeAsync(99, patience.Token);
        Assert.Equal(0, begun);

        // The slow ones hold all places, for as long as work may hold one; then each of the seventeen has its share.
        _time.Advance(s_stay);
        await begins.WaitAsync(patience.Token);
        Assert.Equal(["done"], await taken);
        Assert.All(slow, work => Assert.False(work.IsCompleted));
        await patience.CancelAsync();
        foreach (Places.Guest guest in guests) guest.Dispose();

        Task<string>? Quick()
        {
            if (begun++ > 0) return null;
            begins.Release();
            return Task.FromResult("done");
        }
    }

    private static List<Places.Place> Take(Places.Guest guest, int most)
    {
        List<Places.Place> taken = [];
        while (taken.Count < most && guest.TryTake() is { } place)
        {
            place.Stay(s_stay);
            taken.Add(place);
        }
        return taken;
    }
}
