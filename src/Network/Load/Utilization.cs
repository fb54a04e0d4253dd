namespace Towpath.Network;

/// <summary>How much of an interface's speed is in use, in one direction.</summary>
public static class Utilization
{
    /// <summary>
    /// Percent, 0..100, to a tenth; null where the rate is not known, or the speed is not told or 0. Our clock and the device's differ, so
    /// a full link would come out a little over 100.
    /// </summary>
    /// <param name="bitsPerSecond">In this direction.</param>
    /// <param name="speed">Bits a second.</param>
    public static double? Percent(long? bitsPerSecond, long? speed) => bitsPerSecond is >= 0 and var rate && speed is > 0 and var most
        ? Math.Round(Math.Min(100.0, 100.0 * rate / most), 1) : null;
}
