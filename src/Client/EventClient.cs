using System.Globalization;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>What changed in the network. Towpath's own; Cisco's products answer 404.</summary>
public sealed class EventClient
{
    private readonly Connection _connection;

    internal EventClient(Connection connection) => _connection = connection;

    /// <summary>All events that match, in the order in which they were noticed.</summary>
    /// <param name="filter">Null: all.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public IAsyncEnumerable<EventItem> GetEventsAsync(EventFilter? filter = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<EventItem>(
            _connection,
            (start, count) => (filter ?? new EventFilter()).AddTo(new Query("event")).Add("offset", start).Add("limit", count).ToString(),
            cancellationToken);

    /// <summary>
    /// Listens to events that match, endlessly, from now on. After a lost connection none is missed, and none comes again.
    /// </summary>
    /// <param name="filter">Null: all.</param>
    /// <param name="cancellationToken">Stops listening.</param>
    public IAsyncEnumerable<EventItem> WatchEventsAsync(EventFilter? filter = null, CancellationToken cancellationToken = default) =>
        Listening.ReadAsync(_connection, (filter ?? new EventFilter()).AddTo(new Query("event/stream")).ToString(), cancellationToken)
            .Where(happened => happened.EventType == "event").Select(happened => Listening.Value<EventItem>(happened));

    /// <summary>How many events match.</summary>
    /// <param name="filter">Null: all.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<int> GetEventCountAsync(EventFilter? filter = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<int>((filter ?? new EventFilter()).AddTo(new Query("event/count")).ToString(), cancellationToken);
}

/// <summary>Narrows a list of events. Properties add up.</summary>
public sealed record EventFilter
{
    /// <summary>The device's id.</summary>
    public string? DeviceId { get; init; }

    /// <summary>See <see cref="EventItem.Kind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>See <see cref="EventItem.Table"/>.</summary>
    public string? Table { get; init; }

    /// <summary>Noticed then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Noticed then or earlier.</summary>
    public DateTimeOffset? To { get; init; }

    internal Query AddTo(Query query) => query
        .Add("deviceId", DeviceId)
        .Add("kind", Kind)
        .Add("table", Table)
        .Add("startTime", Milliseconds(From))
        .Add("endTime", Milliseconds(To));

    private static string? Milliseconds(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
