using System.Buffers;
using System.Globalization;
using System.Text;

namespace Towpath.Collection;

/// <summary>PortList of Q-BRIDGE-MIB (RFC 4363): the highest bit of the first octet is port 1.</summary>
internal static class PortList
{
    private static readonly SearchValues<byte> s_digitsAndCommas = SearchValues.Create("0123456789,"u8);

    /// <param name="mayBeText">Older Junos writes "0,4097,4099" instead of a bitmap.</param>
    public static SortedSet<int> Read(ReadOnlySpan<byte> octets, bool mayBeText)
    {
        var ports = new SortedSet<int>();
        if (mayBeText && octets.Length > 0 && !octets.ContainsAnyExcept(s_digitsAndCommas))
        {
            foreach (string number in Encoding.ASCII.GetString(octets).Split(','))
            {
                if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port > 0) ports.Add(port);
            }
            return ports;
        }
        for (int bit = 0; bit < octets.Length * 8; bit++)
        {
            if ((octets[bit / 8] & 0x80 >> bit % 8) != 0) ports.Add(bit + 1);
        }
        return ports;
    }
}
