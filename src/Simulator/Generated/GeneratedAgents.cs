using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>Makes a device's tables when it is asked, and keeps those of the devices asked last. Thread safe.</summary>
internal sealed class GeneratedAgents(GeneratedPlan plan, TimeProvider time)
{
    /// <summary>
    /// More than a discovery asks before it collects the first of them, or tables are made twice. Most take some hundred kilobytes.
    /// </summary>
    private const int Kept = 512;

    private readonly long _started = time.GetTimestamp();
    private readonly IMibView?[] _kept = new IMibView?[Kept];
    private readonly WeakReference<IMibView>?[] _views = new WeakReference<IMibView>?[plan.Devices];
    private readonly Lock _gate = new();
    private int _next;

    public SimulatedDevice Agent(int number)
    {
        (string name, Ipv4Address management) = plan.Identity(number);
        return new SimulatedDevice(name, [management], context => context.Length == 0 ? View(number) : null);
    }

    private IMibView View(int number)
    {
        if (Volatile.Read(ref _views[number]) is { } made && made.TryGetTarget(out IMibView? known)) return known;
        // Made outside of the gate: a device is asked by one collector, so two at a time cost an effort now and then, not a wait.
        IMibView view = GeneratedMib.Build(plan.Device(number), Uptime);
        lock (_gate)
        {
            _kept[_next++ % Kept] = view;
            Volatile.Write(ref _views[number], new WeakReference<IMibView>(view));
        }
        return view;
    }

    private TimeSpan Uptime() => TimeSpan.FromDays(30) + time.GetElapsedTime(_started);
}
