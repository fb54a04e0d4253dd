using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>
/// An agent on loopback that does one request after the other and needs a time for each, by a clock that it moves itself.
/// </summary>
internal sealed class SequentialAgent : IAsyncDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time;
    private readonly Func<int, TimeSpan> _takes;
    private readonly SnmpAgent _agent;
    private readonly AgentOnLoopback _loopback;
    private readonly Channel<(byte[] Request, EndPoint From)> _arrivals = Channel.CreateUnbounded<(byte[], EndPoint)>();
    private readonly Queue<(byte[] Request, EndPoint From)> _waiting = [];
    private readonly HashSet<ObjectIdentifier> _answered = [];
    private int _arrived, _done;

    /// <param name="takes">How long the request with this number takes, from 1.</param>
    public SequentialAgent(IMibView mib, FakeTimeProvider time, Func<int, TimeSpan> takes)
    {
        _time = time;
        _takes = takes;
        _agent = Given.Agent(mib);
        _loopback = new AgentOnLoopback((_, request, from) => _arrivals.Writer.WriteAsync((request, from)).AsTask());
    }

    public IPEndPoint EndPoint => _loopback.EndPoint;

    /// <summary>Works until the engine's operation has ended.</summary>
    public async Task<T> ServeAsync<T>(SnmpEngine engine, Task<T> operation)
    {
        TimeSpan left = _takes(1);
        while (!operation.IsCompleted)
        {
            await TakeInAsync(engine.Statistics.Sent);
            _time.SetUtcNow(_time.GetUtcNow() + s_step); // Advance would pause for a millisecond each time
            if (_waiting.Count == 0 || (left -= s_step) > TimeSpan.Zero) continue;
            (byte[] request, EndPoint from) = _waiting.Dequeue();
            left = _takes(++_done + 1);
            bool first = _answered.Add(new Script(request).Names[0]);
            await TakeInAsync(engine.Statistics.Sent);
            foreach (byte[] answer in AgentOnLoopback.Answer(_agent, request)) await _loopback.SendAsync(answer, from);
            // The engine waits for one answer to each request; then it asks on, or ends.
            if (first) await Task.WhenAny(operation, _arrivals.Reader.WaitToReadAsync().AsTask());
        }
        return await operation;
    }

    public ValueTask DisposeAsync() => _loopback.DisposeAsync();

    private async Task TakeInAsync(long sent)
    {
        for (; _arrived < sent; _arrived++) _waiting.Enqueue(await _arrivals.Reader.ReadAsync());
    }
}
