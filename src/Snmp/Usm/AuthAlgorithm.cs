using System.Buffers;
using System.Security.Cryptography;

namespace Towpath.Snmp;

/// <summary>The hash behind an <see cref="AuthProtocol"/>: RFC 3414 section 6 and 7, RFC 7860 section 4.</summary>
internal static class AuthAlgorithm
{
    public const int MaxHashOctets = 64;
    public const int MaxDigestOctets = 48;

    /// <summary>The length of a hash, and so of a key.</summary>
    public static int HashOctets(AuthProtocol protocol) => protocol switch
    {
        AuthProtocol.Md5 => 16,
        AuthProtocol.Sha1 => 20,
        AuthProtocol.Sha224 => 28,
        AuthProtocol.Sha256 => 32,
        AuthProtocol.Sha384 => 48,
        AuthProtocol.Sha512 => 64,
        _ => 0,
    };

    /// <summary>The length of msgAuthenticationParameters: the beginning of the HMAC.</summary>
    public static int DigestOctets(AuthProtocol protocol) => protocol switch
    {
        AuthProtocol.Md5 or AuthProtocol.Sha1 => 12,
        AuthProtocol.Sha224 => 16,
        AuthProtocol.Sha256 => 24,
        AuthProtocol.Sha384 => 32,
        AuthProtocol.Sha512 => 48,
        _ => 0,
    };

#pragma warning disable CA5350, CA5351 // Devices in the field know nothing better than SHA-1 and MD5; the operator chooses.
    /// <param name="hash">Takes <see cref="HashOctets"/>.</param>
    public static void Hash(AuthProtocol protocol, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        switch (protocol)
        {
            case AuthProtocol.Md5:
                MD5.HashData(data, hash);
                break;
            case AuthProtocol.Sha1:
                SHA1.HashData(data, hash);
                break;
            case AuthProtocol.Sha224:
                Sha224.HashData(data, hash);
                break;
            case AuthProtocol.Sha256:
                SHA256.HashData(data, hash);
                break;
            case AuthProtocol.Sha384:
                SHA384.HashData(data, hash);
                break;
            case AuthProtocol.Sha512:
                SHA512.HashData(data, hash);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "No authentication protocol.");
        }
    }

    /// <param name="mac">Takes <see cref="HashOctets"/>.</param>
    public static void Hmac(AuthProtocol protocol, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac)
    {
        switch (protocol)
        {
            case AuthProtocol.Md5:
                HMACMD5.HashData(key, data, mac);
                break;
            case AuthProtocol.Sha1:
                HMACSHA1.HashData(key, data, mac);
                break;
            case AuthProtocol.Sha224:
                HmacSha224(key, data, mac);
                break;
            case AuthProtocol.Sha256:
                HMACSHA256.HashData(key, data, mac);
                break;
            case AuthProtocol.Sha384:
                HMACSHA384.HashData(key, data, mac);
                break;
            case AuthProtocol.Sha512:
                HMACSHA512.HashData(key, data, mac);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "No authentication protocol.");
        }
    }
#pragma warning restore CA5350, CA5351

    /// <summary>RFC 2104; keys here are hashes and so never longer than a block.</summary>
    private static void HmacSha224(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac)
    {
        const int BlockOctets = 64;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockOctets + Math.Max(data.Length, Sha224.DigestOctets));
        Pad(key, 0x36, buffer);
        data.CopyTo(buffer.AsSpan(BlockOctets));
        Sha224.HashData(buffer.AsSpan(0, BlockOctets + data.Length), mac);
        Pad(key, 0x5c, buffer);
        mac[..Sha224.DigestOctets].CopyTo(buffer.AsSpan(BlockOctets));
        Sha224.HashData(buffer.AsSpan(0, BlockOctets + Sha224.DigestOctets), mac);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);

        static void Pad(ReadOnlySpan<byte> key, byte with, Span<byte> block)
        {
            for (int i = 0; i < BlockOctets; i++) block[i] = (byte)(with ^ (i < key.Length ? key[i] : 0));
        }
    }
}
