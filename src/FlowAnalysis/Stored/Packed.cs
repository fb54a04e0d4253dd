using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;

namespace Towpath.FlowAnalysis;

/// <summary>
/// A JSON text in a tenth of its octets: an answer quotes the same rows, devices and words again and again. The octet 1, the length of the
/// text in four octets (little end first), then Brotli (RFC 7932). Its fastest level: what it costs the disk saves.
/// </summary>
internal static class Packed
{
    private const byte Mark = 1; // no JSON text begins so
    private const int Header = 1 + sizeof(int);
    private const int Quality = 0;
    private const int Window = 18; // 256 KiB
    private const int MostOctets = 64 * 1024 * 1024;

    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        var packed = new byte[Header + BrotliEncoder.GetMaxCompressedLength(json.Length)];
        packed[0] = Mark;
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(1), json.Length);
        if (!BrotliEncoder.TryCompress(json, packed.AsSpan(Header), out int written, Quality, Window))
            throw new InvalidOperationException($"{json.Length} octets did not fit into the longest that they can become.");
        return packed[..(Header + written)];
    }

    /// <param name="stored">Also a JSON text as it is: what earlier versions have stored.</param>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static ReadOnlySpan<byte> Open(byte[] stored)
    {
        if (stored.Length < Header || stored[0] != Mark) return stored;
        int length = BinaryPrimitives.ReadInt32LittleEndian(stored.AsSpan(1));
        if (length is < 0 or > MostOctets) throw new JsonException($"A stored answer says that it has {length} octets.");
        var json = new byte[length];
        return BrotliDecoder.TryDecompress(stored.AsSpan(Header), json, out int written) && written == length
            ? json
            : throw new JsonException("A stored answer cannot be unpacked.");
    }
}
