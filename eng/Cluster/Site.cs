using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Towpath.Server.Tests;
using Towpath.Simulator;
using Towpath.Storage.Tests;

namespace Towpath.Cluster;

/// <summary>
/// All that runs: PostgreSQL on a socket, the demo campus on loopback or other simulated devices, the servers, and the balancer before
/// them.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    public const string Password = "a password of this trial";

    private const string Database = "towpath";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-cluster-");
    private readonly SmallDisk? _disk;
    private readonly PostgresServer _postgres;
    private readonly AgentHost? _agents;
    private readonly List<Node> _nodes = [];
    private Balancer? _balancer;

    private Site(AgentHost? agents, SmallDisk? disk)
    {
        (_agents, _disk) = (agents, disk);
        _postgres = new PostgresServer("", disk?.Root); // durable, since it is killed
        _postgres.Execute("postgres", $"CREATE DATABASE {Database} TEMPLATE template0");
    }

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Where clients go.</summary>
    public Uri Url => _balancer!.Url;

    public Rows Rows => new(_postgres.Words(Database));

    /// <summary>Whether the database's disk can be lost: it is one in memory, which takes root to make.</summary>
    public bool HasDisk => _disk is not null;

    /// <param name="say">Told what is going on, in lines.</param>
    /// <param name="devices">Where other devices answer; null: the demo campus is simulated.</param>
    /// <param name="diskMebibytes">How big the database's own disk is, if somebody wants to lose it.</param>
    public static async Task<Site> StartAsync(int nodes, Action<string> say, int? devices = null, int? diskMebibytes = null)
    {
        SmallDisk? disk = diskMebibytes is { } size && Environment.IsPrivilegedProcess ? await SmallDisk.MountAsync(size) : null;
        var site = new Site(devices is null ? StartAgents() : null, disk);
        try
        {
            string key = site.NewMasterKey();
            for (int number = 1; number <= nodes; number++)
                site._nodes.Add(new Node(number, FreePort(SocketType.Stream), Path.Combine(site._folder.FullName, $"node-{number}"),
                    ["--database", site._postgres.Words(Database), "--master-key", key, "--snmp-port",
                        $"{devices ?? site._agents!.Port}",
                        "--map", "10.0.0.0/8=127.0.0.0/8"]));
            await Task.WhenAll(site._nodes.Select(node => node.StartAsync())); // an empty database, and all at once
            say($"{nodes} servers on one empty database, started at once");
            site._balancer = await Balancer.StartAsync(site._nodes.Select(node => node.Url));
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The database is lost; whoever was connected has lost the connection. Returns when it serves again, or could.
    /// </summary>
    /// <param name="refused">Returns when a client has been refused.</param>
    public async Task LoseDatabaseAsync(Loss loss, Func<Task> refused)
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        switch (loss)
        {
            case Loss.FullDisk:
                _disk!.Fill();
                await refused();
                _disk.MakeRoom();
                _postgres.GoOn(); // without room for its log it has ended
                break;
            case Loss.FlushErrors:
                using (Process strace = Process.Start("strace", ["-f", "-q", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
                    "-e", "inject=fsync,fdatasync:error=EIO", .. _postgres.Ids.SelectMany(id => new[] { "-p", $"{id}" })]))
                {
                    await refused();
                    strace.Kill();
                    await strace.WaitForExitAsync();
                }
                _postgres.Restart();
                break;
            default: _postgres.Restart(); break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_balancer is not null) await _balancer.DisposeAsync();
        foreach (Node node in _nodes) await node.DisposeAsync();
        if (_agents is not null) await _agents.DisposeAsync();
        _postgres.Dispose();
        if (_disk is not null) await _disk.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string NewMasterKey()
    {
        string path = Path.Combine(_folder.FullName, "master-key");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return path;
    }

    private static AgentHost StartAgents() => AgentHost.Start(
        new SimulatedNetwork(DemoCampus.Load(), TimeProvider.System).Devices, new AgentHostOptions { Port = FreePort(SocketType.Dgram) });

    private static int FreePort(SocketType type)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, ProtocolType.Unspecified);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
