using System.Globalization;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>How a device is, in the API's words.</summary>
internal static class DeviceStatus
{
    /// <summary>All devices follow the one schedule.</summary>
    public const string CollectionInterval = "Global Default";

    extension(InventoryDevice device)
    {
        public string ReachabilityStatus => device.UnreachableReason is null ? "Reachable" : "Unreachable";

        /// <summary>A device that is silent now keeps what it last told.</summary>
        public string CollectionStatus
        {
            get
            {
                if (device.UnreachableReason is not null) return "Could Not Synchronize";
                return device.ErrorDescription is null ? "Managed" : "Partial Collection Failure";
            }
        }

        /// <summary>
        /// Null when all is well; see <see cref="InventoryDevice.ErrorDescription"/> and <see cref="InventoryDevice.Conflict"/>.
        /// </summary>
        public string? ErrorCode
        {
            get
            {
                if (device.UnreachableReason is not null) return "DEV-UNREACHED";
                if (device.ErrorDescription is not null) return "PARTIAL-COLLECTION";
                return device.Conflict is null ? null : "DEV-CONFLICT";
            }
        }

        /// <summary>As of the last collection, for instance <c>14 days, 2:36:33.75</c>.</summary>
        public string? UpTimeText => device.UpTime is { } upTime ? Text(upTime) : null;
    }

    extension(InventoryHost host)
    {
        public string Type => host.Host.IsWireless ? "wireless" : "wired";
    }

    private static string Text(TimeSpan upTime)
    {
        string clock = string.Create(CultureInfo.InvariantCulture,
            $"{upTime.Hours}:{upTime.Minutes:00}:{upTime.Seconds:00}.{upTime.Milliseconds / 10:00}");
        return upTime.Days switch
        {
            0 => clock,
            1 => $"1 day, {clock}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{upTime.Days} days, {clock}"),
        };
    }
}
