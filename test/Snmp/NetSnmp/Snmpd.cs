using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Towpath.Snmp.Tests;

/// <summary>A real net-snmp agent (Debian's snmpd) with its own configuration, on a free loopback port, until disposed.</summary>
internal sealed class Snmpd : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Snmpd(Process process, string folder, IPEndPoint endPoint)
    {
        _process = process;
        _folder = folder;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    /// <param name="configuration">snmpd.conf; each createUser goes with it.</param>
    public static async Task<Snmpd> StartAsync(string configuration)
    {
        for (int attempt = 1; ; attempt++)
        {
            IPEndPoint endPoint = FreeEndPoint();
            string folder = Directory.CreateTempSubdirectory("towpath-snmpd-").FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "snmpd.conf"), configuration);
            Process process = Tool.Start("snmpd", folder,
                ["-f", "-C", "-c", Path.Combine(folder, "snmpd.conf"), "-Lf", Path.Combine(folder, "log"), $"udp:{endPoint}"]);
            var snmpd = new Snmpd(process, folder, endPoint);
            if (await snmpd.AnswersAsync()) return snmpd;
            string log = File.Exists(Path.Combine(folder, "log")) ? await File.ReadAllTextAsync(Path.Combine(folder, "log")) : "no log";
            await snmpd.DisposeAsync();
            Assert.True(attempt < 3, $"snmpd does not answer on {endPoint}; its log: {log}");
        }
    }

    /// <summary>What <c>snmpbulkwalk -Onetx</c> prints of the whole agent.</summary>
    /// <param name="credential">Its arguments for version and user, say <c>-v2c -c public</c>.</param>
    public async Task<string> BulkWalkAsync(params string[] credential)
    {
        using Process walk = Tool.Start("snmpbulkwalk", _folder, ["-Onetx", "-t", "10", .. credential, EndPoint.ToString(), ".1"]);
        Task<string> errors = walk.StandardError.ReadToEndAsync();
        string output = await walk.StandardOutput.ReadToEndAsync();
        await walk.WaitForExitAsync();
        Assert.True(walk.ExitCode == 0, $"snmpbulkwalk ended with {walk.ExitCode}: {await errors}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true); // by its id: only what this test started
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A foreign process leaves no event when its socket is open: ask until it answers.</summary>
    private async Task<bool> AnswersAsync()
    {
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session =
            engine.Open(new SnmpTarget(EndPoint, new SnmpCredential.V2c("public")) { Timeout = TimeSpan.FromMilliseconds(200),
            Retries = 0 });
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60) && !_process.HasExited)
        {
            if ((await session.GetAsync([Given.Oid("1.3.6.1.2.1.1.3.0")], CancellationToken.None)).Status == SnmpStatus.Ok) return true;
        }
        return false;
    }

    private static IPEndPoint FreeEndPoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
