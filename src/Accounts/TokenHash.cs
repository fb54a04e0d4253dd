using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Towpath.Accounts;

/// <summary>SHA-256 of a token as a dictionary key. Computed on every request, so without allocation. Default: no token.</summary>
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    private const int LongestToken = 200;

    /// <returns>Null when the text cannot be a token of ours.</returns>
    public static TokenHash? Of(ReadOnlySpan<char> token)
    {
        if (token.IsEmpty || token.Length > LongestToken || !Ascii.IsValid(token)) return null;
        Span<byte> octets = stackalloc byte[LongestToken];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(octets[..Encoding.ASCII.GetBytes(token, octets)], hash);
        return new TokenHash(
            BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(hash[16..]), BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));
    }

    /// <summary>The bits are uniform already.</summary>
    public override int GetHashCode() => (int)A;

    public override string ToString() => $"{A:x16}{B:x16}{C:x16}{D:x16}";
}
