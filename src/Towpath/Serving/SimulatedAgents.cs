using System.Net;
using System.Net.Sockets;
using Towpath.Network;
using Towpath.Simulator;

namespace Towpath.Commands;

/// <summary>Starts simulated devices on loopback.</summary>
internal static class SimulatedAgents
{
    /// <param name="port">0: any free one.</param>
    /// <exception cref="UsageException">The port is busy, or an address would leave this machine.</exception>
    public static AgentHost Start(IEnumerable<SimulatedDevice> devices, int port, (Prefix From, Prefix To)[] map)
    {
        int chosen = port == 0 ? FreePort() : port;
        try
        {
            return AgentHost.Start(devices, new AgentHostOptions { Port = chosen, MapAddress = map.Translate });
        }
        catch (SocketException busy) when (busy.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new UsageException(
                $"UDP port {chosen} is in use. Stop the other simulator, or choose another port with --snmp-port (0: any free one).", busy);
        }
        catch (SocketException refused)
        {
            throw new UsageException(
                $"UDP port {chosen} cannot be used: {refused.Message}. Choose another one with --snmp-port (0: any free one).", refused);
        }
        catch (ArgumentException outside)
        {
            throw new UsageException($"{outside.Message} Give a --map for it.", outside);
        }
    }

    /// <summary>The recorded devices of a folder, or those of a described network.</summary>
    /// <exception cref="UsageException">Both are given, or one cannot be read.</exception>
    public static IReadOnlyList<SimulatedDevice> Devices(string? network, string? walks)
    {
        if (walks is null) return new SimulatedNetwork(Describe(network), TimeProvider.System).Devices;
        if (network is not null) throw new UsageException("--network and --walks exclude each other. Keep one.");
        try
        {
            return RecordedWalks.FromFolder(walks);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException)
        {
            throw new UsageException(unreadable.Message, unreadable);
        }
    }

    /// <summary>A network by numbers.</summary>
    /// <param name="other">Another source that was given too; null when none was.</param>
    /// <exception cref="UsageException">There cannot be so many devices, or there is another source.</exception>
    public static IReadOnlyList<SimulatedDevice> Generated(int devices, ulong seed, string? other)
    {
        if (other is not null) throw new UsageException($"--devices and {other} exclude each other. Keep one.");
        return devices is >= GeneratedNetwork.FewestDevices and <= GeneratedNetwork.MostDevices
            ? new GeneratedNetwork(devices, seed, TimeProvider.System).Devices
            : throw new UsageException(
                $"--devices is {devices}; a generated network has {GeneratedNetwork.FewestDevices} to {GeneratedNetwork.MostDevices}.");
    }

    /// <summary>The network of a file; the demo campus when there is none.</summary>
    /// <exception cref="UsageException">The file is no description.</exception>
    public static NetworkDescription Describe(string? file)
    {
        if (file is null) return DemoCampus.Load();
        try
        {
            return NetworkDescription.FromFile(file);
        }
        catch (NetworkDescriptionException broken)
        {
            throw new UsageException($"{file} has {broken.Problems.Length} problems:\n  {string.Join("\n  ", broken.Problems)}", broken);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
