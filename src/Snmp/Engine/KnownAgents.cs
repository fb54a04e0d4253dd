using System.Net;

namespace Towpath.Snmp;

/// <summary>Who has answered, by address: it is remembered while no session refers to the agent. Thread safe.</summary>
internal sealed class KnownAgents
{
    /// <summary>More agents than one process looks after. Who can answer from more addresses than that only makes us forget idle ones.</summary>
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
internal sealed class KnownAgent;
