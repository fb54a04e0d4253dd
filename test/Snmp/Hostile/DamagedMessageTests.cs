using System.Net;
using System.Net.Sockets;

namespace Towpath.Snmp.Tests;

/// <summary>Whatever arrives, the codec answers false and neither throws nor allocates much.</summary>
public sealed class DamagedMessageTests
{
    private const int RequestId = 4_711;
    private static readonly SnmpCredential.V3 s_user = new("operator", AuthProtocol.Sha1, "authentication", PrivProtocol.Aes128,
        "privacy password");
    private static readonly SnmpCredential.V3 s_open = s_user with { User = "open", Auth = AuthProtocol.None, Priv = PrivProtocol.None };
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(10);
    private static readonly SnmpAgent s_agent = new(Given.Options(Given.SmallMib()) with { Users = [s_user, s_open] });

    [Fact]
    public void An_agent_survives_200_000_damaged_messages()
    {
        (List<byte[]> requests, _) = Samples();
        var mutator = new Mutator(seed: 1);
        byte[] response = new byte[2_000];
        foreach (byte[] request in requests) s_agent.Respond(request, response); // keys are made once

        for (int i = 0; i < 200_000; i++)
        {
            byte[] message = mutator.Mutate(requests);
            long before = GC.GetAllocatedBytesForCurrentThread();
            int length = s_agent.Respond(message, response);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.InRange(length, 0, 1_472);
            // 4 KiB for the buffers of a v3 answer, which a request of any length may cost.
            Assert.True(allocated <= 64L * message.Length + 4_096,
                $"message {i}: {allocated} octets allocated for {message.Length}: {Convert.ToHexString(message)}");
        }
    }

    [Fact]
    public void Reading_a_million_random_and_damaged_messages_allocates_nothing_and_none_takes_long()
    {
        (List<byte[]> requests, List<byte[]> responses) = Samples();
        List<byte[]> all = [.. requests, .. responses];
        var mutator = new Mutator(seed: 2);
        uint[] oid = new uint[OidCodec.MaxSubIdentifiers];
        int allocating = 0, readable = 0;
        (TimeSpan Time, byte[] Message) slowest = (default, []);
        foreach (byte[] undamaged in all) Read(undamaged, oid); // compiled once

        for (int i = 0; i < 1_000_000; i++)
        {
            byte[] message = i % 10 == 0 ? mutator.Random() : mutator.Mutate(all);
            TimeSpan began = ThreadTime.Used;
            if (Read(message, oid)) readable++;
            TimeSpan used = ThreadTime.Used - began;
            if (used > slowest.Time) slowest = (used, message);
            // A collection that others cause shows in the runtime's bookkeeping of this thread, too, but not twice in a row.
            if (Allocates() && Allocates()) allocating++;

            bool Allocates()
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Read(message, oid);
                return GC.GetAllocatedBytesForCurrentThread() != before;
            }
        }

