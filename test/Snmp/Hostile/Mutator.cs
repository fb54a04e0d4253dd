namespace Towpath.Snmp.Tests;

/// <summary>Damages messages, the same way for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[] s_odd = [0x00, 0x7f, 0x80, 0x81, 0x84, 0xff, 0x30, 0x1f];
    private readonly Random _random = new(seed);

    /// <summary>Octets of no meaning at all, half of them behind the first octets of a message.</summary>
    public byte[] Random()
    {
        byte[] message = new byte[_random.Next(1_500)];
        _random.NextBytes(message);
        if (message.Length > 4 && _random.Next(2) == 0)
            (message[0], message[1], message[2], message[3]) = (0x30, 0x82, (byte)(message.Length - 4 >> 8), (byte)(message.Length - 4));
        return message;
    }

    public byte[] Mutate(IReadOnlyList<byte[]> samples)
    {
        List<byte> message = [.. samples[_random.Next(samples.Count)]];
        for (int times = _random.Next(1, 5); times > 0 && message.Count > 0; times--)
        {
            int at = _random.Next(message.Count);
            switch (_random.Next(7))
            {
                case 0: // one bit
                    message[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    message[at] = (byte)_random.Next(256);
                    break;
                case 2: // values that lengths and tags break on
                    message[at] = s_odd[_random.Next(s_odd.Length)];
                    break;
                case 3:
                    message.RemoveRange(at, message.Count - at);
                    break;
                case 4:
                    message.RemoveAt(at);
                    break;
                case 5: // a part once more
                    message.InsertRange(at, message.GetRange(at, Math.Min(message.Count - at, _random.Next(1, 40))));
                    break;
                default: // a part of another message
                    byte[] other = samples[_random.Next(samples.Count)];
                    message.InsertRange(at, other.AsSpan(0, _random.Next(other.Length)).ToArray());
                    break;
            }
        }
        return [.. message];
    }
}
