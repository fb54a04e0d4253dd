using System.Diagnostics;
using System.Security.Cryptography;
using Towpath.Network;

namespace Towpath.Server.Tests;

/// <summary>A server on a database that others share, each with a data folder of its own.</summary>
/// <param name="masterKey">The file that all of them have; null: none.</param>
internal class SharedServer(string database, string? masterKey) : TestServer
{
    /// <summary>A file that holds a new master key and that only its user reads.</summary>
    public static string NewKey(DirectoryInfo folder, string name = "master")
    {
        string path = Path.Combine(folder.FullName, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return path;
    }

    /// <summary>Returns once it holds.</summary>
    public static async Task WithinAsync(TimeSpan time, Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < time, $"not within {time.TotalSeconds} s");
            await Task.Yield();
        }
    }

    protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
        options with { Database = database, MasterKeyFile = masterKey };
}

/// <summary>The same beside a simulated campus, whose agents listen on loopback.</summary>
internal sealed class CampusOn(string database, string masterKey, int snmpPort) : SharedServer(database, masterKey)
{
    public NodeRoles Roles { get; init; } = NodeRoles.All;

    protected override TowpathServerOptions Configure(TowpathServerOptions options) => base.Configure(options) with
    {
        SnmpPort = snmpPort, Roles = Roles,
        AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))],
    };
}
