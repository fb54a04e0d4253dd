using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Towpath.Snmp;

/// <summary>The keys of one user, localised to one engine, and what is done with them. Thread safe.</summary>
internal sealed class UsmKeys
{
    private readonly AuthProtocol _auth;
    private readonly PrivProtocol _priv;
    private readonly byte[] _authKey;
    private readonly byte[] _privKey;
    private long _salt = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    public UsmKeys(SnmpCredential.V3 credential, ReadOnlySpan<byte> engineId)
    {
        _auth = credential.Auth;
        _priv = credential.Priv;
        _authKey = _auth == AuthProtocol.None
            ? [] : PasswordKeys.Localize(_auth, PasswordKeys.Of(_auth, credential.AuthPassword), engineId);
        _privKey = _priv == PrivProtocol.None ? [] : PrivKey(_auth, _priv, credential.PrivPassword, engineId);
    }

    public int DigestOctets => AuthAlgorithm.DigestOctets(_auth);

    /// <exception cref="ArgumentException">Privacy without authentication, a protocol without a password, a user's name too
    /// long.</exception>
    public static void Validate(SnmpCredential.V3 credential)
    {
        if (credential.Auth != AuthProtocol.None && credential.AuthPassword.Length == 0)
            throw new ArgumentException($"{credential} lacks its authentication password.", nameof(credential));
        if (credential.Priv == PrivProtocol.None) return;
        if (credential.Auth == AuthProtocol.None)
            throw new ArgumentException($"{credential} has privacy without authentication, which SNMPv3 does not know.",
                nameof(credential));
        if (credential.PrivPassword.Length == 0)
            throw new ArgumentException($"{credential} lacks its privacy password.", nameof(credential));
    }

    /// <param name="message">With zeros where the digest goes.</param>
    public void Sign(Span<byte> message, int digestOffset)
    {
        Span<byte> mac = stackalloc byte[AuthAlgorithm.MaxHashOctets];
        AuthAlgorithm.Hmac(_auth, _authKey, message, mac);
        mac[..DigestOctets].CopyTo(message[digestOffset..]);
    }

    /// <param name="scratch">As long as the message; it is copied to put zeros in the place of its digest.</param>
    public bool IsSigned(ReadOnlySpan<byte> message, ReadOnlySpan<byte> digest, int digestOffset, Span<byte> scratch)
    {
        if (digest.Length != DigestOctets) return false;
        Span<byte> zeroed = scratch[..message.Length];
        message.CopyTo(zeroed);
        zeroed.Slice(digestOffset, digest.Length).Clear();
        Span<byte> mac = stackalloc byte[AuthAlgorithm.MaxHashOctets];
        AuthAlgorithm.Hmac(_auth, _authKey, zeroed, mac);
        return CryptographicOperations.FixedTimeEquals(mac[..DigestOctets], digest);
    }

    /// <inheritdoc cref="PrivAlgorithm.Encrypt"/>
    /// <param name="salt">Filled with one that was not used before (RFC 3414 section 8.1.1.1, RFC 3826 section 3.1.2.1).</param>
    public int Encrypt(int boots, int time, Span<byte> salt, Span<byte> buffer, int length)
    {
        BinaryPrimitives.WriteInt64BigEndian(salt, Interlocked.Increment(ref _salt));
        if (_priv == PrivProtocol.Des) BinaryPrimitives.WriteInt32BigEndian(salt, boots);
        return PrivAlgorithm.Encrypt(_priv, _privKey, boots, time, salt, buffer, length);
    }

    /// <inheritdoc cref="PrivAlgorithm.TryDecrypt"/>
    public bool TryDecrypt(int boots, int time, ReadOnlySpan<byte> salt, Span<byte> buffer, int length) =>
        PrivAlgorithm.TryDecrypt(_priv, _privKey, boots, time, salt, buffer, length);

    /// <summary>
    /// Where the hash is shorter than the cipher's key it is extended in one of two ways, neither of which became an RFC.
    /// </summary>
    internal static byte[] PrivKey(AuthProtocol auth, PrivProtocol priv, string password, ReadOnlySpan<byte> engineId)
    {
        byte[] key = PasswordKeys.Localize(auth, PasswordKeys.Of(auth, password), engineId);
        byte[] last = key;
        while (key.Length < PrivAlgorithm.KeyOctets(priv))
        {
            if (priv is PrivProtocol.Aes192Reeder or PrivProtocol.Aes256Reeder)
            {
                // draft-reeder-snmpv3-usm-3desede section 2.1: the last part is taken for a password.
                last = PasswordKeys.Localize(auth, PasswordKeys.Derive(auth, last), engineId);
            }
            else
            {
                // draft-blumenthal-aes-usm-04 section 3.1.2.1: the hash of all parts so far.
                last = new byte[AuthAlgorithm.HashOctets(auth)];
                AuthAlgorithm.Hash(auth, key, last);
            }
            key = [.. key, .. last];
        }
        return key[..PrivAlgorithm.KeyOctets(priv)];
    }
}
