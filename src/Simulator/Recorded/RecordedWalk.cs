using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>What a file of one recorded walk holds.</summary>
/// <param name="Rows">In the order of the file.</param>
/// <param name="Unread">Entries that could not be understood, as <c>line 17: reason</c>; the rest is still served.</param>
public sealed record RecordedWalk(ImmutableArray<VarBind> Rows, ImmutableArray<string> Unread)
{
    /// <summary>Reads snmprec where the name says so, else <c>snmpwalk -On</c> text; both also compressed (<c>.gz</c>).</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not compressed although its name says so.</exception>
    public static RecordedWalk FromFile(string path)
    {
        bool compressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string name = compressed ? path[..^3] : path;
        using FileStream file = File.OpenRead(path);
        using Stream stream = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        // Octets of strings stand in these files as they are: one character an octet keeps them.
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return name.EndsWith(".snmprec", StringComparison.OrdinalIgnoreCase) ? Snmprec.Read(reader) : WalkText.Read(reader);
    }
}
