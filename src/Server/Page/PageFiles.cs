using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Towpath.Server;

/// <summary>The files of the web page that the build put into this assembly. None where there was no Node.js.</summary>
internal sealed class PageFiles
{
    /// <summary>Stands in the document where each answer has its own nonce.</summary>
    public const string Nonce = "TOWPATH-NONCE";

    private const string Prefix = "page/";

    private readonly FrozenDictionary<string, PageFile> _files;

    /// <param name="files">By path, for instance <c>index.html</c> and <c>assets/index-D3k1.js</c>.</param>
    public PageFiles(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        _files = files.ToFrozenDictionary(file => file.Key, file => new PageFile(file.Key, file.Value), StringComparer.Ordinal);
        Document = Find("index.html") is { } document ? Encoding.UTF8.GetString(document.Content) : null;
    }

    public static PageFiles OfThisBuild() => new(Embedded(typeof(PageFiles).Assembly));

    /// <summary>Null when this build has no page.</summary>
    public string? Document { get; }

    public PageFile? Find(string path) => _files.GetValueOrDefault(path);

    private static IEnumerable<KeyValuePair<string, byte[]>> Embedded(Assembly assembly)
    {
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            yield return new(name[Prefix.Length..].Replace('\\', '/'), content);
        }
    }
}