        Assert.Equal(0, allocating);
        Assert.InRange(readable, 50_000, 950_000); // else the damage is too small or too great to show anything
        Assert.True(slowest.Time < s_longest, $"{slowest.Time.TotalMilliseconds} ms of processor for {Convert.ToHexString(slowest.Message)}");
    }

    [Fact]
    public void An_engine_survives_200_000_damaged_answers()
    {
        (_, List<byte[]> responses) = Samples();
        Device device = KnownDevice();
        List<MessageSecurity> securities = Securities(device);
        var mutator = new Mutator(seed: 4);
        byte[] scratch = new byte[4_000];
        int accepted = 0;
        (TimeSpan Time, byte[] Message) slowest = (default, []);

        foreach (byte[] undamaged in responses)
            Assert.Contains(securities, security => security.Open(device, undamaged, scratch, RequestId, out _, out _) == Verdict.Answer);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] message = mutator.Mutate(responses);
            TimeSpan began = ThreadTime.Used;
            foreach (MessageSecurity security in securities)
            {
                if (message.Length < scratch.Length - PrivAlgorithm.MaxPaddingOctets
                    && security.Open(device, message, scratch, RequestId, out _, out _) == Verdict.Answer)
                    accepted++;
            }
            TimeSpan used = ThreadTime.Used - began;
            if (used > slowest.Time) slowest = (used, message);
        }
        Assert.True(slowest.Time < s_longest, $"{slowest.Time.TotalMilliseconds} ms of processor for {Convert.ToHexString(slowest.Message)}");
        Assert.InRange(accepted, 1_000, 190_000); // v1, v2c and noAuth cannot notice
    }

    [Fact]
    public void Any_octets_at_all_are_answered_with_silence()
    {
        var random = new Random(3);
        byte[] response = new byte[2_000];
        for (int i = 0; i < 100_000; i++)
        {
            byte[] message = new byte[random.Next(200)];
            random.NextBytes(message);
            Assert.Equal(0, s_agent.Respond(message, response));
        }
    }

    /// <summary>As the engine reads: the id, the message, each variable.</summary>
    private static bool Read(byte[] datagram, uint[] oid)
    {
        if (!MessageId.TryRead(datagram, out _)) return false;
        Pdu pdu = default;
        if (CommunityMessage.TryRead(datagram, out CommunityMessage message)) pdu = message.Pdu;
        else if (V3Message.TryRead(datagram, out V3Message v3) && ScopedPdu.TryReadContent(v3.Data, out ScopedPdu scopedPdu))
            pdu = scopedPdu.Pdu;
        var list = new BerReader(pdu.VarBinds);
        int count = 0;
        while (VarBindCodec.TryRead(ref list, oid, out _)) count++;
        return count > 0 && !list.Failed;
    }

    /// <summary>Undamaged requests of each kind, and the agent's answers.</summary>
    private static (List<byte[]> Requests, List<byte[]> Responses) Samples()
    {
        var requests = new List<byte[]>();
        var request = new Request();
        foreach (int repetitions in (int[])[1, 20])
        {
            request.SetNext(Given.Oid("1.3.6.1.2.1").SubIdentifiers, repetitions);
            requests.AddRange(Wrap(request));
        }
        request.SetGet(PduType.Get, [Given.Oid("1.3.6.1.2.1.1.1.0"), Given.Oid("1.3.6.1.2.1.31.1.1.1.6.1")]);
        requests.AddRange(Wrap(request));
        List<byte[]> responses = [.. requests.SelectMany(r => AgentOnLoopback.Answer(s_agent, r))];
        Assert.Equal(requests.Count - 1, responses.Count); // v1 has no GetBulk
        return (requests, responses);
    }

    private static IEnumerable<byte[]> Wrap(Request request)
    {
        Device device = KnownDevice();
        foreach (MessageSecurity security in Securities(device))
        {
            byte[] message = new byte[2_048];
            yield return message[..security.Wrap(device, message, RequestId, request)];
        }
    }

    private static Device KnownDevice() => new(null!, new SocketAddress(AddressFamily.InterNetwork), 1, new KnownAgents())
    {
        Engine = new AuthoritativeEngine([.. Given.Options(Given.SmallMib()).EngineId], 1, 0, TimeProvider.System.GetTimestamp()),
    };

    private static List<MessageSecurity> Securities(Device device)
    {
        List<MessageSecurity> securities =
        [
            new CommunitySecurity(SnmpVersion.V1, "public"),
            new CommunitySecurity(SnmpVersion.V2c, "public"),
            new UserSecurity(s_user, "", new LocalizedKeys(), TimeProvider.System),
            new UserSecurity(s_open, "", new LocalizedKeys(), TimeProvider.System),
            new EngineDiscovery(TimeProvider.System),
        ];
        foreach (MessageSecurity security in securities) security.PrepareAsync(device).AsTask().GetAwaiter().GetResult();
        return securities;
    }
}
