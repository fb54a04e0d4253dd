using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

public sealed class RequestIdsTests
{
    /// <summary>Of the paper that describes Speck (Beaulieu et al., 2013, appendix C): key 1918 1110 0908 0100.</summary>
    [Fact]
    public void The_cipher_is_Speck_with_blocks_of_32_bits()
    {
        var ids = new RequestIds([0x00, 0x01, 0x08, 0x09, 0x10, 0x11, 0x18, 0x19]);

        Assert.Equal(0xa86842f2u, ids.Encrypt(0x6574694c));
        Assert.Equal(0x6574694cu, ids.Decrypt(0xa86842f2));
    }

    [Fact]
    public void Every_number_has_an_id_of_its_own_that_leads_back()
    {
        for (byte seed = 0; seed < 5; seed++)
        {
            var ids = new RequestIds([seed, 2, 3, 4, 5, 6, 7, 8]);
            var given = new HashSet<int>();
            foreach (int number in Enumerable.Range(0, 100_000).Append(int.MaxValue).Append(int.MaxValue - 1))
            {
                int id = ids.Of(number);
                Assert.True(id >= 0 && given.Add(id) && ids.NumberOf(id) == number, $"key {seed}: number {number}, id {id}");
            }
        }
    }

    [Fact]
    public void Neighboring_numbers_and_other_keys_have_ids_that_have_nothing_in_common()
    {
        RequestIds ids = new([1, 2, 3, 4, 5, 6, 7, 8]), others = new([1, 2, 3, 4, 5, 6, 7, 9]);

        double neighbors = Enumerable.Range(0, 10_000).Average(number => BitsThatDiffer(ids.Of(number), ids.Of(number + 1)));
        double keys = Enumerable.Range(0, 10_000).Average(number => BitsThatDiffer(ids.Of(number), others.Of(number)));

        Assert.InRange(neighbors, 15.4, 15.6); // half of 31
        Assert.InRange(keys, 15.4, 15.6);
        static int BitsThatDiffer(int a, int b) => int.PopCount(a ^ b);
    }

    [Fact]
    public async Task No_id_is_used_twice_by_any_request_of_many_sessions()
    {
        const int Sessions = 8, Each = 4_000; // 15 bits of chance would repeat hundreds of times
        var seen = new ConcurrentDictionary<int, int>();
        SnmpAgent decent = Given.Agent(Given.SmallMib());
        var agents = new List<AgentOnLoopback>();
        for (int i = 0; i < Sessions; i++)
        {
            agents.Add(new AgentOnLoopback(request =>
            {
                seen.AddOrUpdate(new Script(request).RequestId, 1, (_, times) => times + 1);
                return AgentOnLoopback.Answer(decent, request);
            }));
        }
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        await Task.WhenAll(agents.Select(async agent =>
        {
            ISnmpSession session = engine.Open(Given.V2c(agent.EndPoint).Once());
            for (int i = 0; i < Each; i++) await session.GetAsync([Given.Oid("1.3.6.1.2.1.1.7.0")], CancellationToken.None);
        }));

        Assert.Equal(Sessions * Each, seen.Count);
        Assert.All(seen, id => Assert.Equal(1, id.Value));
        foreach (AgentOnLoopback agent in agents) await agent.DisposeAsync();
    }

    [Fact]
    public void A_place_of_one_who_waits_long_is_passed_over()
    {
        var table = new ExchangeTable(new FakeTimeProvider(), new Counters());
        int kept = table.TakeNumber(slot: 1);
        for (int i = 0; i < 3 << 20; i++) // three times around
        {
            int number = table.TakeNumber(slot: 2);
            if (((number ^ kept) & ((1 << 20) - 1)) == 0) Assert.Fail($"{number} has the place of {kept}");
            table.GiveBack(number);
        }
    }
}
