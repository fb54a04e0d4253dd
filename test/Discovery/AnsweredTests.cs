using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery.Tests;

/// <summary>In which order agents that have answered are collected.</summary>
public sealed class AnsweredTests
{
    private static readonly AgentKind s_good = new("1.3.6.1.4.1.9.1.1208", "Good software");
    private static readonly AgentKind s_bad = new("1.3.6.1.4.1.9.1.1208", "Bad software");
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
        _answered.ReadWell(s_good);
        Add("10.0.0.1", s_bad);
        Add("10.0.0.2", s_bad, seconds: 2);
        Add("10.0.0.3", s_good);
        _answered.Invents(s_bad);
        Add("10.0.0.4", s_bad);

        Assert.Equal(["10.0.0.3"], All(_answered.NextQuick));
        Assert.Empty(All(_answered.NextSlow));
        Assert.Equal(["10.0.0.1", "10.0.0.2", "10.0.0.4"], All(_answered.NextDoubtful).Order());
    }

    [Fact]
    public void A_kind_of_which_as_many_were_read_well_is_not_doubtful()
    {
        _answered.Invents(s_bad);
        _answered.ReadWell(s_bad);
        Add("10.0.0.1", s_bad);
        Assert.Equal(["10.0.0.1"], All(_answered.NextQuick));

        _answered.Invents(s_bad);
        Add("10.0.0.2", s_bad);
        _answered.ReadWell(s_bad);
        Assert.Equal(["10.0.0.2"], All(_answered.NextDoubtful));
    }

    [Fact]
    public void While_strangers_invent_rows_other_strangers_wait_and_kinds_that_were_read_well_do_not()
    {
        _answered.ReadWell(s_good);
        _answered.Invents(Stranger(1));
        Add("10.0.0.1", Stranger(3)); // as many were read well
        _answered.Invents(Stranger(2));
        Add("10.0.0.2", Stranger(4));
        Add("10.0.0.3", s_good);

        Assert.Equal(["10.0.0.3"], All(_answered.NextQuick));
        Assert.Equal(["10.0.0.1", "10.0.0.2"], All(_answered.NextDoubtful).Order());
    }

    [Fact]
    public void Of_those_that_wait_kinds_read_well_go_first_then_large_ones_then_small_ones_then_those_that_invent_rows()
    {
        _answered.Invents(Stranger(1));
        _answered.Invents(Stranger(2));
        for (int i = 1; i <= 4; i++) Add($"10.0.1.{i}", s_bad);
        Add("10.0.2.1", Stranger(3));
        for (int i = 1; i <= 3; i++) Add($"10.0.3.{i}", s_good);
        Add("10.0.4.1", Stranger(4));
        _answered.Invents(s_bad);
        _answered.ReadWell(Stranger(4));

        Assert.Empty(All(_answered.NextQuick));
        Assert.Equal(["10.0.4.1", "10.0.3.1", "10.0.3.2", "10.0.3.3", "10.0.2.1", "10.0.1.1", "10.0.1.2", "10.0.1.3", "10.0.1.4"],
            All(_answered.NextDoubtful));
    }

    private static AgentKind Stranger(int number) => new("1.3.6.1.4.1.8072.3.2.10", $"Linux host-{number}");

    private void Add(string address, AgentKind kind, double seconds = 0) =>
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
