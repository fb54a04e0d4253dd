using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Simulator.Tests;

/// <summary>The agents as others reach them: over sockets, with another project's manager.</summary>
public sealed class AgentHostTests
{
    [Fact]
    public async Task An_address_outside_of_loopback_is_refused_before_anything_is_bound()
    {
        SimulatedDevice device = Device("edge", "192.0.2.1");
        ArgumentException refused = Assert.Throws<ArgumentException>(() =>
            AgentHost.Start([device], new AgentHostOptions { Port = FreePort(), MapAddress = address => address }));
        Assert.Contains("192.0.2.1 of edge maps to 192.0.2.1", refused.Message, StringComparison.Ordinal);

        int port = FreePort();
        Assert.Throws<ArgumentException>(() =>
            AgentHost.Start([Device("a", "10.0.0.7"), Device("b", "192.0.0.7")], new AgentHostOptions { Port = port }));
        await using AgentHost free = AgentHost.Start([Device("a", "10.0.0.7")], new AgentHostOptions { Port = port });
        Assert.Equal(1, free.AddressCount);
    }

    [Fact]
    public async Task A_busy_port_is_an_error_and_frees_what_was_bound_before()
    {
        int port = FreePort();
        using var occupant = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        occupant.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.8"), port));

        Assert.Throws<SocketException>(() => AgentHost.Start([Device("a", "10.0.0.7", "10.0.0.8")], new AgentHostOptions { Port = port }));

        await using AgentHost free = AgentHost.Start([Device("a", "10.0.0.7")], new AgentHostOptions { Port = port });
        Assert.Equal(1, free.AddressCount);
    }

    [Fact]
    public async Task Each_address_answers_from_itself()
    {
        await using AgentHost host = AgentHost.Start([Device("a", "10.0.0.7", "10.0.0.8"), Device("b", "10.0.0.9")],
            new AgentHostOptions { Port = FreePort() });
        using var manager = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        manager.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        // GET sysName.0, v2c, public.
        byte[] request = Convert.FromHexString("302902010104067075626C6963A01C020401020304020100020100300E300C06082B060102010105000500");

        foreach (string address in new[] { "127.0.0.9", "127.0.0.8", "127.0.0.7" })
        {
            await manager.SendToAsync(request, new IPEndPoint(IPAddress.Parse(address), host.Port));
            byte[] answer = new byte[1500];
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            SocketReceiveFromResult received = await manager.ReceiveFromAsync(answer, new IPEndPoint(IPAddress.Any, 0), patience.Token);
            Assert.Equal(new IPEndPoint(IPAddress.Parse(address), host.Port), received.RemoteEndPoint);
            Assert.Equal(address == "127.0.0.9" ? (byte)'b' : (byte)'a', answer[received.ReceivedBytes - 1]);
        }
    }

