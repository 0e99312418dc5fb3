using System.Runtime.ExceptionServices;

namespace TemplateHost.Testing.Fuzzing;

/// <summary>Gives a reader inputs: it reads each, or throws what it says that it throws, soon, and within its memory.</summary>
/// <param name="name">What is read.</param>
/// <param name="plan">Which inputs.</param>
/// <param name="declared">What the reader may throw.</param>
public sealed class ReaderFuzz(string name, FuzzPlan plan, params Type[] declared)
{
    // Inputs have some kilobytes: no machine is so slow that one takes two minutes.
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(2);

    private volatile int current;

    /// <summary>The most octets that are allocated for an input, and for each of its octets.</summary>
    public (long Fixed, long PerOctet) Memory { get; init; } = (1 << 20, 200);

    /// <summary>How many inputs were read without a refusal.</summary>
    public int Taken { get; private set; }

    /// <summary>How many were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Draws inputs and has them read.</summary>
    /// <param name="draw">Makes an input.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="FuzzFindingException">An input is found that it fails on.</exception>
    public ReaderFuzz Run(Func<Random, byte[]> draw, Action<byte[]> read)
    {
        Exception? fault = null;
        var worker = new Thread(() => fault = Catch(() => Loop(draw, read))) { IsBackground = true };
        worker.Start();
        for (var before = -1; !worker.Join(Look); before = current)
        {
            if (before == current)
            {
                throw Finding(current, draw, "hangs", null);
            }
        }

        if (fault is not null)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        return this;
    }

    public override string ToString() => $"{name}: {Taken} inputs were read, {Refused} refused";

    private void Loop(Func<Random, byte[]> draw, Action<byte[]> read)
    {
        foreach (var number in plan.Numbers)
        {
            current = number;
            var input = draw(plan.RandomOf(number));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var thrown = Catch(() => read(input));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (thrown is not null && !declared.Any(type => type.IsInstanceOfType(thrown)))
            {
                throw Finding(number, draw, $"throws {thrown.GetType()}: {thrown.Message}", thrown);
            }

            if (allocated > Memory.Fixed + (Memory.PerOctet * input.Length))
            {
                throw Finding(number, draw, $"allocates {allocated} octets for {input.Length}", thrown);
            }

            _ = thrown is null ? Taken++ : Refused++;
        }
    }

    private FuzzFindingException Finding(int number, Func<Random, byte[]> draw, string what, Exception? fault) =>
        new($"{name} {what}\n{plan.Replay(number)}\n{Convert.ToBase64String(draw(plan.RandomOf(number)))}", fault);

#pragma warning disable CA1031 // Whatever is thrown is what is looked for.
    private static Exception? Catch(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }
#pragma warning restore CA1031
}
