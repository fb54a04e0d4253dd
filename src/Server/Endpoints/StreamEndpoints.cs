using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Server-sent events: <c>/task/{id}/stream</c>, <c>/task/stream</c>, <c>/network-device/stream</c>, <c>/event/stream</c>. Each event has
/// the resource as its <c>GET</c> shows it, without an envelope. A client that comes again with <c>Last-Event-ID</c>, to whatever server,
/// misses nothing.
/// </summary>
internal static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder api)
    {
        api.MapGet("/task/stream", AllTasksAsync)
            .Streams<TaskItem>("Tasks as they begin, go on and end.");
        api.MapGet("/task/{taskId}/stream", TaskAsync)
            .Streams<TaskItem>("One task until it ends.");
        api.MapGet("/network-device/stream", DevicesAsync)
            .Streams<NetworkDeviceItem>("Devices that something happened to.");
        api.MapGet("/event/stream", EventsAsync)
            .Streams<EventItem>("Events as they are noticed.", EventsEndpoints.Keys);
    }

    private static Task AllTasksAsync(HttpContext context, TaskFeed feed, AnswerJson json, EventStream stream)
    {
        TaskCursor? last = EventStream.Last<TaskCursor>(context);
        return stream.SendAsync(context, Read(context.RequestAborted));

        async IAsyncEnumerable<StreamEvent> Read([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            TaskCursor from = last ?? await feed.NowAsync(cancellationToken);
            if (last is null) yield return StreamEvent.Begin($"{from}");
            await foreach (var change in feed.ListenAsync(from, cancellationToken))
                yield return change is var (task, place) ? Of(task, $"{place}", json) : StreamEvent.Reset;
        }
    }

    private static async Task TaskAsync(
        HttpContext context, string taskId, ITaskStore store, TaskEnds ends, AnswerJson json, EventStream stream,
        CancellationToken cancellationToken)
    {
        TaskId id = Ids.Task(taskId);
        long? last = EventStream.Last<long>(context);
        if (await store.FindAsync(id, cancellationToken) is null) throw ApiException.NotFound("task", taskId);
        await stream.SendAsync(context, ends.WatchAsync(id, last, cancellationToken)
            .Select(task => Of(task, task.Version.ToString(CultureInfo.InvariantCulture), json)));
    }

    private static Task EventsAsync(HttpContext context, InventoryFeed feed, AnswerJson json, EventStream stream)
    {
        var query = new QueryReader(context.Request);
        EventFilter filter = EventsEndpoints.Filter(query);
        query.Validate();
        return SendAsync(context, stream, feed, filter, (some, _) => ValueTask.FromResult(some.Select(happened =>
            new StreamEvent(Number(happened), "event", Json(EventsEndpoints.Item(happened), json)))));
    }

    /// <summary>The devices that something happened to, each as it is now.</summary>
    private static Task DevicesAsync(HttpContext context, InventoryFeed feed, Devices devices, AnswerJson json, EventStream stream) =>
        SendAsync(context, stream, feed, new EventFilter(), async (some, cancellationToken) =>
        {
            InventoryView view = await devices.UpToDateAsync(cancellationToken);
            return some.Where(one => one.Device is not null).GroupBy(one => one.Device).Select(ofOne => ofOne.Last())
                .OrderBy(newest => newest.Number).Select(newest => Of(newest, newest.Device!.Value, view, json));
        });

    private static Task SendAsync(
        HttpContext context, EventStream stream, InventoryFeed feed, EventFilter filter,
        Func<ImmutableArray<NetworkEvent>, CancellationToken, ValueTask<IEnumerable<StreamEvent>>> told)
    {
        long? last = EventStream.Last<long>(context);
        return stream.SendAsync(context, Read(context.RequestAborted));

        async IAsyncEnumerable<StreamEvent> Read([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            long from = last ?? await feed.NowAsync(cancellationToken);
            if (last is null) yield return StreamEvent.Begin(from.ToString(CultureInfo.InvariantCulture));
            await foreach (ImmutableArray<NetworkEvent> some in feed.ListenAsync(filter, from, cancellationToken))
            {
                foreach (StreamEvent one in await told(some, cancellationToken)) yield return one;
            }
        }
    }

    private static StreamEvent Of(TaskRecord task, string id, AnswerJson json) =>
        new(id, "task", Json(new WrittenTask(task), json));

    private static StreamEvent Of(NetworkEvent newest, DeviceId id, InventoryView view, AnswerJson json) => view.Find(id) is { } device
        ? new StreamEvent(Number(newest), "device", Json(NetworkDeviceItems.Of(device), json))
        : new StreamEvent(Number(newest), "removed", Json(new RemovedDevice(id.ToString()), json));

    private static string Number(NetworkEvent happened) => happened.Number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Json<T>(T value, AnswerJson json) => JsonSerializer.SerializeToUtf8Bytes(value, json.Of<T>());
}
