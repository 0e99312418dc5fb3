using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FairShare.Host;
using FairShare.Scenarios.Tests.Notices;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Hosting;
using Xunit;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>
/// No right is missing, and none is superfluous: while the service does everything, each is at least once what alone lets a call pass, on
/// each resource that it names, and no resource stands for more than it must. docs/rights-used.md says which scenario uses which.
/// </summary>
public sealed class GrantTests
{
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

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

    // What is asked for in order to be refused: that an object is not there, and that a partner's role needs its external id.
    private static readonly string[] Expected = ["s3:ListBucket", "sts:AssumeRole on resource: arn:aws:iam::000000000000:role/fairshare/"];

    [Fact]
    public async Task Template_AsItIs_LetsEverythingRunAndNeedsEveryGrantAsNarrowAsItIs()
    {
        var (used, denials) = (new UsedRights(), new ConcurrentQueue<string>());
        var judge = new RightsJudge(TestHost.Template, used);
        // The tour of notices deploys their stack on the same host.
        var notices = new RightsJudge(NoticeWorld.Template, used);
        Assert.True(judge.Rights.Count > 250, $"Only {judge.Rights.Count} rights were found in the template.");

        ExampleRecorder? examples = null;
        var faults = await RunAsync(
            TestHost.Template,
            used,
            () => !judge.Unused().Concat(notices.Unused()).Any(),
            denials.Enqueue,
            inner => examples = new(inner)
        );

        var page = new UsedRightsPage("service", judge, used).Write();
        var noticePage = new UsedRightsPage("notices", notices, used).Write();
        Assert.Empty(faults);
        examples!.Settle();
        Assert.All(denials, denial => Assert.Contains(Expected, part => denial.Contains(part, StringComparison.Ordinal)));
        RequireNarrow(judge);
        RequireNarrow(notices);
        page.Require();
        noticePage.Require();
        Assert.All(WiderTemplate.Of(TestHost.Template), wider => wider.RequireFound(used));
    }

    [Fact]
    public async Task Template_WithAGrantThatStandsTwice_NeedsNeither()
    {
        var grant = Grants.First(grant => grant.Action == "kms:Sign");
        var template = JsonNode.Parse(TestHost.Template)!;
        var statements = GrantMutation.Statements(template["Resources"]![grant.Policy]!);
        statements.Add(statements[grant.Statement]!.DeepClone());
        var used = new UsedRights();

        await RunAsync(template.ToJsonString(), used, () => false, _ => { }, behind: TimeSpan.FromSeconds(1));

        Assert.Empty(used.ResourcesOf(new(grant.Policy, grant.Statement, grant.Action, 0)));
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

    private static void RequireNarrow(RightsJudge judge)
    {
        Assert.True(!judge.Unused().Any(), $"Nothing misses: {string.Join("; ", judge.Unused())}");
        Assert.True(!judge.Wide().Any(), $"Wider than needed: {string.Join("; ", judge.Wide())}");
    }

    /// <summary>Runs everything, and waits until enough was used, or for a while that is long behind the last answer.</summary>
    private static async Task<IReadOnlyCollection<string>> RunAsync(
        string template,
        UsedRights used,
        Func<bool> isEnough,
        Action<string> denied,
        Func<HttpMessageHandler, HttpMessageHandler>? wire = null,
        TimeSpan? behind = null
    )
    {
        var scenario = new AsyncLocal<string?>();
        var options = new EmbeddedHostOptions
        {
            Listen = false,
            Denied = denied,
            FunctionVariables = NoticesStack.Variables,
            Relied = use => used.Take(use, scenario.Value ?? "behind the calls"),
        };
        await using var host = await TestHost.StartAsync(options, template, isJudged: template == TestHost.Template, wire: wire);
        var faults = await EverythingTheServiceDoes.RunAsync(host, scenario);
        // What functions do behind the answers may take longer than the tour.
        for (var left = behind ?? Behind; !isEnough() && left > TimeSpan.Zero; left -= Look)
        {
            await Task.Delay(Look);
        }

        return faults;
    }
}
