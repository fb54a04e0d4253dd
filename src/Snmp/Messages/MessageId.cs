namespace Towpath.Snmp;

/// <summary>Finds out which request a message belongs to, before anything is believed of it.</summary>
internal static class MessageId
{
    /// <summary>request-id of v1 and v2c; of v3 msgID, because the request-id may be encrypted.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out int id)
    {
        var outer = new BerReader(datagram);
        var message = new BerReader(outer.Read(BerTag.Sequence));
        var version = (SnmpVersion)message.ReadInt32();
        BerReader holder; // begins with the id
        if (version == SnmpVersion.V3)
        {
            holder = new BerReader(message.Read(BerTag.Sequence));
        }
        else
        {
            message.Read(BerTag.OctetString);
            holder = new BerReader(message.ReadAny(out _));
        }
        id = holder.ReadInt32();
        return !message.Failed && !holder.Failed && version is SnmpVersion.V1 or SnmpVersion.V2c or SnmpVersion.V3;
    }
}
