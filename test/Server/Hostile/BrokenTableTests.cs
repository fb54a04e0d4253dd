using Towpath.Network;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>Devices whose tables are broken: what can be read is kept, and the device says which table is not whole and why.</summary>
[Collection(HostileDiscovery.Name)]
public sealed class BrokenTableTests(HostileServer server)
{
    private const string Partial = "Partial Collection Failure";
    private const string Managed = "Managed";
    private static readonly ObjectIdentifier s_ifDescr = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1.2");
    private static readonly ObjectIdentifier s_ifType = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1.3");
    private static readonly ObjectIdentifier s_ifMtu = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1.4");
    private static readonly ObjectIdentifier s_ifHighSpeed = ObjectIdentifier.Parse("1.3.6.1.2.1.31.1.1.1.15");
    private static readonly ObjectIdentifier s_sysContact = ObjectIdentifier.Parse("1.3.6.1.2.1.1.4.0");

    [Fact]
    public async Task Object_identifiers_that_do_not_increase_cut_their_table()
    {
        Found found = await server.DiscoverViewAsync(1, view => new TwistedView(view)
        {
            Next = asked => asked.Equals(s_ifDescr.Append(3))
                ? new VarBind(s_ifDescr.Append(2), SnmpValue.Text("GigabitEthernet0/2")) : null,
        });

        Assert.Equal(Partial, found.Outcome);
        AssertReason(found, "IfTable: ", "fault of the agent's software", "went from 1.3.6.1.2.1.2.2.1.2.3 to 1.3.6.1.2.1.2.2.1.2.2");
        // The rows so far stay, and so does what the other columns tell.
        Assert.Equal(5, server.SnapshotAt(found.Address).Interfaces.Length);
    }

    [Fact]
    public async Task A_table_without_end_is_cut_at_its_budget()
    {
        Found found = await server.DiscoverViewAsync(2, view => new TwistedView(view)
        {
            Next = asked => s_ifDescr.IsPrefixOf(asked.SubIdentifiers)
                ? new VarBind(s_ifDescr.Append(asked.Length > s_ifDescr.Length ? asked.SubIdentifiers[^1] + 1 : 1),
                    SnmpValue.Text("Tunnel")) : null,
        });

        Assert.Equal(Partial, found.Outcome);
        AssertReason(found, "IfTable: ", "was cut", "budget of 2000 rows is spent");
        Assert.Equal(HostileServer.MostRows, server.SnapshotAt(found.Address).Interfaces.Length);
    }

    [Fact]
    public async Task Answers_without_variables_leave_their_table_out()
    {
        Found found = await server.DiscoverScriptAsync(3,
            request => s_ifDescr.IsPrefixOf(request.Names[0].SubIdentifiers) ? request.Answer() : null);

        Assert.Equal(Partial, found.Outcome);
        AssertReason(found, "IfTable: ", "answered without any variable");
    }

    [Fact]
    public async Task An_agent_that_answers_nothing_but_empty_lists_is_not_collected()
    {
        Found found = await server.DiscoverScriptAsync(4, request => request.Answer());

        Assert.Equal("FAILURE", found.Outcome);
        AssertReason(found, "answered a GET with other variables than it was asked for");
        Assert.Null(found.Device);
    }

    [Fact]
    public async Task Data_behind_the_end_of_the_view_is_ignored()
    {
        Found found = await server.DiscoverScriptAsync(5, request => request.Names[0].Equals(s_ifDescr)
            ? request.Answer(
                new VarBind(s_ifDescr.Append(1), SnmpValue.Text("GigabitEthernet0/1")),
                new VarBind(s_ifDescr.Append(1), SnmpValue.EndOfMibView),
                new VarBind(s_ifDescr.Append(99), SnmpValue.Text("Ghost99")))
            : null);

        Assert.Equal((Managed, ""), (found.Outcome, found.Reason));
        Assert.DoesNotContain(server.SnapshotAt(found.Address).Interfaces, port => port.Name.StartsWith("Ghost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_has_no_room_for_more_than_one_variable_is_collected_whole()
    {
        Found found = await server.DiscoverScriptAsync(6,
            request => request.Names.Count > 1 || request.MaxRepetitions > 1 ? request.Answer(ErrorStatus.TooBig, 0) : null);

        Assert.Equal((Managed, ""), (found.Outcome, found.Reason));
        Assert.Equal(5, server.SnapshotAt(found.Address).Interfaces.Length);
    }

    [Fact]
    public async Task An_agent_for_which_everything_is_too_big_is_not_collected()
    {
        Found found = await server.DiscoverScriptAsync(7, request => request.Answer(ErrorStatus.TooBig, 0));

        Assert.Equal("FAILURE", found.Outcome);
        AssertReason(found, "cannot fit even one variable into an answer (tooBig)");
    }

    [Fact]
    public async Task Cells_of_wrong_types_and_lengths_cost_only_themselves()
    {
        byte[] nineOctets = [0x30, 0x16, 0x06, 0x0b, 0x2b, 6, 1, 2, 1, 31, 1, 1, 1, 15, 1, 0x46, 0x09, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        nineOctets[1] = (byte)(nineOctets.Length - 2);
        Towpath.Snmp.SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(8), view => new TwistedView(view)
        {
            Value = cell => s_ifType.IsPrefixOf(cell.Oid.SubIdentifiers)
                ? SnmpValue.Text("ethernet") : s_ifMtu.IsPrefixOf(cell.Oid.SubIdentifiers) ? SnmpValue.Int(-1500) : cell.Value,
        });
        Found found = await server.DiscoverAsync(8, request => new Script(request) is { } script && script.Names.Contains(s_ifHighSpeed)
            ? [script.Names.Count == 1 ? script.Answer(ErrorStatus.NoError, 0, nineOctets) : script.Answer(ErrorStatus.GenErr, 1)]
            : AgentOnLoopback.Answer(agent, request));

        Assert.Equal(Managed, found.Outcome);
        DeviceSnapshot snapshot = server.SnapshotAt(found.Address);
        Assert.Equal(5, snapshot.Interfaces.Length);
        Assert.All(snapshot.Interfaces, port => Assert.Equal((0, 0), (port.Type, port.Mtu)));
        Assert.Contains("column 3 is no number but OctetString", ReasonOf(snapshot, Interface.IfTable), StringComparison.Ordinal);
        Assert.Contains("column 15 is no number but Opaque", ReasonOf(snapshot, Interface.IfXTable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenErr_on_one_column_or_scalar_costs_only_what_it_is_in()
    {
        Found found = await server.DiscoverScriptAsync(9, request =>
            request.Names.Contains(s_sysContact) || request.Names.Any(name => s_ifType.IsPrefixOf(name.SubIdentifiers))
                ? request.Answer(ErrorStatus.GenErr, 1) : null);

        Assert.Equal(Partial, found.Outcome);
        AssertReason(found, "IfTable: ", "error-status 5 (GenErr)");
        Assert.Equal("case-265", found.Device!["hostname"]!.GetValue<string>());
        Assert.Equal(5, server.SnapshotAt(found.Address).Interfaces.Length);
    }

    private static string ReasonOf(DeviceSnapshot snapshot, FactSource source) =>
        Assert.Single(snapshot.Readings, reading => reading.Source == source).Reason ?? "";

    internal static void AssertReason(Found found, params string[] words) =>
        Assert.All(words, word => Assert.Contains(word, found.Reason, StringComparison.Ordinal));
}
