using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class TableRowTests
{
    [Fact]
    public void Columns_walked_one_by_one_merge_to_the_rows_that_a_dictionary_gives()
    {
        ObjectIdentifier entry = new(1, 3, 6);
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            uint[] numbers = [.. Enumerable.Range(1, random.Next(1, 5)).Select(number => (uint)number)];
            uint[][] indexes = [.. Enumerable.Range(0, random.Next(30))
                .Select(_ => Enumerable.Range(0, random.Next(1, 4)).Select(_ => (uint)random.Next(4)).ToArray())];
            var expected = new SortedDictionary<ObjectIdentifier, Dictionary<uint, long>>();
            var columns = new Column[numbers.Length];
            int missing = random.Next(4); // 0: none of the cells, as most agents have it
            for (int i = 0; i < numbers.Length; i++)
            {
                columns[i] = new Column(entry.Append(numbers[i]), i == 0 ? null : columns[0]);
                foreach (ObjectIdentifier index in indexes.Select(index => new ObjectIdentifier(index)).Distinct().Order())
                {
                    if (missing > 0 && random.Next(4) < missing) continue;
                    int value = random.Next();
                    ObjectIdentifier oid = entry.Append(numbers[i]).Append(index.SubIdentifiers);
                    columns[i].Add(new VarBindView(oid.SubIdentifiers, SnmpType.Integer, (ulong)value, []));
                    if (!expected.TryGetValue(index, out Dictionary<uint, long>? cells)) expected[index] = cells = [];
                    cells[numbers[i]] = value;
                }
            }

            var row = new TableRow(numbers, columns);
            foreach ((ObjectIdentifier index, Dictionary<uint, long> cells) in expected)
            {
                Assert.True(row.MoveNext(), $"seed {seed}: ends before {index}");
                Assert.True(row.Index.SequenceEqual(index.SubIdentifiers),
                    $"seed {seed}: {string.Join('.', row.Index.ToArray())} instead of {index}");
                foreach (uint number in numbers)
                    Assert.True(row.Number(number) == (cells.TryGetValue(number, out long value) ? value : null),
                        $"seed {seed}: {index} column {number}");
            }
            Assert.False(row.MoveNext(), $"seed {seed}: goes on");
        }
    }
}
