namespace Towpath.Network;

/// <summary>Turns nested prefixes into ranges that do not overlap, so that longest match is one search in a sorted array.</summary>
internal static class FibRanges
{
    /// <summary>One pass with a stack over prefixes sorted by network, shorter first. The ranges cover the whole address space when there is any prefix.</summary>
    /// <returns>Where each range starts, and the index of the prefix it belongs to (-1: none).</returns>
    public static (uint[] Starts, int[] Owners) Sweep(uint[] networks, byte[] lengths)
    {
        if (networks.Length == 0) return ([], []);
        var starts = new List<uint>(2 * networks.Length + 1);
        var owners = new List<int>(2 * networks.Length + 1);
        var open = new Stack<int>(); // enclosing prefixes, the innermost on top
        Begin(0, -1);
        for (int i = 0; i < networks.Length; i++)
        {
            while (open.TryPeek(out int top) && LastOf(top) < networks[i]) Close();
            Begin(networks[i], i);
            open.Push(i);
        }
        while (open.Count > 0) Close();
        return ([.. starts], [.. owners]);

        void Close()
        {
            uint last = LastOf(open.Pop());
            if (last != uint.MaxValue) Begin(last + 1, open.TryPeek(out int outer) ? outer : -1);
        }

        void Begin(uint start, int owner)
        {
            if (starts.Count > 0 && starts[^1] == start) owners[^1] = owner; // the later one is more specific, or what follows a closed one
            else if (owners.Count > 0 && owners[^1] == owner) return;
            else { starts.Add(start); owners.Add(owner); }
        }

        uint LastOf(int index) => (uint)(networks[index] + (1UL << (32 - lengths[index])) - 1);
    }

    /// <summary>For each value of the high 16 bits the range that holds the first address of that block; one more entry closes the last block.</summary>
    public static int[] IndexHighBits(uint[] starts)
    {
        int[] index = new int[65537];
        int range = 0;
        for (uint block = 0; block < 65536; block++)
        {
            while (range + 1 < starts.Length && starts[range + 1] <= block << 16) range++;
            index[block] = range;
        }
        index[65536] = starts.Length - 1;
        return index;
    }

    /// <summary>The last index in <paramref name="low"/>..<paramref name="high"/> whose start is at or below the address; the first one always is.</summary>
    public static int LastAtOrBelow(uint[] starts, int low, int high, uint address)
    {
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= address) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
