using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Towpath.Network;

/// <summary>
/// The stored form of a <see cref="DeviceSnapshot"/>: the octets <c>TOWS</c>, a version octet, the content's length (4 octets, big-endian),
/// then the content compressed with Brotli (RFC 7932). In the content each table and column has its name, numbers are differences to the
/// row before in variable length, because neighboring rows of a MIB table are alike. Times are UTC.
/// </summary>
public static class SnapshotCodec
{
    private const byte Version = 4, NamelessVersion = 3, OldestVersion = 2;
    private const int HeaderOctets = 9;

    /// <summary>Content larger than this is neither written nor read: some 10 million routes of one device.</summary>
    private const int MaxContentOctets = 1 << 27;

    private const int Quality = 4, WindowBits = 22; // what CompressionLevel.Optimal means in the framework

    private static ReadOnlySpan<byte> Magic => "TOWS"u8;

    /// <exception cref="ArgumentException">The snapshot is larger than the format allows.</exception>
    public static byte[] Encode(DeviceSnapshot snapshot)
    {
        var writer = new SnapshotWriter();
        SnapshotContent.Write(writer, snapshot);
        ReadOnlySpan<byte> content = writer.Written;
        if (content.Length > MaxContentOctets)
            throw new ArgumentException($"A snapshot of {content.Length} octets is over the limit of {MaxContentOctets}.",
                nameof(snapshot));
        byte[] encoded = new byte[HeaderOctets + BrotliEncoder.GetMaxCompressedLength(content.Length)];
        Magic.CopyTo(encoded);
        encoded[4] = Version;
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(5), content.Length);
        if (!BrotliEncoder.TryCompress(content, encoded.AsSpan(HeaderOctets), out int written, Quality, WindowBits))
            throw new InvalidOperationException("Brotli needed more room than it announced.");
        return encoded[..(HeaderOctets + written)];
    }

    /// <exception cref="SnapshotFormatException">These octets are no snapshot of this version, or damaged.</exception>
    public static DeviceSnapshot Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length < HeaderOctets || !encoded.StartsWith(Magic))
            throw new SnapshotFormatException("These octets are no device snapshot.");
        if (encoded[4] is < OldestVersion or > Version)
        {
            throw new SnapshotFormatException(
                $"This snapshot has version {encoded[4]}, this program reads versions {OldestVersion} to {Version}. "
                    + "Collect the device again.");
        }
        int length = BinaryPrimitives.ReadInt32BigEndian(encoded[5..]);
        byte[] content = Decompress(encoded[HeaderOctets..], length);
        try
        {
            var reader = new SnapshotReader(content.AsSpan(0, length));
            DeviceSnapshot snapshot = encoded[4] <= NamelessVersion ? SnapshotVersion3.Read(ref reader) : SnapshotContent.Read(ref reader);
            reader.ExpectEnd();
            return snapshot;
        }
        catch (Exception problem) when (problem is ArgumentException or OverflowException)
        {
            // an address of 33 bits, say
            throw new SnapshotFormatException("This snapshot is damaged: it holds a value that cannot be.", problem);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
        }
    }

    /// <summary>
    /// SHA-256 of everything the device said, without what moves while nothing changes (the times of our reading, its uptime, how much a
    /// flow has carried): equal when nothing changed.
    /// </summary>
    public static byte[] Digest(DeviceSnapshot snapshot)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, byte[] table) in TableDigests(snapshot)) whole.AppendData(table);
        return whole.GetHashAndReset();
    }

    /// <summary>
    /// The same for each table that has rows, by its layout, over its name, its columns' names and its rows. A kind of fact that a program
    /// learns to read so changes no device that does not have it.
    /// </summary>
    public static IEnumerable<(FactLayout Layout, byte[] Digest)> TableDigests(DeviceSnapshot snapshot)
    {
        foreach (FactLayout layout in FactLayout.All.Where(layout => layout.Count(snapshot) > 0))
        {
            var table = new SnapshotWriter();
            table.Text(layout.Name);
            layout.Write(table, snapshot, lastingOnly: true);
            yield return (layout, SHA256.HashData(table.Written));
        }
    }

    /// <summary>
    /// Into the beginning of an array of the pool, which the caller returns. Grows with what really comes out, so that a false length costs
    /// nothing.
    /// </summary>
    private static byte[] Decompress(ReadOnlySpan<byte> compressed, int length)
    {
        if (length is < 0 or > MaxContentOctets) throw new SnapshotFormatException($"This snapshot is damaged: it claims {length} octets.");
        byte[] content = ArrayPool<byte>.Shared.Rent(Math.Min(length, 1 << 16));
        int filled = 0;
        var decoder = new BrotliDecoder();
        try
        {
            while (true)
            {
                Span<byte> free = content.AsSpan(filled, Math.Min(length, content.Length) - filled);
                OperationStatus status = decoder.Decompress(compressed, free, out int consumed, out int written);
                compressed = compressed[consumed..];
                filled += written;
                if (status == OperationStatus.Done && filled == length && compressed.Length == 0) return content;
                if (status != OperationStatus.DestinationTooSmall || content.Length >= length)
                    throw new SnapshotFormatException("This snapshot is damaged: its content does not decompress to its length.");
                byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, content.Length * 4L));
                content.AsSpan(0, filled).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(content);
                content = larger;
            }
        }
        finally
        {
            decoder.Dispose();
        }
    }
}

/// <summary>Stored octets that are no snapshot, a damaged one, or one of another version: the device has to be collected again.</summary>
public sealed class SnapshotFormatException : Exception
{
    public SnapshotFormatException(string message)
        : base(message)
    {
    }

    public SnapshotFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
