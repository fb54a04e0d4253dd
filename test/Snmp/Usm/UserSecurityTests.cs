namespace Towpath.Snmp.Tests;

/// <summary>SNMPv3 between our engine and our agent, over real UDP.</summary>
public sealed class UserSecurityTests
{
    private static readonly SnmpCredential.V3 s_user = new("operator", AuthProtocol.Sha256, "authentication", PrivProtocol.Aes128,
        "privacy password");

    public static TheoryData<AuthProtocol, PrivProtocol> Levels()
    {
        var levels = new TheoryData<AuthProtocol, PrivProtocol> { { AuthProtocol.None, PrivProtocol.None } };
        foreach (AuthProtocol auth in Enum.GetValues<AuthProtocol>().Where(a => a != AuthProtocol.None))
        {
            foreach (PrivProtocol priv in Enum.GetValues<PrivProtocol>()) levels.Add(auth, priv);
        }
        return levels;
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Every_combination_of_protocols_walks(AuthProtocol auth, PrivProtocol priv)
    {
        SortedMibView mib = Given.SmallMib();
        var user = new SnmpCredential.V3("operator", auth, "authentication", priv, "privacy password");

        (WalkResult result, List<VarBind> rows) = await WalkAsync(mib, agentKnows: user, weUse: user);

        Assert.Equal(new WalkResult(SnmpStatus.Ok, mib.Count, null), result);
        Assert.Equal(mib.ToVarBinds(), rows);
    }

    public static TheoryData<SnmpCredential.V3, SnmpStatus> Mistakes() => new()
    {
        { s_user with { User = "nobody" }, SnmpStatus.UnknownUser },
        { s_user with { AuthPassword = "Authentication" }, SnmpStatus.WrongDigest },
        { s_user with { Auth = AuthProtocol.Sha512 }, SnmpStatus.WrongDigest },
        { s_user with { PrivPassword = "Privacy password" }, SnmpStatus.DecryptionError },
        { s_user with { Priv = PrivProtocol.Aes256 }, SnmpStatus.DecryptionError },
        { s_user with { Priv = PrivProtocol.None }, SnmpStatus.NotAuthorized },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_wrong_credential_says_what_is_wrong_with_it(SnmpCredential.V3 weUse, SnmpStatus expected)
    {
        (WalkResult result, List<VarBind> rows) = await WalkAsync(Given.SmallMib(), s_user, weUse);

        Assert.Equal(expected, result.Status);
        Assert.NotNull(result.Reason);
        Assert.DoesNotContain("assword ", result.Reason.Replace("password or protocol", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Empty(rows);
    }

    [Fact]
    public async Task A_level_the_user_does_not_have_is_unsupported()
    {
        SnmpCredential.V3 authOnly = s_user with { Priv = PrivProtocol.None };

        Assert.Equal(SnmpStatus.UnsupportedSecurityLevel,
            (await WalkAsync(Given.SmallMib(), agentKnows: authOnly, weUse: s_user)).Result.Status);
    }

    [Fact]
    public async Task A_context_is_another_view_and_an_unknown_one_is_not_authorized()
    {
        await using var agent = new AgentOnLoopback(new SnmpAgent(Given.Options(Given.SmallMib()) with { Users = [s_user] }));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(new SnmpTarget(agent.EndPoint, s_user));

        Assert.Equal(SnmpStatus.Ok, (await session.ForVlan(10).WalkAsync("1.3.6.1.2.1.1")).Result.Status);
        WalkResult unknown = (await session.ForVlan(11).WalkAsync("1.3.6.1.2.1.1")).Result;
        Assert.Equal(SnmpStatus.NotAuthorized, unknown.Status);
        Assert.Contains("vlan-11", unknown.Reason, StringComparison.Ordinal);
    }

    private static async Task<(WalkResult Result, List<VarBind> Rows)> WalkAsync(IMibView mib, SnmpCredential.V3 agentKnows,
        SnmpCredential.V3 weUse)
    {
        await using var agent = new AgentOnLoopback(new SnmpAgent(Given.Options(mib) with { Users = [agentKnows] }));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        return await engine.Open(new SnmpTarget(agent.EndPoint, weUse)).WalkAsync("1");
    }
}
