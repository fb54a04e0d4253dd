namespace Towpath.Server;

/// <summary>How often devices are read again on their own.</summary>
internal static class CollectionSchedule
{
    /// <summary>0: never. Devices are read when they are discovered, added or synchronized.</summary>
    public const int Seconds = 0;
}
