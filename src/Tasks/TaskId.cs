using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Towpath.Tasks;

/// <summary>The id of an accepted task: a UUID, printed with hyphens. Default: no task.</summary>
public readonly record struct TaskId(Guid Value) : IParsable<TaskId>
{
    /// <summary>
    /// A version 7 UUID (RFC 9562 section 5.7). Its 74 random bits make it unique, not secret: whoever asks for a task shows a token. So
    /// they come from this process's generator, which the system has seeded; to ask the system for each costs a call into it.
    /// </summary>
    public static TaskId New(DateTimeOffset at)
    {
        Span<byte> octets = stackalloc byte[16];
        Random.Shared.NextBytes(octets);
        BinaryPrimitives.WriteInt64BigEndian(octets, at.ToUnixTimeMilliseconds() << 16 | BinaryPrimitives.ReadUInt16BigEndian(octets[6..]));
        octets[6] = (byte)(octets[6] & 0x0f | 0x70);
        octets[8] = (byte)(octets[8] & 0x3f | 0x80);
        return new TaskId(new Guid(octets, bigEndian: true));
    }

    public static TaskId Parse(string s, IFormatProvider? provider = null) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TaskId result)
    {
        bool ok = Guid.TryParse(s, out Guid value);
        result = new TaskId(value);
        return ok;
    }

    public override string ToString() => Value.ToString();
}
