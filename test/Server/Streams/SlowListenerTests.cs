using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Inventory;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Clients of a stream that do not take what is sent to them.</summary>
public sealed class SlowListenerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_client_that_takes_nothing_is_dropped_after_10_seconds_and_nothing_is_read_for_it_meanwhile()
    {
        const int Taken = 6; // the beginning, and five events
        var body = new StuckBody(Taken);
        using var connection = new Connection();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(connection);
        context.Request.Headers.Accept = "text/event-stream";
        context.Response.Body = body;
        int read = 0;

        Task sending = new EventStream(null!, _time, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance))
            .SendAsync(context, EventsAsync());
        await body.Stuck.WaitAsync(TimeSpan.FromSeconds(20));
        _time.Advance(s_patience - TimeSpan.FromMilliseconds(1));
        Assert.False(connection.RequestAborted.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await sending.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(connection.RequestAborted.IsCancellationRequested);
        Assert.Equal(Taken, read); // the one that it does not take, and none behind it

        async IAsyncEnumerable<StreamEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (; !cancellationToken.IsCancellationRequested; await Task.Yield())
                yield return new StreamEvent($"{++read}", "task", "{}"u8.ToArray());
        }
    }

    [Fact]
    public async Task Who_was_dropped_goes_on_from_its_last_event_and_misses_none()
    {
        var server = new TestServer { Time = _time };
        await server.InitializeAsync();
        try
        {
            // More than all buffers between the two hold: to write it takes until the client reads.
            string large = new('x', 16 << 20);
            foreach (string reason in new[] { "one", large, "three" })
            {
                var happened = new NetworkEvent(_time.GetUtcNow(), EventKind.DeviceUnreachable, null, "") { Reason = reason };
                await server.Service<IWriter>().CommitAsync([new AddEvents([happened])], default);
            }

            using Socket slow = await ListenAsync(server);
            await FilledAsync(slow);
            _time.Advance(s_patience);
            string received = await RestAsync(slow);
            Assert.Contains("\"one\"", received, StringComparison.Ordinal);
            Assert.True(received.Length < large.Length, "It was not dropped.");

            string last = received.Split("id: ")[1].Split('\n')[0]; // of the one that came whole
            await using Listener again = await Listener.OpenAsync(server, "/api/v1/event/stream", last);
            foreach (string reason in new[] { large, "three" })
            {
                (SseItem<string> next, var json) = await again.NextAsync("event");
                Assert.Equal(reason, json["reason"]!.GetValue<string>());
                Assert.Equal(long.Parse(last) + 1, long.Parse(next.EventId!));
                last = next.EventId!;
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Asks for the events from the first one on, and reads nothing.</summary>
    private static async Task<Socket> ListenAsync(TestServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 << 10 };
        Uri url = server.Running.HttpUrl!;
        await socket.ConnectAsync(IPAddress.Loopback, url.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/v1/event/stream HTTP/1.1\r\nHost: {url.Authority}\r\n"
            + $"X-Auth-Token: {server.Http.DefaultRequestHeaders.GetValues("X-Auth-Token").Single()}\r\n"
            + "Accept: text/event-stream\r\nLast-Event-ID: 0\r\n\r\n"));
        return socket;
    }

    /// <summary>The large event is under way then: what comes before it is less.</summary>
    private static async Task FilledAsync(Socket socket)
    {
        var clock = Stopwatch.StartNew();
        while (socket.Available < 4 << 10)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"Only {socket.Available} octets came.");
            await Task.Yield();
        }
    }

    /// <summary>Until the connection ends.</summary>
    private static async Task<string> RestAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var received = new StringBuilder();
        byte[] buffer = new byte[64 << 10];
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var count)
                received.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // reset: what is still under way is of no use to a client that is dropped
        }
        return received.ToString();
    }

    /// <summary>Takes some writes, and then none.</summary>
    private sealed class StuckBody(int writes) : MemoryStream
    {
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _written;

        public Task Stuck => _stuck.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_written <= writes) return;
            _stuck.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    private sealed class Connection : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _ended = new();

        public CancellationToken RequestAborted
        {
            get => _ended.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => _ended.Cancel();

        public void Dispose() => _ended.Dispose();
    }
}
