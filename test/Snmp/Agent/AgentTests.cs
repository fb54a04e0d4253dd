namespace Towpath.Snmp.Tests;

/// <summary>Our agent's answers, datagram by datagram.</summary>
public sealed class AgentTests
{
    private readonly SortedMibView _mib = Given.SmallMib();

    [Fact]
    public void A_wrong_community_is_answered_with_silence() =>
        Assert.Null(Ask(SnmpVersion.V2c, PduType.Get, 0, 0, ["1.3.6.1.2.1.1.1.0"], community: "private"));

    [Fact]
    public void Version_1_names_the_variable_that_is_missing_and_repeats_the_request()
    {
        Answer answer = Ask(SnmpVersion.V1, PduType.Get, 0, 0, ["1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.9.0"])!;

        Assert.Equal((ErrorStatus.NoSuchName, 2), (answer.Error, answer.Index));
        Assert.Equal([SnmpValue.Null, SnmpValue.Null], answer.Variables.Select(v => v.Value));
    }

    [Fact]
    public void GetBulk_gives_the_non_repeaters_once_and_the_others_in_turn()
    {
        Answer answer = Ask(SnmpVersion.V2c, PduType.GetBulk, 1, 2, ["1.3.6.1.2.1.1", "1.3.6.1.2.1.2.2.1.1", "1.3.6.1.2.1.2.2.1.2"])!;

        Assert.Equal(
            ["1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.2.2.1.1.1", "1.3.6.1.2.1.2.2.1.2.1", "1.3.6.1.2.1.2.2.1.1.2", "1.3.6.1.2.1.2.2.1.2.2"],
            answer.Variables.Select(v => v.Oid.ToString()));
    }

    [Fact]
    public void GetBulk_stops_at_the_end_of_the_view()
    {
        Answer answer = Ask(SnmpVersion.V2c, PduType.GetBulk, 0, 100, ["1.3.6.1.4.1.8072.9999.1.0"])!;

        Assert.Equal([SnmpValue.Bytes(), SnmpValue.EndOfMibView], answer.Variables.Select(v => v.Value));
    }

    [Fact]
    public void GetBulk_is_cut_to_the_longest_answer_allowed()
    {
        for (int most = 484; most < 700; most += 3)
        {
            Answer answer = Ask(SnmpVersion.V2c, PduType.GetBulk, 0, 1_000, ["1.3.6.1.2.1.2.2.1.2"], maxOctets: most)!;

            Assert.Equal(ErrorStatus.NoError, answer.Error);
            Assert.InRange(answer.Octets, most - 60, most);
            Assert.Equal(_mib.ToVarBinds().SkipWhile(v => v.Oid != Given.Oid("1.3.6.1.2.1.2.2.1.2.1")).Take(answer.Variables.Count),
                answer.Variables);
        }
    }

    [Fact]
    public void A_get_that_does_not_fit_is_tooBig()
    {
        string[] many = [.. Enumerable.Range(1, 40).Select(i => $"1.3.6.1.2.1.2.2.1.2.{i}")];

        Answer answer = Ask(SnmpVersion.V2c, PduType.Get, 0, 0, many, maxOctets: 484)!;

        Assert.Equal((ErrorStatus.TooBig, 0, 0), (answer.Error, answer.Index, answer.Variables.Count));
    }

    [Theory]
    [InlineData(SnmpVersion.V1, ErrorStatus.NoSuchName)]
    [InlineData(SnmpVersion.V2c, ErrorStatus.NotWritable)]
    internal void Set_is_refused(SnmpVersion version, ErrorStatus expected)
    {
        Answer answer = Ask(version, PduType.Set, 0, 0, ["1.3.6.1.2.1.1.1.0"])!;

        Assert.Equal((expected, 1), (answer.Error, answer.Index));
    }

    [Fact]
    public void Responses_and_reports_are_not_answered()
    {
        Assert.Null(Ask(SnmpVersion.V2c, PduType.Response, 0, 0, ["1.3.6.1.2.1.1.1.0"]));
        Assert.Null(Ask(SnmpVersion.V2c, PduType.Report, 0, 0, ["1.3.6.1.2.1.1.1.0"]));
        Assert.Null(Ask(SnmpVersion.V1, PduType.GetBulk, 0, 5, ["1.3.6.1.2.1.1.1.0"]));
    }

    [Fact]
    public void A_view_of_many_instances_finds_each_and_its_successor()
    {
        var random = new Random(1);
        VarBind[] instances =
            [.. Enumerable.Range(0, 500)
            .Select(i => new VarBind(new ObjectIdentifier(1, 3, (uint)random.Next(9), (uint)random.Next(300), (uint)random.Next(3)),
            SnmpValue.Int(i)))];
        VarBind[] ordered = [.. instances.GroupBy(v => v.Oid).Select(g => g.First()).OrderBy(v => v.Oid)];
        var view = new SortedMibView(instances);

        Assert.Equal(ordered, view.ToVarBinds());
        for (int i = 0; i < ordered.Length; i++)
        {
            Assert.True(view.TryGet(ordered[i].Oid.SubIdentifiers, out SnmpValue value));
            Assert.Equal(ordered[i].Value, value);
            Assert.Equal(i + 1 < ordered.Length, view.TryGetNext(ordered[i].Oid.SubIdentifiers, out VarBind next));
            if (i + 1 < ordered.Length) Assert.Equal(ordered[i + 1], next);
            ObjectIdentifier below = ordered[i].Oid.Append(0);
            Assert.False(view.TryGet(below.SubIdentifiers, out _));
        }
    }

    private sealed record Answer(ErrorStatus Error, int Index, List<VarBind> Variables, int Octets);

    private Answer? Ask(SnmpVersion version, PduType type, int first, int second, string[] names, string community = "public",
        int maxOctets = 1_472)
    {
        var list = new BerWriter(new byte[2_000]);
        foreach (string name in names) VarBindCodec.WriteName(ref list, Given.Oid(name).SubIdentifiers);
        byte[] request = new byte[2_500];
        int length = CommunityMessage.Write(request, version, System.Text.Encoding.UTF8.GetBytes(community), type, 4_711, first, second,
            list.Written);
        byte[] response = new byte[maxOctets];
        int octets = new SnmpAgent(Given.Options(_mib) with { MaxResponseOctets = maxOctets }).Respond(request.AsSpan(0, length), response);
        if (octets == 0) return null;

        Assert.True(CommunityMessage.TryRead(response.AsSpan(0, octets), out CommunityMessage message));
        Assert.Equal((version, PduType.Response, 4_711), (message.Version, message.Pdu.Type, message.Pdu.RequestId));
        var variables = new List<VarBind>();
        var reader = new BerReader(message.Pdu.VarBinds);
        uint[] oid = new uint[OidCodec.MaxSubIdentifiers];
        while (VarBindCodec.TryRead(ref reader, oid, out VarBindView view)) variables.Add(view.ToVarBind());
        Assert.False(reader.Failed);
        return new Answer(message.Pdu.ErrorStatus, message.Pdu.ErrorIndex, variables, octets);
    }
}
