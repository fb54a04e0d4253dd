using System.IO.Compression;

namespace Towpath.Server;

/// <summary>A file of the web page.</summary>
internal sealed class PageFile(string path, byte[] content)
{
    private readonly Lazy<byte[]> _zipped = new(() => Zip(content)); // once, when the first browser asks

    public byte[] Content { get; } = content;

    /// <summary>In gzip, which every browser takes over http, too.</summary>
    public byte[] Zipped => _zipped.Value;

    public string ContentType { get; } = Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize)) gzip.Write(content);
        return zipped.ToArray();
    }
}
