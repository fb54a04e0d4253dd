using System.Net.Sockets;

namespace Towpath.Server.Tests;

/// <summary>The way of one server to its PostgreSQL, over a socket of its own. To cut it is, for all others, the server's death.</summary>
internal sealed class Cable : IDisposable
{
    private const string Name = ".s.PGSQL.5432";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-cable-");
    private readonly UnixDomainSocketEndPoint _here, _there;
    private readonly Lock _lock = new();
    private readonly List<Socket> _open = [];
    private bool _isCut;

    /// <param name="database">The connection as an operator writes it, over a socket of the machine.</param>
    public Cable(string database)
    {
        string host = database.Split(';').Single(part => part.StartsWith("Host=", StringComparison.Ordinal));
        Words = database.Replace(host, $"Host={_folder.FullName}", StringComparison.Ordinal);
        (_here, _there) = (new(Path.Combine(_folder.FullName, Name)), new(Path.Combine(host["Host=".Length..], Name)));
        Mend();
    }

    /// <summary>The same connection by this way.</summary>
    public string Words { get; }

    /// <summary>It goes on, with new connections: a server that cannot reach its database does not stop in order.</summary>
    public void Mend()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        File.Delete(Path.Combine(_folder.FullName, Name));
        listener.Bind(_here);
        listener.Listen();
        lock (_lock)
        {
            _isCut = false;
            _open.Add(listener);
        }
        _ = AcceptAsync(listener);
    }

    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            foreach (Socket socket in _open) socket.Dispose();
            _open.Clear();
        }
    }

    public void Dispose()
    {
        Cut();
        _folder.Delete(recursive: true);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                Socket near = await listener.AcceptAsync(), far = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                if (!TryKeep(near, far)) return;
                await far.ConnectAsync(_there);
                _ = PumpAsync(near, far);
                _ = PumpAsync(far, near);
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // cut
        }
    }

    private bool TryKeep(params Socket[] sockets)
    {
        lock (_lock)
        {
            if (!_isCut) _open.AddRange(sockets);
            else foreach (Socket socket in sockets) socket.Dispose();
            return !_isCut;
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[64 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
                for (int sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // the other end has gone, or the cable was cut
        }
        from.Dispose();
        to.Dispose();
    }
}
