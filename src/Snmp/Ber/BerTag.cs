namespace Towpath.Snmp;

/// <summary>
/// The universal tags of X.690 that SNMP uses outside of values; values have <see cref="SnmpType"/>, PDUs <see cref="PduType"/>.
/// </summary>
internal static class BerTag
{
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte Null = 0x05;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;
}
