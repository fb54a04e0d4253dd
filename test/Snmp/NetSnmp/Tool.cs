using System.ComponentModel;
using System.Diagnostics;

namespace Towpath.Snmp.Tests;

/// <summary>Programs of Debian's packages <c>snmp</c> and <c>snmpd</c>, away from the user's and the system's configuration.</summary>
internal static class Tool
{
    public static Process Start(string name, string folder, string[] arguments)
    {
        string path = Array.Find(["/usr/sbin/" + name, "/usr/bin/" + name], File.Exists) ?? name;
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder };
        start.Environment["MIBS"] = ""; // numbers are compared
        start.Environment["SNMPCONFPATH"] = folder;
        start.Environment["SNMP_PERSISTENT_DIR"] = folder;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"{name} is not installed. These tests compare us with net-snmp: apt-get install snmp snmpd.", e);
        }
    }
}
