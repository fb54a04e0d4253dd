using System.Collections.Immutable;
using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery.Tests;

public sealed class AskingTests
{
    private static readonly DeviceReach s_reach = new(161, []);

    [Fact]
    public void An_address_outside_of_a_credentials_ranges_is_never_sent_it()
    {
        ImmutableArray<AccessCandidate> candidates = [Community("branch", "10.2.0.0/16"), Community("lab", "10.1.0.10-10.1.0.20")];
        Assert.Equal(["lab"], AskAll(candidates, "10.1.0.20", Silent).Asked);
        (string[] asked, Asking asking) = AskAll(candidates, "10.1.0.21", Silent);
        Assert.Empty(asked);
        Assert.Equal("No credential may be sent to 10.1.0.21: the ranges of 'branch', 'lab' leave it out.", asking.NotAsked());
    }

    [Fact]
    public void An_address_is_sent_three_credentials_at_most_and_the_others_are_named()
    {
        (string[] asked, Asking asking) = AskAll([User("u"), Community("a"), Community("b"), Community("c"), Community("d")], "10.1.0.1",
            Silent);
        Assert.Equal(["u", "a", "b"], asked);
        Assert.Equal(" It was asked with 'u', 'a', 'b'; 'c', 'd' were left out: an address is sent 3 credentials at most. Name fewer, or give them ranges.", asking.LeftOut());
        Assert.False(asking.Allows(new DeviceCredential.SnmpV2c("another")));
    }

    [Theory]
    [InlineData(Reply.Refusal, false)]
    [InlineData(Reply.Refusal, true)]
    [InlineData(Reply.None, true)] // after it told its engine
    public void Who_has_answered_SNMPv3_is_not_asked_by_community(Reply reply, bool toldItsEngine)
    {
        (string[] asked, Asking asking) = AskAll([User("u"), User("v"), Community("a")], "10.1.0.1",
            Failure(reply) with { SpeaksV3 = toldItsEngine });
        Assert.Equal(["u", "v"], asked);
        Assert.Equal(" It speaks SNMPv3, so it was not asked by community ('a').", asking.LeftOut());
        Assert.False(asking.Allows(new DeviceCredential.SnmpV2c("another")));
        Assert.True(asking.Allows(AskingTests.V3("w")));
    }

    [Fact]
    public void Who_speaks_SNMPv3_and_does_not_know_the_users_is_asked_by_community() =>
        Assert.Equal(
            ["u", "v", "a"],
            AskAll([User("u"), User("v"), Community("a")], "10.1.0.1", Failure(Reply.UnknownUser) with { SpeaksV3 = true }).Asked);

    [Fact]
    public void Who_knows_one_of_the_users_is_not_asked_by_community()
    {
        var asking = new Asking([User("u"), User("v"), Community("a")], Ipv4Address.Parse("10.1.0.1"));
        asking.Failed(asking.Next()!, Failure(Reply.UnknownUser));
        asking.Failed(asking.Next()!, Failure(Reply.Refusal));
        Assert.Null(asking.Next());
    }

    [Fact]
    public void Who_does_not_speak_SNMPv3_is_not_asked_by_a_second_user() =>
        Assert.Equal(["u", "a", "b"], AskAll([User("u"), User("v"), User("w"), Community("a"), Community("b")], "10.1.0.1", Silent).Asked);

    private static ProbeResult Silent => Failure(Reply.None) with { IsSilent = true };

    private static ProbeResult Failure(Reply reply) => new(reply, "scripted");

    private static (string[] Asked, Asking Asking) AskAll(ImmutableArray<AccessCandidate> candidates, string address, ProbeResult answer)
    {
        var asking = new Asking(candidates, Ipv4Address.Parse(address));
        List<string> asked = [];
        while (asking.Next() is { } candidate)
        {
            asked.Add(candidate.Credential.Name);
            asking.Failed(candidate, candidate.IsV3 ? answer : Silent);
        }
        return ([.. asked], asking);
    }

    private static AccessCandidate Community(string name, string ranges = "") =>
        Candidate(name, new DeviceCredential.SnmpV2c(name), ranges);

    private static AccessCandidate User(string name) => Candidate(name, V3(name), "");

    private static DeviceCredential.SnmpV3 V3(string name) =>
        new(name, AuthenticationProtocol.Sha256, "authentication", PrivacyProtocol.None, "");

    private static AccessCandidate Candidate(string name, DeviceCredential credential, string ranges) =>
        new(new AccessSettings(credential) { Ranges = CredentialRanges.Parse(ranges) }, s_reach, new TakenCredential(null, name));
}
