namespace Towpath.Snmp.Tests;

/// <summary>A v1 or v2c request, and answers to it that no decent agent would give.</summary>
internal sealed class Script
{
    public Script(byte[] datagram)
    {
        Datagram = datagram;
        Assert.True(CommunityMessage.TryRead(datagram, out CommunityMessage message));
        Version = message.Version;
        Community = message.Community.ToArray();
        Type = message.Pdu.Type;
        RequestId = message.Pdu.RequestId;
        MaxRepetitions = message.Pdu.MaxRepetitions;
        var list = new BerReader(message.Pdu.VarBinds);
        uint[] oid = new uint[OidCodec.MaxSubIdentifiers];
        while (VarBindCodec.TryRead(ref list, oid, out VarBindView name)) Names.Add(new ObjectIdentifier(name.Oid));
    }

    public byte[] Datagram { get; }

    public SnmpVersion Version { get; init; }

    public byte[] Community { get; init; }

    public PduType Type { get; }

    public int RequestId { get; init; }

    public int MaxRepetitions { get; }

    public List<ObjectIdentifier> Names { get; } = [];

    public byte[] Answer(params VarBind[] variables) => Answer(ErrorStatus.NoError, 0, variables);

    public byte[] Answer(ErrorStatus error, int index, params VarBind[] variables)
    {
        var list = new BerWriter(new byte[60_000]);
        foreach (VarBind variable in variables) VarBindCodec.Write(ref list, variable.Oid.SubIdentifiers, variable.Value);
        return Answer(error, index, list.Written.ToArray());
    }

    /// <param name="variables">Octets of the list, good or bad.</param>
    public byte[] Answer(ErrorStatus error, int index, byte[] variables)
    {
        byte[] message = new byte[65_000];
        return message[..CommunityMessage.Write(message, Version, Community, PduType.Response, RequestId, (int)error, index, variables)];
    }
}
