namespace Towpath.Snmp.Tests;

/// <summary>SNMPv3 messages of somebody who has seen a request, or guesses what it says, and knows no password.</summary>
internal static class Forged
{
    /// <summary>What an agent answers to a discovery, without its boots and time.</summary>
    public static byte[] Discovery(byte[] request, byte[] engineId) =>
        Report(request, UsmReport.UnknownEngineIds, engineId: engineId, boots: 0, time: 0);

    /// <param name="messageId">Null: the request's own.</param>
    /// <param name="engineId">Null: the request's own.</param>
    public static byte[] Report(
        byte[] request, ObjectIdentifier counter, int? messageId = null, byte[]? engineId = null, int boots = 9, int time = 9)
    {
        Assert.True(V3Message.TryRead(request, out V3Message message));
        byte[] engine = engineId ?? message.EngineId.ToArray();
        var list = new BerWriter(new byte[100]);
        VarBindCodec.Write(ref list, counter.SubIdentifiers, SnmpValue.Counter32(1));
        byte[] scopedPdu = new byte[300];
        int octets = ScopedPdu.Write(scopedPdu, engine, [], PduType.Report, 0, 0, 0, list.Written);
        byte[] report = new byte[500];
        var header = new V3Message.Header
        {
            MessageId = messageId ?? message.MessageId, Flags = MessageFlags.None, EngineId = engine,
            Boots = boots, Time = time, User = message.User,
        };
        return report[..V3Message.Write(report, header, null, scopedPdu, octets)];
    }
}
