using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery.Tests;

/// <summary>In which order agents that have answered are collected.</summary>
public sealed class AnsweredTests
{
    private static readonly DeviceKind s_good = new("1.3.6.1.4.1.9.1.1208", "Good software");
    private static readonly DeviceKind s_bad = new("1.3.6.1.4.1.9.1.1208", "Bad software");
    private readonly Answered _answered = new();

    [Fact]
    public void Who_answers_fast_and_who_answers_slowly_wait_apart_in_the_order_of_their_answers()
    {
        Add("10.0.0.1", s_good);
        Add("10.0.0.2", s_good, seconds: 1);
        Add("10.0.0.3", s_good, seconds: 0.999);

        Assert.Equal(["10.0.0.1", "10.0.0.3"], All(_answered.NextQuick));
        Assert.Equal(["10.0.0.2"], All(_answered.NextSlow));
        Assert.Empty(All(_answered.NextDoubtful));
    }

    [Fact]
    public void A_kind_that_invents_rows_waits_for_the_others_also_where_it_stood_before_them()
    {
        Add("10.0.0.1", s_bad);
        Add("10.0.0.2", s_bad, seconds: 2);
        Add("10.0.0.3", s_good);
        _answered.Invents(s_bad);
        Add("10.0.0.4", s_bad);

        Assert.Equal(["10.0.0.3"], All(_answered.NextQuick));
        Assert.Empty(All(_answered.NextSlow));
        Assert.Equal(["10.0.0.4", "10.0.0.1", "10.0.0.2"], All(_answered.NextDoubtful));
    }

    [Fact]
    public void A_kind_of_which_as_many_were_read_well_is_not_doubtful()
    {
        _answered.Invents(s_bad);
        _answered.ReadWell(s_bad);
        Add("10.0.0.1", s_bad);
        _answered.Invents(s_bad);
        Add("10.0.0.2", s_bad);
        _answered.ReadWell(s_bad);

        Assert.Equal(["10.0.0.1"], All(_answered.NextQuick));
        Assert.Equal(["10.0.0.2"], All(_answered.NextDoubtful));
    }

    private void Add(string address, DeviceKind kind, double seconds = 0) =>
        _answered.Add(new Visit(Ipv4Address.Parse(address), DateTimeOffset.UnixEpoch, JobOutcome.NoCredential, null)
        {
            // Nobody is asked here.
            Contact = new Contact(null!, new AccessSettings(new DeviceCredential.SnmpV2c("public")), TimeSpan.FromSeconds(seconds), kind),
        });

    private static IEnumerable<string> All(Func<Visit?> next)
    {
        while (next() is { } visit) yield return visit.Address.ToString();
    }
}
