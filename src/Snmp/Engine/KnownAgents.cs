using System.Net;

namespace Towpath.Snmp;

/// <summary>The agents that have answered, by address. They are remembered while no session refers to them. Thread safe.</summary>
internal sealed class KnownAgents
{
    /// <summary>
    /// More agents than one process looks after. Who can answer from more addresses than that only makes us forget idle ones.
    /// </summary>
    private const int MaxKept = 65_536;

    private readonly Dictionary<SocketAddress, KnownAgent> _agents = [];
    private readonly Lock _gate = new();

    public KnownAgent? Find(SocketAddress address)
    {
        lock (_gate) return _agents.GetValueOrDefault(address);
    }

    public KnownAgent GetOrAdd(SocketAddress address)
    {
        lock (_gate)
        {
            if (_agents.TryGetValue(address, out KnownAgent? known)) return known;
            if (_agents.Count >= MaxKept) _agents.Clear();
            return _agents[address] = new KnownAgent();
        }
    }
}

/// <summary>What is remembered of an agent that has answered.</summary>
internal sealed class KnownAgent
{
    /// <summary>More than answer at one address in a day. One that keeps changing its engine id must not fill the memory.</summary>
    private const int MaxEngines = 4;

    private readonly List<EngineClock> _clocks = []; // the newest is the last
    private volatile int _mostVariables = int.MaxValue;

    /// <summary>How many variables to ask for at once: all, unless it was silent to a request of many and answered one of few.</summary>
    public int MostVariables
    {
        get => _mostVariables;
        set => _mostVariables = value;
    }

    /// <summary>Made when it is not there.</summary>
    public EngineClock ClockOf(ReadOnlySpan<byte> engineId)
    {
        lock (_clocks)
        {
            foreach (EngineClock known in _clocks)
            {
                if (engineId.SequenceEqual(known.EngineId)) return known;
            }
            if (_clocks.Count == MaxEngines) _clocks.RemoveAt(0);
            _clocks.Add(new EngineClock(engineId.ToArray()));
            return _clocks[^1];
        }
    }
}
