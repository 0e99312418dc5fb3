using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FairShare.Host;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Hosting;
using TemplateHost.Identity;
using Xunit;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>
/// No right is missing, and none is superfluous: while the service does everything, each is at least once what alone lets a call pass.
/// </summary>
public sealed class GrantTests
{
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(3);

    // Without the rights by which Lambda writes a function's log nothing fails, on AWS either.
    private static List<GrantMutation> Grants =>
        [.. GrantMutation.All().Where(grant => !grant.Action.StartsWith("logs:", StringComparison.Ordinal))];

    public static TheoryData<GrantMutation> Samples
    {
        get
        {
            var grants = Grants;
            return new(grants[0], grants[grants.Count / 2], grants[^1]);
        }
    }

    [Fact]
    public async Task Template_AsItIs_LetsEverythingRunAndNeedsEveryGrant()
    {
        var grants = Grants;
        Assert.True(grants.Count > 50, $"Only {grants.Count} grants were found in the template.");
        var denials = new ConcurrentQueue<string>();

        ExampleRecorder? examples = null;
        var (faults, unused) = await RunAsync(TestHost.Template, grants, denials.Enqueue, wire: inner => examples = new(inner));

        Assert.Empty(faults);
        examples!.Settle();
        Assert.All(denials, denial => Assert.Contains("s3:ListBucket", denial, StringComparison.Ordinal));
        Assert.True(unused.Count == 0, $"Nothing misses: {string.Join("; ", unused)}");
    }

    [Fact]
    public async Task Template_WithAGrantThatStandsTwice_NeedsNeither()
    {
        var grant = Grants.First(grant => grant.Action == "kms:Sign");
        var template = JsonNode.Parse(TestHost.Template)!;
        var statements = GrantMutation.Statements(template["Resources"]![grant.Policy]!);
        statements.Add(statements[grant.Statement]!.DeepClone());

        var (_, unused) = await RunAsync(template.ToJsonString(), [grant], _ => { }, TimeSpan.FromSeconds(1));

        Assert.Equal([grant], unused);
    }

    // What is said above is not taken on trust: without such a right, the very call is refused.
    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Template_WithoutAGrant_RefusesNamingTheAction(GrantMutation grant)
    {
        var missed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Denied = Observe,
                FunctionVariables = NoticesStack.Variables,
            },
            grant.Apply(),
            isJudged: false
        );
        var tour = EverythingTheServiceDoes.RunAsync(host);
        await Task.WhenAny(tour, missed.Task);
        await Task.WhenAny(missed.Task, Task.Delay(Behind));
        Assert.True(missed.Task.IsCompleted, $"Nothing misses {grant}.");

        void Observe(string denial)
        {
            if (denial.Contains($"not authorized to perform: {grant.Action} on resource: ", StringComparison.Ordinal))
            {
                missed.TrySetResult();
            }
        }
    }

    /// <summary>Runs everything, and waits until every grant was relied on, or for a while that is long behind the last answer.</summary>
    private static async Task<(IReadOnlyCollection<string> Faults, List<GrantMutation> Unused)> RunAsync(
        string template,
        List<GrantMutation> grants,
        Action<string> denied,
        TimeSpan? behind = null,
        Func<HttpMessageHandler, HttpMessageHandler>? wire = null
    )
    {
        var unused = new ConcurrentDictionary<GrantMutation, bool>(grants.Select(grant => KeyValuePair.Create(grant, true)));
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new EmbeddedHostOptions
        {
            Listen = false,
            Denied = denied,
            Relied = Observe,
            FunctionVariables = NoticesStack.Variables,
        };
        await using var host = await TestHost.StartAsync(options, template, isJudged: template == TestHost.Template, wire: wire);
        var faults = await EverythingTheServiceDoes.RunAsync(host);
        // What functions do behind the answers may take longer than the tour.
        await Task.WhenAny(all.Task, Task.Delay(behind ?? Behind));
        return (faults, unused.Keys.ToList());

        void Observe(GrantUse use)
        {
            if (unused.TryRemove(new(use.Policy, use.Statement, use.Action), out _) && unused.IsEmpty)
            {
                all.TrySetResult();
            }
        }
    }
}
