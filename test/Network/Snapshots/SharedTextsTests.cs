using System.Globalization;
using System.Text;

namespace Towpath.Network.Tests;

public sealed class SharedTextsTests
{
    [Fact]
    public void A_text_that_two_devices_tell_is_in_memory_once()
    {
        byte[] octets = "GigabitEthernet1/0/1"u8.ToArray();

        Assert.Same(SharedTexts.Of(octets), SharedTexts.Of(octets.ToArray()));
    }

    [Theory]
    [InlineData("Gi1/0/")]
    [InlineData("Ethernet1/")]
    [InlineData("TenGigabitEthernet1/1/")]
    public void Names_of_neighboring_ports_keep_places_of_their_own(string word)
    {
        byte[][] names = [.. Enumerable.Range(10, 90).Select(number => Encoding.UTF8.GetBytes(Text(word, number)))];
        string[] before = [.. names.Select(name => SharedTexts.Of(name))];

        Assert.True(names.Where((name, i) => ReferenceEquals(SharedTexts.Of(name), before[i])).Count() >= 80);
    }

    [Fact]
    public void Any_text_is_read_as_it_was_written_whoever_was_at_its_place()
    {
        string[] texts =
        [
            "", "é", "Zürich", new string('x', 256), new string('x', 257),
            .. Enumerable.Range(0, 50_000).Select(number => Text("port ", number)),
        ];
        for (int round = 0; round < 2; round++)
            foreach (string text in texts) Assert.Equal(text, SharedTexts.Of(Encoding.UTF8.GetBytes(text)));
    }

    private static string Text(string word, int number) => string.Create(CultureInfo.InvariantCulture, $"{word}{number}");
}
