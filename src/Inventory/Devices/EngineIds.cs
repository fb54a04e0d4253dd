using System.Globalization;

namespace Towpath.Inventory;

/// <summary>
/// snmpEngineID (RFC 3411 section 5): four octets with the maker's enterprise number, whose first bit says that the fifth is the form of
/// the rest. A maker's image may bring one for all its devices, so only those forms count that follow from the device itself.
/// </summary>
internal static class EngineIds
{
    private const int Shortest = 5, Longest = 32; // octets
    private const int EnterpriseOctets = 4;

    /// <summary>Null for one that does not tell a device from others.</summary>
    /// <param name="digits">Hexadecimal; null: the device tells none.</param>
    public static string? Usable(string? digits)
    {
        if (digits is null || digits.Length % 2 != 0 || digits.Length / 2 is < Shortest or > Longest) return null;
        if (!byte.TryParse(digits.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte first)) return null;
        bool hasForm = first >= 0x80;
        if (hasForm && IsGiven(digits.Substring(2 * EnterpriseOctets, 2))) return null;
        ReadOnlySpan<char> own = digits.AsSpan(2 * (hasForm ? EnterpriseOctets + 1 : EnterpriseOctets));
        return own.Length < 8 || IsOneOctetRepeated(own) ? null : digits;
    }

    /// <summary>An IPv4 or IPv6 address, which may be a default one, or a text that somebody wrote, perhaps into an image.</summary>
    private static bool IsGiven(string form) => form is "01" or "02" or "04";

    private static bool IsOneOctetRepeated(ReadOnlySpan<char> digits)
    {
        for (int at = 2; at < digits.Length; at++)
            if (digits[at] != digits[at - 2]) return false;
        return true;
    }
}
