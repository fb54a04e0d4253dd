using System.Net;
using System.Net.Sockets;
using Xunit.Abstractions;

namespace Towpath.Snmp.Tests;

/// <summary>A hundred million rows a cycle are only possible when a row costs next to nothing.</summary>
public sealed class WalkCostTests(ITestOutputHelper report)
{
    private const int Rows = 20_000;

    [Fact]
    public async Task A_walk_allocates_less_than_16_octets_a_row()
    {
        ObjectIdentifier column = Given.Oid("1.3.6.1.2.1.17.7.1.2.2.1.2");
        var mib = new SortedMibView(Enumerable.Range(0, Rows)
            .Select(i => new VarBind(column.Append(10, 0, 80, 86, (uint)(i >> 14), (uint)(i >> 7) & 127, (uint)i & 127),
            SnmpValue.Int(i % 48))));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var serving = new Thread(() => Serve(socket, Given.Agent(mib)));
        serving.Start();
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(Given.V2c((IPEndPoint)socket.LocalEndPoint!));
        long sum = 0, last = 0;
        int thread = 0, rows = 0;
        long first = 0;

        WalkResult result = await session.WalkAsync(column, (scoped in VarBindView row) =>
        {
            sum += row.Integer;
            last = GC.GetAllocatedBytesForCurrentThread();
            if (thread == Environment.CurrentManagedThreadId)
            {
                rows++;
                return;
            }
            (thread, first, rows) = (Environment.CurrentManagedThreadId, last, 0); // the first answer may come before it is awaited
        }, WalkBudget.Default, CancellationToken.None);
        socket.Dispose();
        serving.Join();

        Assert.Equal(new WalkResult(SnmpStatus.Ok, Rows, null), result);
        Assert.Equal(Enumerable.Range(0, Rows).Sum(i => (long)(i % 48)), sum);
        Assert.InRange(rows, Rows - 100, Rows); // all on the thread that reads the socket
        double perRow = (last - first) / (double)rows;
        report.WriteLine($"{perRow:0.0} octets a row");
        Assert.InRange(perRow, 0, 16);
    }

    /// <summary>Without any allocation of its own; ends with the socket.</summary>
    private static void Serve(Socket socket, SnmpAgent agent)
    {
        byte[] request = new byte[2_000], response = new byte[2_000];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        try
        {
            while (true)
            {
                int length = socket.ReceiveFrom(request, SocketFlags.None, from);
                socket.SendTo(response.AsSpan(0, agent.Respond(request.AsSpan(0, length), response)), SocketFlags.None, from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
