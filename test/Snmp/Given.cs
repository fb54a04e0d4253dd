using System.Net;

namespace Towpath.Snmp.Tests;

/// <summary>Agents, views and targets that many tests start from.</summary>
internal static class Given
{
    public static ObjectIdentifier Oid(string text) => ObjectIdentifier.Parse(text);

    /// <summary>A system group with one value of each type, and an interface table of 3 columns.</summary>
    public static SortedMibView SmallMib(int interfaces = 40) => new(
    [
        new(Oid("1.3.6.1.2.1.1.1.0"), SnmpValue.Text("Towpath test agent")),
        new(Oid("1.3.6.1.2.1.1.2.0"), SnmpValue.Oid(Oid("1.3.6.1.4.1.8072.3.2.10"))),
        new(Oid("1.3.6.1.2.1.1.3.0"), SnmpValue.TimeTicks(4_294_967_295)),
        new(Oid("1.3.6.1.2.1.1.7.0"), SnmpValue.Int(-78)),
        new(Oid("1.3.6.1.2.1.4.20.1.1.192.0.2.1"), SnmpValue.Ip(0xc0000201)),
        new(Oid("1.3.6.1.2.1.31.1.1.1.6.1"), SnmpValue.Counter64(ulong.MaxValue)),
        new(Oid("1.3.6.1.4.1.8072.9999.1.0"), SnmpValue.Opaque(0x9f, 0x78, 0x04, 0x42, 0xf6, 0, 0)),
        new(Oid("1.3.6.1.4.1.8072.9999.2.0"), SnmpValue.Bytes()),
        .. Enumerable.Range(1, interfaces).SelectMany(i => new VarBind[]
        {
            new(Oid($"1.3.6.1.2.1.2.2.1.1.{i}"), SnmpValue.Int(i)),
            new(Oid($"1.3.6.1.2.1.2.2.1.2.{i}"), SnmpValue.Text($"GigabitEthernet1/0/{i}")),
            new(Oid($"1.3.6.1.2.1.2.2.1.10.{i}"), SnmpValue.Counter32(uint.MaxValue - (uint)i)),
        }),
    ]);

    /// <summary>The communities <c>public</c> and <c>public@10</c> reach the view.</summary>
    public static SnmpAgentOptions Options(IMibView view) => new()
    {
        EngineId = [0x80, 0, 0x1f, 0x88, 4, .. "towpath test"u8],
        Time = TimeProvider.System,
        ByCommunity = community => community is "public" or "public@10" ? view : null,
        ByContext = context => context is "" or "vlan-10" ? view : null,
    };

    public static SnmpAgent Agent(IMibView view) => new(Options(view));

    public static SnmpTarget V2c(IPEndPoint endPoint) => new(endPoint, new SnmpCredential.V2c("public"))
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    public static SnmpTarget V1(IPEndPoint endPoint) => V2c(endPoint) with { Credential = new SnmpCredential.V1("public") };

    /// <summary>A single attempt with a long wait: however busy this machine is, the agent sees each request once.</summary>
    public static SnmpTarget Once(this SnmpTarget target) => target with { Timeout = TimeSpan.FromSeconds(60), Retries = 0 };

    /// <summary>A single attempt, for answers that do not come.</summary>
    public static SnmpTarget Impatient(this SnmpTarget target) => target with { Timeout = TimeSpan.FromSeconds(1), Retries = 0 };

    public static async Task<(WalkResult Result, List<VarBind> Rows)> WalkAsync(this ISnmpSession session, string root,
        WalkBudget? budget = null)
    {
        var rows = new List<VarBind>();
        WalkResult result = await session.WalkAsync(Oid(root), (scoped in VarBindView row) => rows.Add(row.ToVarBind()),
            budget ?? WalkBudget.Default, CancellationToken.None);
        return (result, rows);
    }
}
