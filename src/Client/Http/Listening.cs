using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Listens to a stream of server-sent events, and goes on after its last event when the connection is lost.</summary>
internal static class Listening
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    /// <summary>The events, endlessly.</summary>
    /// <exception cref="NotReachableException">Nobody has answered for as many times as requests are repeated.</exception>
    /// <exception cref="ApiException">The controller refuses: 404, it knows no streams, or not this resource.</exception>
    public static async IAsyncEnumerable<SseItem<byte[]>> ReadAsync(
        Connection connection, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        for (int failures = 0; ;)
        {
            Opened? opened = await OpenAsync(connection, path, last, failures, cancellationToken).ConfigureAwait(false);
            failures = opened is null ? failures + 1 : 0;
            try
            {
                while (opened is not null && await opened.NextAsync().ConfigureAwait(false) is { } happened)
                {
                    if (happened.EventId is { Length: > 0 } id) last = id;
                    yield return happened;
                }
            }
            finally
            {
                if (opened is not null) await opened.DisposeAsync().ConfigureAwait(false);
            }
            await Task.Delay(s_pause, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="ApiException">It is not of this API.</exception>
    public static T Value<T>(SseItem<byte[]> happened)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(happened.Data, TowpathJson.Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException unreadable)
        {
            throw new ApiException(
                HttpStatusCode.OK, $"An event '{happened.EventType}' is not this API's: {unreadable.Message}", unreadable);
        }
    }

    /// <returns>Null: it is worth trying again.</returns>
    private static async Task<Opened?> OpenAsync(
        Connection connection, string path, string? last, int failures, CancellationToken cancellationToken)
    {
        try
        {
            return new Opened(await connection.OpenAsync(path, last, cancellationToken).ConfigureAwait(false), cancellationToken);
        }
        catch (Exception passing) when (failures < connection.Retries
            && passing is NotReachableException or ApiException { Status: HttpStatusCode.ServiceUnavailable })
        {
            return null;
        }
    }

    private sealed class Opened : IAsyncDisposable
    {
        private readonly HttpResponseMessage _response;
        private readonly IAsyncEnumerator<SseItem<byte[]>> _events;

        public Opened((HttpResponseMessage Response, Stream Body) opened, CancellationToken cancellationToken)
        {
            _response = opened.Response;
            _events = SseParser.Create(new Watched(opened.Body), static (_, data) => data.ToArray()).EnumerateAsync(cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
        }

        /// <returns>Null: the stream has ended, or its connection is lost.</returns>
        public async Task<SseItem<byte[]>?> NextAsync()
        {
            try
            {
                return await _events.MoveNextAsync().ConfigureAwait(false) ? _events.Current : null;
            }
            catch (Exception lost) when (lost is IOException or HttpRequestException or TimeoutException)
            {
                return null;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _events.DisposeAsync().ConfigureAwait(false);
            _response.Dispose();
        }
    }

    /// <summary>A stream that says something at least every <see cref="s_silence"/>: whoever is silent for longer is gone.</summary>
    private sealed class Watched(Stream body) : Stream
    {
        private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(45); // three heartbeats

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await body.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(s_silence, cancellationToken).ConfigureAwait(false);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
