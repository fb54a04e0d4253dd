using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Towpath.Snmp;

/// <summary>Privacy: DES-CBC (RFC 3414 section 8), AES-CFB128 (RFC 3826). The salt is msgPrivacyParameters.</summary>
internal static class PrivAlgorithm
{
    public const int SaltOctets = 8;

    /// <summary>How much longer than its plain text a cipher text may be, and how much room decryption needs behind it.</summary>
    public const int MaxPaddingOctets = 16;

    private const int DesBlockOctets = 8;
    private const int AesBlockOctets = 16;

    /// <summary>The length of the localised key; for DES 8 of key and 8 of pre-IV.</summary>
    public static int KeyOctets(PrivProtocol protocol) => protocol switch
    {
        PrivProtocol.Des or PrivProtocol.Aes128 => 16,
        PrivProtocol.Aes192 or PrivProtocol.Aes192Reeder => 24,
        PrivProtocol.Aes256 or PrivProtocol.Aes256Reeder => 32,
        _ => 0,
    };

    /// <summary>Encrypts <paramref name="length"/> octets in place; behind them <see cref="MaxPaddingOctets"/> are free.</summary>
    /// <returns>The cipher text's length.</returns>
    public static int Encrypt(PrivProtocol protocol, byte[] key, int boots, int time, ReadOnlySpan<byte> salt, Span<byte> buffer,
        int length)
    {
        if (protocol == PrivProtocol.Des)
        {
            Span<byte> padded = buffer[..RoundUp(length, DesBlockOctets)];
            padded[length..].Clear();
            using DES des = Des(key);
            return des.EncryptCbc(padded, DesIv(key, salt), padded, PaddingMode.None);
        }
        // The framework wants whole blocks in this mode, which has none: pad, and cut what came of the padding.
        Span<byte> blocks = buffer[..RoundUp(length, AesBlockOctets)];
        blocks[length..].Clear();
        using Aes aes = Aes.Create();
        aes.Key = key;
        aes.EncryptCfb(blocks, AesIv(boots, time, salt), blocks, PaddingMode.None, feedbackSizeInBits: 128);
        return length;
    }

    /// <summary>
    /// Decrypts <paramref name="length"/> octets in place, as above. False: not a cipher text of this protocol. A wrong key is not noticed
    /// here.
    /// </summary>
    public static bool TryDecrypt(PrivProtocol protocol, byte[] key, int boots, int time, ReadOnlySpan<byte> salt, Span<byte> buffer,
        int length)
    {
        if (salt.Length != SaltOctets) return false;
        if (protocol == PrivProtocol.Des)
        {
            if (length == 0 || length % DesBlockOctets != 0) return false;
            using DES des = Des(key);
            des.DecryptCbc(buffer[..length], DesIv(key, salt), buffer[..length], PaddingMode.None);
            return true;
        }
        Span<byte> blocks = buffer[..RoundUp(length, AesBlockOctets)];
        blocks[length..].Clear();
        using Aes aes = Aes.Create();
        aes.Key = key;
        aes.DecryptCfb(blocks, AesIv(boots, time, salt), blocks, PaddingMode.None, feedbackSizeInBits: 128);
        return true;
    }

    private static int RoundUp(int length, int block) => (length + block - 1) / block * block;

    private static DES Des(byte[] key)
    {
#pragma warning disable CA5351 // Old devices know nothing better; the operator chooses.
        var des = DES.Create();
#pragma warning restore CA5351
        des.Key = key[..DesBlockOctets];
        return des;
    }

    private static byte[] DesIv(byte[] key, ReadOnlySpan<byte> salt)
    {
        byte[] iv = key[DesBlockOctets..(2 * DesBlockOctets)];
        for (int i = 0; i < iv.Length; i++) iv[i] ^= salt[i];
        return iv;
    }

    private static byte[] AesIv(int boots, int time, ReadOnlySpan<byte> salt)
    {
        byte[] iv = new byte[AesBlockOctets];
        BinaryPrimitives.WriteInt32BigEndian(iv, boots);
        BinaryPrimitives.WriteInt32BigEndian(iv.AsSpan(4), time);
        salt.CopyTo(iv.AsSpan(8));
        return iv;
    }
}
