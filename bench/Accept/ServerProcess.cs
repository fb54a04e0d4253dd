using System.Diagnostics;

namespace Towpath.Accept;

/// <summary>This program once more, as a server: it says where it is, in one line of words, and ends with its input.</summary>
internal static class ServerProcess
{
    /// <param name="arguments">Of the program.</param>
    /// <param name="use">Gets the process, its address, and the other words that it said.</param>
    public static async Task UseAsync(string[] arguments, Func<Process, Uri, string[], Task> use)
    {
        bool byDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, byDotnet ? [typeof(ServerProcess).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using Process server = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        try
        {
            string[] words = (await server.StandardOutput.ReadLineAsync() ?? "").Split(' ');
            if (words is not [var url, .. var others]) throw new InvalidOperationException("The server did not say where it is.");
            await use(server, new Uri(url), others);
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
        }
    }
}
