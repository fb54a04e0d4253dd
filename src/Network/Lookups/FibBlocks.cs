using System.Numerics;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// Ranges of a large table, found without a search: the address space in blocks (/18) of 64 cells (/24), and of each block only the cells
/// where the match changes. A lookup reads one block and one match. Cells in which it changes, because longer prefixes are there, have
/// ranges of their own, which are searched.
/// </summary>
internal sealed class FibBlocks
{
    private const int CellBits = 8, BlockBits = 14, CellsInBlock = 1 << (BlockBits - CellBits);
    private const int Divided = 62; // instead of a prefix's length

    private readonly Block[] _blocks = new Block[1 << (32 - BlockBits)];
    private readonly List<uint> _building = [];
    private readonly uint[] _matches;
    private readonly List<int> _firstRanges = [];
    private readonly List<uint> _rangeStarts = [], _rangeMatches = [];

    /// <param name="starts">As <see cref="FibRanges.Sweep"/> makes them.</param>
    public FibBlocks(uint[] starts, uint[] matches)
    {
        int range = 0; // the one that holds the next cell
        for (int number = 0; number < _blocks.Length; number++)
        {
            uint first = (uint)number << BlockBits, last = first + (1 << BlockBits) - 1;
            while (range + 1 < starts.Length && starts[range + 1] <= first) range++;
            var block = new Block(1, _building.Count);
            _building.Add(matches[range]);
            int divided = -1;
            for (; range + 1 < starts.Length && starts[range + 1] <= last; range++)
            {
                uint start = starts[range + 1];
                int cell = CellOf(start);
                if ((start & (1 << CellBits) - 1) == 0)
                {
                    Begin(ref block, cell, matches[range + 1]);
                    continue;
                }
                if (divided != cell) Divide(ref block, cell, start, matches[range]);
                divided = cell;
                _rangeStarts.Add(start);
                _rangeMatches.Add(matches[range + 1]);
                if (cell + 1 < CellsInBlock) Begin(ref block, cell + 1, matches[range + 1]);
            }
            _blocks[number] = block;
        }
        _firstRanges.Add(_rangeStarts.Count);
        _matches = [.. _building];
        _building = [];
    }

    public uint Match(uint address)
    {
        ref readonly Block block = ref _blocks[address >> BlockBits];
        int changes = BitOperations.PopCount(block.Changes << (CellsInBlock - 1 - CellOf(address)));
        uint match = _matches[block.First + changes - 1];
        return FibRanges.LengthOf(match) == Divided ? MatchInCell((int)(match >> FibRanges.LengthBits), address) : match;
    }

    private uint MatchInCell(int divided, uint address)
    {
        ReadOnlySpan<uint> starts = CollectionsMarshal.AsSpan(_rangeStarts);
        return _rangeMatches[FibRanges.LastAtOrBelow(starts, _firstRanges[divided], _firstRanges[divided + 1] - 1, address)];
    }

    private void Begin(ref Block block, int cell, uint match)
    {
        ulong bit = 1UL << cell;
        if ((block.Changes & bit) != 0) _building[^1] = match; // what began here was told before: it is the last one
        else
        {
            block = block with { Changes = block.Changes | bit };
            _building.Add(match);
        }
    }

    private void Divide(ref Block block, int cell, uint start, uint matchBefore)
    {
        Begin(ref block, cell, (uint)_firstRanges.Count << FibRanges.LengthBits | Divided);
        _firstRanges.Add(_rangeStarts.Count);
        _rangeStarts.Add(start & ~(uint)((1 << CellBits) - 1));
        _rangeMatches.Add(matchBefore);
    }

    private static int CellOf(uint address) => (int)(address >> CellBits) & CellsInBlock - 1;

    /// <param name="Changes">Bit n: at cell n begins another match; bit 0 always.</param>
    /// <param name="First">Position of the first cell's match.</param>
    private readonly record struct Block(ulong Changes, int First);
}
