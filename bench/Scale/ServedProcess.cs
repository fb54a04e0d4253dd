using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Towpath.Scale.Bench;

/// <summary><c>towpath serve</c> as a process of its own, as an operator starts it.</summary>
internal sealed class ServedProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private ServedProcess(Process process, Uri url)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = url, Timeout = s_patience };
    }

    public HttpClient Http { get; }

    public TimeSpan Processor => _process.TotalProcessorTime;

    /// <param name="program">Another build than the one beside this program; null: that one.</param>
    /// <param name="password">Of the administrator of a new folder.</param>
    public static ServedProcess Start(DirectoryInfo data, string? program, string password)
    {
        int port = FreePort();
        string[] arguments =
            ["serve", "--data", data.FullName, "--http", port.ToString(CultureInfo.InvariantCulture), "--https", "0"];
        string here = Path.Combine(AppContext.BaseDirectory, "towpath.dll");
        var start = new ProcessStartInfo(program ?? "dotnet", program is null ? [here, .. arguments] : arguments);
        (start.RedirectStandardOutput, start.RedirectStandardInput) = (true, true);
        start.Environment["TOWPATH_ADMIN_PASSWORD"] = password;
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        return new ServedProcess(process, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>Asks again and again, until the answer is 200.</summary>
    public async Task UntilOkAsync(string path)
    {
        using var late = new CancellationTokenSource(s_patience);
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await Http.GetAsync(path, late.Token);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(5, late.Token);
        }
    }

    /// <summary>SIGTERM, as a service manager sends it. Returns when the process is no more.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        Http.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
