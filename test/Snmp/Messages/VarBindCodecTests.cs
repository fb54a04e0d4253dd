namespace Towpath.Snmp.Tests;

public sealed class VarBindCodecTests
{
    public static TheoryData<SnmpValue> Values() =>
    [
        SnmpValue.Int(0), SnmpValue.Int(-1), SnmpValue.Int(int.MinValue), SnmpValue.Int(int.MaxValue),
        SnmpValue.Counter32(0), SnmpValue.Counter32(uint.MaxValue), SnmpValue.Gauge32(0x8000_0000), SnmpValue.TimeTicks(128),
        SnmpValue.Counter64(0), SnmpValue.Counter64(ulong.MaxValue), SnmpValue.Counter64(long.MaxValue),
        SnmpValue.Bytes(), SnmpValue.Bytes(new byte[300]), SnmpValue.Text("z\u00fcrich"), SnmpValue.Opaque(1, 2, 3),
        SnmpValue.Ip(0xc0000201), SnmpValue.Oid(new ObjectIdentifier(1, 3, 6, 1, uint.MaxValue)), SnmpValue.Oid(new ObjectIdentifier(0, 0)),
        SnmpValue.Null, SnmpValue.NoSuchObject, SnmpValue.NoSuchInstance, SnmpValue.EndOfMibView,
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_read_back_what_was_written(SnmpValue value)
    {
        ObjectIdentifier oid = Given.Oid("1.3.6.1.2.1.2.2.1.2.4294967295");
        var writer = new BerWriter(new byte[400]);
        VarBindCodec.Write(ref writer, oid.SubIdentifiers, value);

        Assert.Equal(new VarBind(oid, value), Read(writer.Written));
    }

    [Theory]
    [InlineData("4104ffffffff", SnmpType.Counter32, 4_294_967_295UL)] // without the leading zero
    [InlineData("4208ffffffffffffffff", SnmpType.Opaque, 0UL)]
    [InlineData("420500ffffffff", SnmpType.Gauge32, 4_294_967_295UL)]
    [InlineData("4608ffffffffffffffff", SnmpType.Counter64, ulong.MaxValue)]
    [InlineData("4609ffffffffffffffffff", SnmpType.Opaque, 0UL)] // 9 octets
    [InlineData("460a00ffffffffffffffffff", SnmpType.Opaque, 0UL)]
    [InlineData("4600", SnmpType.Opaque, 0UL)]
    [InlineData("020500ffffffff", SnmpType.Opaque, 0UL)] // no INTEGER of SMIv2
    [InlineData("0206000000000005", SnmpType.Integer, 5UL)]
    [InlineData("4006c00002010000", SnmpType.Opaque, 0UL)]
    [InlineData("470105", SnmpType.Opaque, 0UL)] // UInteger32, obsolete
    [InlineData("06028080", SnmpType.Opaque, 0UL)]
    [InlineData("8003010203", SnmpType.NoSuchObject, 0UL)]
    public void A_value_that_is_not_of_its_type_costs_only_itself(string value, SnmpType type, ulong number)
    {
        byte[] octets = Convert.FromHexString(value);
        var writer = new BerWriter(new byte[100]);
        int binding = writer.Open(BerTag.Sequence);
        writer.WriteOid([1, 3, 6]);
        writer.WriteRaw(octets);
        writer.Close(binding);

        VarBind read = Read(writer.Written);
        Assert.Equal((type, number), (read.Value.Type, read.Value.Number));
        if (type == SnmpType.Opaque) Assert.Equal(octets[2..], read.Value.Octets);
    }

    private static VarBind Read(ReadOnlySpan<byte> octets)
    {
        var list = new BerReader(octets);
        Assert.True(VarBindCodec.TryRead(ref list, new uint[OidCodec.MaxSubIdentifiers], out VarBindView view));
        Assert.True(list.AtEnd);
        return view.ToVarBind();
    }
}
