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

    [Fact]
    public void Any_text_is_read_as_it_was_written_whoever_was_at_its_place()
    {
        string[] texts = ["", "é", "Zürich", new string('x', 256), new string('x', 257), .. Enumerable.Range(0, 50_000).Select(Text)];
        for (int round = 0; round < 2; round++)
            foreach (string text in texts) Assert.Equal(text, SharedTexts.Of(Encoding.UTF8.GetBytes(text)));
    }

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"port {number}");
}