    [Fact]
    [Trait("Needs", "servers")]
    public async Task Net_snmp_walks_the_campus_in_v2c_and_reaches_a_VLAN_by_community()
    {
        await using AgentHost host = Campus();
        string[] system = await WalkAsync(host, "127.1.12.1", "1.3.6.1.2.1.1.5", "-v2c", "-cpublic");
        Assert.Equal([".1.3.6.1.2.1.1.5.0 \"CAMPUS-Access1\""], system);

        string[] accessPoints = await WalkAsync(host, "127.1.12.1", "1.3.6.1.2.1.17.4.3.1.2", "-v2c", "-cpublic@14");
        Assert.Contains(".1.3.6.1.2.1.17.4.3.1.2.112.129.5.159.25.202 27", accessPoints);
        string[] staff = await WalkAsync(host, "127.1.12.1", "1.3.6.1.2.1.17.4.3.1.2", "-v2c", "-cpublic@20");
        Assert.Contains(".1.3.6.1.2.1.17.4.3.1.2.184.202.58.136.20.1 4", staff);
        Assert.DoesNotContain(staff, row => row.StartsWith(".1.3.6.1.2.1.17.4.3.1.2.112.129.", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "servers")]
    public async Task Net_snmp_walks_the_campus_in_v3_and_reaches_a_VLAN_by_context()
    {
        await using AgentHost host = Campus();
        string[] user = ["-v3", "-utowpath", "-lauthPriv", "-aSHA-256", "-Atowpath-auth-demo", "-xAES", "-Xtowpath-priv-demo"];
        string[] system = await WalkAsync(host, "127.255.1.5", "1.3.6.1.2.1.1.5", user);
        Assert.Equal([".1.3.6.1.2.1.1.5.0 \"CAMPUS-Dist1\""], system);

        string[] byContext = await WalkAsync(host, "127.255.1.5", "1.3.6.1.2.1.17.4.3.1.2", [.. user, "-nvlan-600"]);
        string[] byCommunity = await WalkAsync(host, "127.255.1.5", "1.3.6.1.2.1.17.4.3.1.2", "-v2c", "-cpublic@600");
        Assert.NotEmpty(byContext);
        Assert.Equal(byCommunity, byContext);
    }

    [Trait("Needs", "patience")]
    [SharedFact]
    public async Task Every_recorded_network_can_be_served()
    {
        string[] folders = [Shared.File("samples", "snmprec"), .. Directory.GetDirectories(Shared.File("samples", "snmp-networks"))];
        foreach (string folder in folders)
        {
            SimulatedDevice[] devices = [.. RecordedWalks.FromFolder(folder)];
            await using AgentHost host = AgentHost.Start(devices, new AgentHostOptions { Port = FreePort() });
            Assert.Equal(devices.Sum(d => d.Addresses.Length), host.AddressCount);
        }
    }

    [SharedFact]
    [Trait("Needs", "servers")]
    public async Task Net_snmp_reads_a_recorded_switchs_VLANs_by_community_and_by_context()
    {
        SimulatedDevice cisco = RecordedWalks.FromFolder(Shared.File("samples", "snmp-networks", "nms0002ciscoalcatel"))[0];
        await using AgentHost host = AgentHost.Start([cisco with { Addresses = [Ipv4Address.Parse("10.0.0.7")] }],
            new AgentHostOptions { Port = FreePort() });
        string[] byCommunity = await WalkAsync(host, "127.0.0.7", "1.3.6.1.2.1.17.4.3.1.2", "-v2c", "-cpublic@450");
        string[] byContext = await WalkAsync(host, "127.0.0.7", "1.3.6.1.2.1.17.4.3.1.2",
            "-v3", "-utowpath", "-lauthPriv", "-aSHA-256", "-Atowpath-auth-demo", "-xAES", "-Xtowpath-priv-demo", "-nvlan-450");
        RecordedWalk recorded =
            RecordedWalk.FromFile(Shared.File("samples", "snmp-networks", "nms0002ciscoalcatel", "r-se-malm-nobe-013.vlan.450.txt.gz"));
        ObjectIdentifier fdbPort = ObjectIdentifier.Parse("1.3.6.1.2.1.17.4.3.1.2");
        Assert.Equal(recorded.Rows.Where(r => fdbPort.IsPrefixOf(r.Oid.SubIdentifiers)).Select(r => $".{r.Oid} {r.Value.Integer}"),
            byCommunity);
        Assert.NotEmpty(byCommunity);
        Assert.Equal(byCommunity, byContext);
    }

    [Fact]
    public async Task A_thousand_devices_in_one_process_cost_no_thread_each()
    {
        SimulatedDevice[] devices = [.. Enumerable.Range(0, 1000).Select(n => Device($"d{n}", $"10.9.{n / 250}.{n % 250 + 1}"))];
        int before = Process.GetCurrentProcess().Threads.Count;
        await using AgentHost host = AgentHost.Start(devices, new AgentHostOptions { Port = FreePort() });
        Assert.Equal(1000, host.AddressCount);
        Assert.InRange(Process.GetCurrentProcess().Threads.Count - before, -100, 100);
    }

    private static AgentHost Campus() =>
        AgentHost.Start(new SimulatedNetwork(DemoCampus.Load(), TimeProvider.System).Devices, new AgentHostOptions { Port = FreePort() });

    private static SimulatedDevice Device(string name, params string[] addresses)
    {
        var view = new SortedMibView([new VarBind(ObjectIdentifier.Parse("1.3.6.1.2.1.1.5.0"), SnmpValue.Text(name))]);
        return new SimulatedDevice(name, [.. addresses.Select(a => Ipv4Address.Parse(a))], context => context == "" ? view : null);
    }

    /// <summary>One port must be free on many addresses: one that the system just chose on 0.0.0.0 is free on all.</summary>
    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private static async Task<string[]> WalkAsync(AgentHost host, string address, string root, params string[] access)
    {
        var start = new ProcessStartInfo("snmpbulkwalk") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[.. access, "-Onqe", "-t5", "-r1",
            string.Create(CultureInfo.InvariantCulture, $"{address}:{host.Port}"), root])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, await errors);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("No Such", StringComparison.Ordinal))];
    }
}
