using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Towpath.Snmp;

/// <summary>
/// A keyed permutation of the numbers of 31 bits: of a counter it makes ids that nobody can guess, and that come back only after all others
/// were given. The block cipher Speck32/64 (Beaulieu et al., 2013), whose two blocks in four that are no positive number are encrypted once
/// more ("cycle walking").
/// </summary>
internal sealed class RequestIds
{
    public const int KeyOctets = 8;

    private const int Rounds = 22;

    private readonly ushort[] _roundKeys = new ushort[Rounds];

    public RequestIds() : this(RandomNumberGenerator.GetBytes(KeyOctets)) { }

    /// <param name="key">8 octets, the last word of the specification's notation first.</param>
    public RequestIds(ReadOnlySpan<byte> key)
    {
        Span<ushort> words = stackalloc ushort[3 + Rounds];
        _roundKeys[0] = BinaryPrimitives.ReadUInt16LittleEndian(key);
        for (int i = 0; i < 3; i++) words[i] = BinaryPrimitives.ReadUInt16LittleEndian(key[(2 + 2 * i)..]);
        for (int i = 0; i < Rounds - 1; i++)
        {
            words[i + 3] = (ushort)((ushort)(_roundKeys[i] + Right(words[i], 7)) ^ i);
            _roundKeys[i + 1] = (ushort)(Right(_roundKeys[i], 14) ^ words[i + 3]);
        }
    }

    /// <param name="number">0 or greater.</param>
    public int Of(int number)
    {
        uint id = (uint)number;
        do id = Encrypt(id);
        while (id > int.MaxValue);
        return (int)id;
    }

    /// <param name="id">0 or greater.</param>
    public int NumberOf(int id)
    {
        uint number = (uint)id;
        do number = Decrypt(number);
        while (number > int.MaxValue);
        return (int)number;
    }

    internal uint Encrypt(uint block)
    {
        ushort x = (ushort)(block >> 16), y = (ushort)block;
        foreach (ushort key in _roundKeys)
        {
            x = (ushort)((ushort)(Right(x, 7) + y) ^ key);
            y = (ushort)(Right(y, 14) ^ x);
        }
        return ((uint)x << 16) | y;
    }

    internal uint Decrypt(uint block)
    {
        ushort x = (ushort)(block >> 16), y = (ushort)block;
        for (int round = Rounds - 1; round >= 0; round--)
        {
            y = Right((ushort)(x ^ y), 2);
            x = Right((ushort)((ushort)(x ^ _roundKeys[round]) - y), 9);
        }
        return ((uint)x << 16) | y;
    }

    private static ushort Right(ushort word, int by) => (ushort)((word >> by) | (word << (16 - by)));
}
