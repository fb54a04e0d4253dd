using System.Collections.Concurrent;

namespace Towpath.Snmp;

/// <summary>Keys that were localised already, by credential and engine: the sessions to a switch's VLANs share them. Thread safe.</summary>
internal sealed class LocalizedKeys
{
    /// <summary>
    /// More agents than one process looks after; a hostile one that keeps changing its engine id must not fill the memory.
    /// </summary>
    private const int MaxKept = 65_536;

    private readonly ConcurrentDictionary<(SnmpCredential.V3, string), UsmKeys> _keys = new();

    public bool TryGet(SnmpCredential.V3 credential, ReadOnlySpan<byte> engineId, out UsmKeys? keys) =>
        _keys.TryGetValue((credential, Convert.ToHexString(engineId)), out keys);

    /// <summary>May hash for milliseconds.</summary>
    public UsmKeys GetOrMake(SnmpCredential.V3 credential, byte[] engineId)
    {
        if (_keys.Count >= MaxKept) _keys.Clear();
        return _keys.GetOrAdd((credential, Convert.ToHexString(engineId)), static (key, id) => new UsmKeys(key.Item1, id), engineId);
    }
}
