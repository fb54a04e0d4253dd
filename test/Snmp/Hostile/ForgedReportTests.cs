namespace Towpath.Snmp.Tests;

/// <summary>Anybody on the way can send a report without a signature: it must not end what is signed, nor leave anything behind.</summary>
public sealed class ForgedReportTests
{
    private static readonly SnmpCredential.V3 s_user =
        new("operator", AuthProtocol.Sha256, "authentication", PrivProtocol.Aes128, "privacy password");
    private static readonly ObjectIdentifier s_name = Given.Oid("1.3.6.1.2.1.1.1.0");
    private static readonly ObjectIdentifier s_unknownCounter = Given.Oid("1.3.6.1.6.3.15.1.1.99.0");

    public static TheoryData<ObjectIdentifier> Counters() =>
    [
        UsmReport.UnsupportedSecLevels, UsmReport.NotInTimeWindows, UsmReport.UnknownUserNames, UsmReport.UnknownEngineIds,
        UsmReport.WrongDigests, UsmReport.DecryptionErrors, UsmReport.UnknownContexts, s_unknownCounter,
    ];

    [Theory]
    [MemberData(nameof(Counters))]
    public async Task A_report_without_signature_ends_no_signed_request_and_changes_nothing(ObjectIdentifier counter)
    {
        SnmpAgent agent = Agent();
        byte[] elsewhere = [0x80, 0, 0, 0, 5, 66];
        await using var loopback = new AgentOnLoopback(request => IsDiscovery(request)
            ? AgentOnLoopback.Answer(agent, request)
            :
            [
                Forged.Report(request, counter), Forged.Report(request, counter, engineId: elsewhere),
                .. AgentOnLoopback.Answer(agent, request),
            ]);
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(new SnmpTarget(loopback.EndPoint, s_user).Once());

        for (int i = 0; i < 3; i++) Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([s_name], CancellationToken.None)).Status);

        Assert.Equal(4, loopback.Requests); // one discovery and three requests
        Assert.Equal(6, engine.Statistics.Unsigned);
    }

    [Theory]
    [MemberData(nameof(Counters))]
    public async Task It_is_told_when_nothing_better_comes_and_the_next_request_is_well(ObjectIdentifier counter)
    {
        SnmpAgent agent = Agent();
        bool attacked = true;
        await using var loopback = new AgentOnLoopback(request =>
            attacked && !IsDiscovery(request) ? [Forged.Report(request, counter)] : AgentOnLoopback.Answer(agent, request));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(new SnmpTarget(loopback.EndPoint, s_user).Impatient());

        SnmpResponse response = await session.GetAsync([s_name], CancellationToken.None);
        Assert.NotEqual(SnmpStatus.Ok, response.Status);
        Assert.NotEqual(SnmpStatus.Timeout, response.Status);
        attacked = false;

        Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([s_name], CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Who_does_not_know_the_id_ends_neither_a_discovery_nor_a_request()
    {
        SnmpAgent agent = Agent();
        byte[] elsewhere = [0x80, 0, 0, 0, 5, 66];
        await using var loopback = new AgentOnLoopback(request =>
        {
            Assert.True(V3Message.TryRead(request, out V3Message message));
            int id = message.MessageId;
            int[] guesses = [id ^ 1, id ^ 0x4000_0000, (id + 1) & int.MaxValue, 0, int.MaxValue];
            IEnumerable<byte[]> forged = guesses.Select(guess => Forged.Report(request, UsmReport.UnknownEngineIds, guess, elsewhere));
            return [.. forged, .. AgentOnLoopback.Answer(agent, request)];
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        ISnmpSession session = engine.Open(new SnmpTarget(loopback.EndPoint, s_user).Once());
        SnmpResponse response = await session.GetAsync([s_name], CancellationToken.None);

        Assert.Equal((SnmpStatus.Ok, 2), (response.Status, loopback.Requests));
        Assert.Equal(10, engine.Statistics.Unexpected);
    }

    [Fact]
    public async Task A_user_without_authentication_believes_reports_at_once()
    {
        await using var loopback = new AgentOnLoopback(Agent());
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        var nobody = new SnmpCredential.V3("nobody", AuthProtocol.None, "", PrivProtocol.None, "");

        ISnmpSession session = engine.Open(new SnmpTarget(loopback.EndPoint, nobody).Once());
        SnmpResponse response = await session.GetAsync([s_name], CancellationToken.None);

        Assert.Equal(SnmpStatus.UnknownUser, response.Status);
    }

    private static bool IsDiscovery(byte[] request) => V3Message.TryRead(request, out V3Message message) && message.EngineId.Length == 0;

    private static SnmpAgent Agent() => new(Given.Options(Given.SmallMib()) with { Users = [s_user] });
}
