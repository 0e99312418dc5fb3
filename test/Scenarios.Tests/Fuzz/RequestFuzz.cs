using System.Globalization;
using FairShare.Testing;
using TemplateHost.Hosting;
using TemplateHost.Testing.Fuzzing;
using Xunit;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>
/// Sends drawn requests to an API: none is answered with 5xx, each is answered, and a batch of which all were refused has changed nothing.
/// </summary>
/// <param name="host">The API's host.</param>
/// <param name="draw">Draws the requests.</param>
/// <param name="send">Sends one, and gives the answer's status.</param>
internal sealed class RequestFuzz(EmbeddedHost host, RequestDraw draw, Func<HttpRequestMessage, Task<int>> send)
{
    private const long LargestAllocation = 64L << 20;

    // No machine is so slow that an answer takes so long.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    // What other tests allocate beside a request would be counted too: in the long form none run.
    private static readonly bool IsAlone = Environment.GetEnvironmentVariable("FAIRSHARE_FUZZ_INPUTS") is { Length: > 0 };

    private readonly SortedDictionary<int, int> statuses = [];
    private int compared;

    /// <summary>How many requests are sent between two looks at the tables; fewer where many are not refused.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Sends the requests of a plan.</summary>
    public async Task RunAsync(FuzzPlan plan)
    {
        using var picture = new HostPicture(host);
        IReadOnlyList<string>? before = null;
        foreach (var batch in plan.Numbers.Chunk(Batch))
        {
            before ??= await TakeAsync(picture);
            var sent = new List<string>();
            var hasChanged = false;
            foreach (var number in batch)
            {
                var request = draw.Draw(number, plan.RandomOf(number));
                var status = await SendAsync(plan, number, request);
                hasChanged |= status < 400 && !request.IsRead;
                sent.Add($"{status} {plan.Replay(number)}\n{request}");
            }

            before = hasChanged ? null : await RequireSameAsync(picture, before, sent);
        }
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{statuses.Values.Sum()} requests: {string.Join(", ", statuses.Select(one => $"{one.Key} {one.Value}"))}; "
                + $"{compared} batches of refusals compared"
        );

    private async Task<IReadOnlyList<string>> TakeAsync(HostPicture picture)
    {
        await Quiet.UntilAsync([host]);
        return await picture.TakeAsync();
    }

    private async Task<int> SendAsync(FuzzPlan plan, int number, DrawnRequest request)
    {
        var before = GC.GetTotalAllocatedBytes();
        using var message = request.ToMessage(host.ApiUrl);
        int status;
        try
        {
            status = await send(message).WaitAsync(Hang);
        }
        catch (Exception fault)
        {
            throw new FuzzFindingException($"{fault.GetType()}: {fault.Message}\n{plan.Replay(number)}\n{request}", fault);
        }

        statuses[status] = statuses.GetValueOrDefault(status) + 1;
        Assert.True(status < 500, $"{status}\n{plan.Replay(number)}\n{request}");
        var allocated = GC.GetTotalAllocatedBytes() - before;
        Assert.True(!IsAlone || allocated < LargestAllocation, $"{allocated} octets\n{plan.Replay(number)}\n{request}");
        return status;
    }

    private async Task<IReadOnlyList<string>> RequireSameAsync(HostPicture picture, IReadOnlyList<string> before, List<string> sent)
    {
        var after = await TakeAsync(picture);
        compared++;
        var (gone, come) = (before.Except(after).ToList(), after.Except(before).ToList());
        Assert.True(
            gone.Count + come.Count == 0,
            $"Refused, and yet gone: {string.Join("\n", gone)}\ncome: {string.Join("\n", come)}\nof\n{string.Join("\n\n", sent)}"
        );
        return after;
    }
}
