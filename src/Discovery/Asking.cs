using System.Collections.Immutable;
using Towpath.Collection;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>
/// Chooses the credentials that one address is asked with, one after the other: those whose ranges allow it, three at most. No community is
/// sent to an agent that has answered SNMPv3, be it with a Report, unless the Report says that the user is not known there: most agents
/// speak SNMPv3, and a site may have both kinds. An agent that does not answer SNMPv3 would answer no other user either.
/// </summary>
internal sealed class Asking(ImmutableArray<AccessCandidate> candidates, Ipv4Address address)
{
    public const int Most = 3;

    public static readonly Asking Nothing = new([], default);

    private readonly AccessCandidate[] _allowed = [.. candidates.Where(candidate => candidate.Settings.Ranges.Allow(address))];
    private readonly List<AccessCandidate> _asked = [];
    private int _next;
    private bool _isDeafToV3;

    public IReadOnlyList<AccessCandidate> Asked => _asked;

    /// <summary>It answers in SNMPv3 and may know the user, so a community would only be a weaker way to the same.</summary>
    public bool IsV3 { get; private set; }

    /// <summary>Null when the address is not asked any more.</summary>
    public AccessCandidate? Next()
    {
        while (_asked.Count < Most && _next < _allowed.Length)
        {
            AccessCandidate candidate = _allowed[_next++];
            if (candidate.IsV3 ? _isDeafToV3 : IsV3) continue;
            _asked.Add(candidate);
            return candidate;
        }
        return null;
    }

    public void Failed(AccessCandidate candidate, ProbeResult probe)
    {
        if (!candidate.IsV3) return;
        IsV3 |= probe.IsAnswered && probe.Reply != Reply.UnknownUser;
        _isDeafToV3 |= !probe.IsAnswered;
    }

    /// <summary>True when the device may be asked with this one besides.</summary>
    public bool Allows(DeviceCredential other) => _asked.Count < Most && (other is DeviceCredential.SnmpV3 || !IsV3);

    /// <summary>Why no credential was sent at all; null when one was.</summary>
    public string? NotAsked()
    {
        if (_asked.Count > 0) return null;
        return candidates.IsEmpty
            ? "No SNMP credential was given with the discovery, and none is stored."
            : $"No credential may be sent to {address}: the ranges of {Names(candidates)} leave it out.";
    }

    /// <summary>Something that an operator may miss; empty when all was tried that may be.</summary>
    public string LeftOut()
    {
        AccessCandidate[] left = [.. _allowed.Except(_asked)];
        AccessCandidate[] communities = [.. left.Where(candidate => !candidate.IsV3 && IsV3)];
        if (communities.Length > 0) return $" It speaks SNMPv3, so it was not asked by community ({Names(communities)}).";
        if (_asked.Count < Most || left.Length == 0) return "";
        return $" It was asked with {Names(_asked)}; {Names(left)} were left out: an address is sent {Most} credentials at most. Name fewer, or give them ranges.";
    }

    private static string Names(IReadOnlyCollection<AccessCandidate> some)
    {
        const int Shown = 5;
        string shown = string.Join(", ", some.Take(Shown).Select(candidate => $"'{candidate.Credential.Name}'"));
        return some.Count > Shown ? $"{shown} and {some.Count - Shown} more" : shown;
    }
}
