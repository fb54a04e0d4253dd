using FsCheck;
using FsCheck.Fluent;

namespace Towpath.Snmp.Tests;

public sealed class BerTests
{
    [Fact]
    public void Object_identifiers_read_back_what_was_written()
    {
        Gen<uint> number = Gen.OneOf(Gen.Choose(0, 200), Gen.Choose(0, int.MaxValue)).Select(n => (uint)n).Or(Gen.Constant(uint.MaxValue));
        Gen<uint[]> oid = from first in Gen.Choose(0, 2)
                          from second in first == 2 ? number : Gen.Choose(0, 39).Select(n => (uint)n)
                          from length in Gen.Choose(0, 126)
                          from rest in number.ArrayOf(length)
                          select (uint[])[(uint)first, second, .. rest];
        Prop.ForAll(oid.ToArbitrary(), written =>
        {
            byte[] buffer = new byte[1_000];
            var writer = new BerWriter(buffer);
            writer.WriteOid(written);
            var reader = new BerReader(writer.Written);
            uint[] read = new uint[OidCodec.MaxSubIdentifiers];
            int count = OidCodec.Read(reader.Read(BerTag.ObjectIdentifier), read);
            return reader.AtEnd && !reader.Failed && written.AsSpan().SequenceEqual(read.AsSpan(0, Math.Max(count, 0)));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0L, "020100")]
    [InlineData(127L, "02017f")]
    [InlineData(128L, "02020080")]
    [InlineData(-128L, "020180")]
    [InlineData(-129L, "0202ff7f")]
    [InlineData(2147483647L, "02047fffffff")]
    public void Integers_take_the_fewest_octets(long value, string expected)
    {
        Span<byte> buffer = stackalloc byte[16];
        var writer = new BerWriter(buffer);
        writer.WriteInteger(BerTag.Integer, value);
        Assert.Equal(expected, Convert.ToHexStringLower(writer.Written));
    }

    [Theory]
    [InlineData(127, "307f")]
    [InlineData(128, "308180")]
    [InlineData(256, "30820100")]
    [InlineData(65_536, "3083010000")]
    public void Lengths_take_the_fewest_octets(int length, string header)
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        var writer = new BerWriter(new byte[length + 5]);
        writer.WriteOctets(BerTag.Sequence, content);

        Assert.Equal(header, Convert.ToHexStringLower(writer.Written[..^length]));
        Assert.True(new BerReader(writer.Written).Read(BerTag.Sequence).SequenceEqual(content));
    }

    [Fact]
    public void A_writer_without_room_says_so_and_stays_in_its_buffer()
    {
        for (int room = 0; room < 200; room++)
        {
            byte[] buffer = new byte[room + 8];
            var writer = new BerWriter(buffer.AsSpan(0, room));
            int outer = writer.Open(BerTag.Sequence);
            writer.WriteOctets(BerTag.OctetString, new byte[] { 1, 2, 3 });
            writer.WriteOctets(BerTag.OctetString, new byte[180]);
            writer.Close(outer);

            Assert.Equal(room < 191, writer.Overflowed);
            Assert.All(buffer.Skip(room), octet => Assert.Equal(0, octet));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3080")] // indefinite length
    [InlineData("308500000000aa")] // five octets of length
    [InlineData("3084ffffffff00")] // 4 GiB in 7 octets
    [InlineData("300201")]
    [InlineData("3f8101ff")] // tag of several octets
    public void An_element_that_is_not_there_fails_and_reads_as_empty(string octets)
    {
        var reader = new BerReader(Convert.FromHexString(octets));
        Assert.True(reader.ReadAny(out _).IsEmpty);
        Assert.True(reader.Failed);
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")] // 128 zero bits to come
    [InlineData("2b8fffffff80")] // ends inside a number
    [InlineData("2b9080808000")] // 33 bits
    public void Octets_that_are_no_object_identifier_are_refused_or_are_zero(string octets)
    {
        int count = OidCodec.Read(Convert.FromHexString(octets), new uint[OidCodec.MaxSubIdentifiers]);
        Assert.Equal(octets.Length == 0 ? 2 : -1, count); // some agents send 0.0 as nothing at all
    }

    [Fact]
    public void More_than_128_sub_identifiers_are_refused()
    {
        byte[] content = [0x2b, .. Enumerable.Repeat((byte)1, 126)];
        Assert.Equal(128, OidCodec.Read(content, new uint[OidCodec.MaxSubIdentifiers]));
        Assert.Equal(-1, OidCodec.Read([.. content, 1], new uint[OidCodec.MaxSubIdentifiers]));
    }
}
