using System.Collections.Concurrent;
using System.Text;

namespace Towpath.Snmp;

/// <summary>
/// Keys from passwords: RFC 3414 appendix A.2, RFC 7860 section 9.3. Hashing 1 MiB takes milliseconds, so the results are kept.
/// </summary>
internal static class PasswordKeys
{
    private const int HashedOctets = 1 << 20;

    /// <summary>Networks have a handful of credentials; a client that tries passwords must not fill the memory.</summary>
    private const int MaxKept = 256;

    private static readonly ConcurrentDictionary<(AuthProtocol, string), byte[]> s_keys = new();

    /// <summary>Ku: the key of a user before it is localised. Do not change it.</summary>
    public static byte[] Of(AuthProtocol protocol, string password)
    {
        if (s_keys.TryGetValue((protocol, password), out byte[]? key)) return key;
        if (s_keys.Count >= MaxKept) s_keys.Clear();
        return s_keys[(protocol, password)] = Derive(protocol, Encoding.UTF8.GetBytes(password));
    }

    /// <summary>The hash of the password, repeated until it fills 1 MiB.</summary>
    public static byte[] Derive(AuthProtocol protocol, ReadOnlySpan<byte> password)
    {
        byte[] repeated = new byte[HashedOctets];
        for (int i = 0; i < HashedOctets; i += password.Length)
        {
            ReadOnlySpan<byte> part = password[..Math.Min(password.Length, HashedOctets - i)];
            part.CopyTo(repeated.AsSpan(i));
        }
        byte[] key = new byte[AuthAlgorithm.HashOctets(protocol)];
        AuthAlgorithm.Hash(protocol, repeated, key);
        return key;
    }

    /// <summary>Kul: the user's key for one engine, hash(Ku, engine id, Ku).</summary>
    public static byte[] Localize(AuthProtocol protocol, ReadOnlySpan<byte> key, ReadOnlySpan<byte> engineId)
    {
        byte[] localized = new byte[AuthAlgorithm.HashOctets(protocol)];
        AuthAlgorithm.Hash(protocol, [.. key, .. engineId, .. key], localized);
        return localized;
    }
}
